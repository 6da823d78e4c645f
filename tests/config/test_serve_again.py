"""`make run` goes on when its server dies, ends when it is told to, and does not try again what cannot start."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import ROOT, wait_until

# A server that is there at once, says who it is, and ends politely.
SERVER = """
import http.server, os, signal, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        with open(sys.argv[2], "a") as file:
            file.write(f"{os.getpid()}\\n")
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """A server that is kept going."""

    def __init__(self, port: int, answered: Path) -> None:
        self.answered = answered
        command = [sys.executable, str(ROOT / "bin/serve.py"), str(port), sys.executable, "-c", SERVER, str(port)]
        self.process = subprocess.Popen([*command, str(answered)], stderr=subprocess.PIPE, text=True)

    def servers(self) -> list[int]:
        """The servers that have answered, one after the other."""
        return list(map(int, self.answered.read_text().split())) if self.answered.exists() else []


@pytest.fixture
def run(port: int, tmp_path: Path) -> Iterator[Run]:
    run = Run(port, tmp_path / "answered")
    with run.process:
        yield run
        run.process.terminate()


def test_a_server_that_died_is_started_again_until_it_is_asked_to_stop(run: Run) -> None:
    wait_until(lambda: len(run.servers()) == 1, "a server that answers")
    os.kill(run.servers()[0], signal.SIGKILL)
    wait_until(lambda: len(set(run.servers())) == 2, "another server that answers")
    run.process.send_signal(signal.SIGINT)
    _, words = run.process.communicate()
    assert run.process.returncode == 0
    assert words.count("Starting it again") == 1
    for server in run.servers():
        with pytest.raises(ProcessLookupError):
            os.kill(server, 0)


def test_what_cannot_start_is_not_tried_again(port: int) -> None:
    fails = [sys.executable, "-c", "print('started'); raise SystemExit(3)"]
    command = [sys.executable, str(ROOT / "bin/serve.py"), str(port), *fails]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert ended.stdout.count("started") == 1
    assert "before it ever answered" in ended.stderr
