"""A throw-away PostgreSQL cluster and real server processes, which a fault may stop, kill or fill up."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
# Seconds. Twice what granian takes for a worker that cannot start at all (5.5 s).
AT_WORK_FOR = 11


def _postgres_bin() -> Path:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    sys.exit("PostgreSQL's initdb is missing. Install it, on Debian: apt-get install postgresql")


class Cluster:
    """A PostgreSQL server of its own, with its usual care for the disk: what it acknowledged survives a crash."""

    def __init__(self, options: str = "") -> None:
        self._options = options
        self.folder = Path(tempfile.mkdtemp(prefix="northbound-soak."))
        self._bin = _postgres_bin()
        self._owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._owner:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-U", "northbound", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://northbound@{str(self.folder).replace('/', '%2F')}/postgres"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._owner, str(self._bin / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=100 {self._options}"
        self._run("pg_ctl", "-l", str(self.folder / "server.log"), "-w", "-s", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-m", mode, "-w", "-s", "stop")

    def remove(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


class Site:
    """A prepared database and the environment of its server processes."""

    def __init__(self, database: str, var: Path) -> None:
        self.var = var
        self.environment = os.environ | {
            "DATABASE_URL": database,
            "NORTHBOUND_VAR": str(var),
            "NORTHBOUND_LOG_LEVEL": "INFO",
            # Each person comes with an address of their own, as through a proxy; the limits stay as they are.
            "NORTHBOUND_TRUSTED_PROXIES": "1",
            "NORTHBOUND_METRICS_TOKEN": "a-token-of-a-run-that-is-thrown-away",
        }

    def prepare(self) -> None:
        self.run(str(ROOT / "bin" / "prepare.py"))

    def manage(self, *arguments: str, text: str = "") -> str:
        return self.run(str(ROOT / "manage.py"), *arguments, text=text)

    def run(self, *command: str, text: str = "") -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, input=text, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-3000:]}")
        return done.stdout


class Server:
    """`make run`'s server on a port: a master that starts its workers anew, and the workers."""

    def __init__(self, site: Site, port: int, workers: int = 2, **environment: str) -> None:
        self.site = site
        self.port = port
        self.workers = workers
        self.environment = site.environment | environment
        self.log = site.var / f"server-{port}.log"
        self.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        counts = self.site.var / f"metrics-{self.port}"
        shutil.rmtree(counts, ignore_errors=True)
        counts.mkdir()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", str(self.workers), "--blocking-threads", "4"]
        command += ["--respawn-failed-workers", "--workers-kill-timeout", "15", "--no-ws", "--log-level", "warning"]
        started = time.monotonic()
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, "config.wsgi:application"],
                cwd=ROOT, env=self.environment | {"PROMETHEUS_MULTIPROC_DIR": str(counts)}, stdout=log, stderr=log,
            )  # fmt: skip
        self.wait_until_ready()
        self.started_in = time.monotonic() - started

    def wait_until_ready(self, patience: float = 240) -> None:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.status("/readyz") == 200:
                return
            time.sleep(0.05)
        sys.exit(f"The server on port {self.port} was not ready in {patience:.0f} s; see {self.log}.")

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.origin + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def worker_processes(self) -> list[psutil.Process]:
        return [child for child in psutil.Process(self.process.pid).children() if "tracker" not in str(child.cmdline())]

    def kill_a_worker(self, patience: float = 60) -> int:
        """End a worker as a fault would, in the midst of what it does; 0 if there was none to end.

        It has been at work for a while: granian ends as a whole when a worker dies just after it was started anew.
        """
        until = time.monotonic() + patience
        while time.monotonic() < until:
            workers = sorted(self.worker_processes(), key=psutil.Process.create_time)
            if workers and time.time() - workers[0].create_time() > AT_WORK_FOR:
                workers[0].send_signal(signal.SIGKILL)
                return int(workers[0].pid)
            time.sleep(0.1)
        return 0

    def peak_memory(self) -> list[float]:
        """The most memory that each worker has held so far, in MB."""
        found = []
        for worker in self.worker_processes():
            status = Path(f"/proc/{worker.pid}/status").read_text()
            (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
            found.append(int(line.split()[1]) / 1024)
        return found

    def stop(self) -> float:
        """Ask it to end, and return how long it took; it finishes what it is at."""
        started = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        return time.monotonic() - started


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def folder_of_own() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="northbound-soak-var."))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
