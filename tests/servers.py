"""Servers as `bin/run` starts them, each a process of its own, on one database."""

import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What is waited for comes, or something is broken; so many looks take minutes on any machine.
MOST_LOOKS = 1500
BETWEEN_LOOKS = 0.1


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Look again and again until something holds.

    Raises:
        AssertionError: naming `what` was waited for, when it never came.

    """
    between = threading.Event()
    for _look in range(MOST_LOOKS):
        if holds():
            return
        between.wait(BETWEEN_LOOKS)
    raise AssertionError(f"never came: {what}")


class Server:
    """One server process with one worker."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start it on a free port; `environment` says which settings and which database."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        arguments = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1")
        more = ("--blocking-threads", "4", "--no-ws", "--log-level", "warning", "config.wsgi:application")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "granian", *arguments, *more], cwd=ROOT, env={**os.environ, **environment}
        )

    def wait_until_ready(self) -> None:
        """Wait until it answers with rules."""
        wait_until(self._is_ready, f"a server on port {self.port}")

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, "the server ended"
        try:
            return bool(self.get("/readyz"))
        except (urllib.error.URLError, ConnectionError):
            return False

    def get(self, path: str, **headers: str) -> str:
        """The text of a page."""
        return self._asked(urllib.request.Request(self.url + path, headers=headers))[0]

    def asked(self, path: str, data: bytes | None = None, **headers: str) -> tuple[str, list[str]]:
        """The text of a page, and the cookies it sets."""
        headers |= {"Referer": self.url + path}
        return self._asked(urllib.request.Request(self.url + path, data=data, headers=headers))

    def _asked(self, request: urllib.request.Request) -> tuple[str, list[str]]:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.read().decode(), response.headers.get_all("Set-Cookie") or []

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
