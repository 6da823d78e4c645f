"""Run a server, and run it again when it ends by itself although it had been answering: `serve.py PORT COMMAND...`.

Granian starts a worker that died anew, and ends as a whole when that one dies within 5.5 seconds too. A unit or a
container is started again by what runs it; in a terminal, this does it. A server that never answered cannot start, and
trying again would not help: then this ends as well, and says so.
"""

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

# Seconds.
BETWEEN_LOOKS = 0.2
BEFORE_STARTING_AGAIN = 1.0


class Serving:
    """One server after the other, until asked to stop."""

    def __init__(self, port: int, command: list[str]) -> None:
        self.port, self.command = port, command
        self._server: subprocess.Popen[bytes] | None = None
        self._is_asked_to_stop = False

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Pass it on: the server finishes the pages it is at."""
        self._is_asked_to_stop = True
        if self._server is not None:
            self._server.terminate()

    def run(self) -> int:
        """Serve, and return the status that the last server ended with."""
        while True:
            has_answered, status = self._serve()
            if self._is_asked_to_stop:
                return status
            if not has_answered:
                say(f"the server ended with status {status} before it ever answered; its last words are above.")
                return status or 1
            say(f"the server ended by itself, with status {status}. Starting it again...")
            time.sleep(BEFORE_STARTING_AGAIN)

    def _serve(self) -> tuple[bool, int]:
        # In a group of its own, so that Ctrl-C reaches it once and through here, and nothing of it outlives it.
        self._server = server = subprocess.Popen(self.command, process_group=0)  # noqa: S603 (bin/run says what)
        if self._is_asked_to_stop:
            server.terminate()
        has_answered = False
        while not has_answered and server.poll() is None:
            time.sleep(BETWEEN_LOOKS)
            has_answered = self._answers()
        status = server.wait()
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        return has_answered, status if status >= 0 else 128 - status

    def _answers(self) -> bool:
        """Whether anything came back; a refusal is an answer too."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status > 0
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def say(words: str) -> None:
    print(f"northbound: {words}", file=sys.stderr, flush=True)


def main() -> None:
    serving = Serving(int(sys.argv[1]), sys.argv[2:])
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, serving.stop)
    sys.exit(serving.run())


if __name__ == "__main__":
    main()
