"""With a shared cache, all server processes count together. With a Redis of its own, and two processes."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from tests.servers import ROOT, wait_until

HERE, THERE = "198.51.100.7", "203.0.113.9"

# Takes addresses, and says of each whether it may begin a questionnaire.
PROCESS = """
import sys
from django.http import HttpRequest
from config.rate_limits import take
for line in sys.stdin:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = line.strip()
    print(take(request, "start"), flush=True)
"""


class Process:
    """A process that counts, with the settings of a server."""

    def __init__(self, cache_url: str) -> None:
        environment = {"CACHE_URL": cache_url, "NORTHBOUND_LIMIT_START": "3 per hour", "NORTHBOUND_RATE_LIMITS": "on"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROCESS],
            cwd=ROOT,
            env=os.environ | environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def takes(self, address: str) -> bool:
        """Whether somebody at an address is let through."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(address, file=self._process.stdin, flush=True)
        return {"True\n": True, "False\n": False}[self._process.stdout.readline()]

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


class Redis:
    """A Redis on a port of its own, which keeps nothing."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            pytest.fail("redis-server is missing. Install it, on Debian: apt-get install redis-server")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self.url = f"redis://127.0.0.1:{port}/0"
        options = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder))
        self._command = [program, "--port", port, *options]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        wait_until(self._answers, "a Redis that answers")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                assert self._process.poll() is None, "redis-server ended"
                return False


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def process(shared: Redis) -> Iterator[Callable[[], Process]]:
    made: list[Process] = []

    def make() -> Process:
        made.append(Process(shared.url))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def test_two_processes_share_one_limit_and_refuse_nothing_without_redis(
    shared: Redis, process: Callable[[], Process]
) -> None:
    one, other = process(), process()
    assert [each.takes(HERE) for each in (one, other, one)] == [True, True, True]
    assert [each.takes(HERE) for each in (other, one)] == [False, False]
    assert other.takes(THERE)
    shared.stop()
    assert [each.takes(HERE) for each in (one, other)] == [True, True]
    shared.start()
    assert [each.takes(HERE) for each in (one, other, one, other)] == [True, True, True, False]
