"""Measure `manage.py evaluate` on a stream of profiles: speed and memory, with one process and with all cores.

It needs the rules in a database (`make setup`); each run is a process of its own, whose memory is its peak.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.people import people

ROOT = Path(__file__).resolve().parent.parent
FEWER, MORE = 1_000, 10_000
# Runs the command and tells, last of all, the most memory that it or one of its processes held.
_RUN = """
import resource, sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "evaluate", *sys.argv[1:]])
most = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
sys.stderr.write(f"\\n{most[0]} {most[1]}\\n")
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: how many profiles, in how many processes, and what came of it.

    Attributes:
        seconds: by the clock, start and reading of the rules included.
        peak_mib: the most memory that the largest of its processes held.
        ids: the identifiers in the order in which they were answered.
        digest: of everything written.

    """

    profiles: int
    jobs: int
    seconds: float
    peak_mib: float
    ids: tuple[int, ...]
    digest: str

    @property
    def a_second(self) -> float:
        """Profiles answered in a second."""
        return self.profiles / self.seconds


def run(path: Path, profiles: int, jobs: int) -> Run:
    """Run the command on a file twice: once for the time, its output thrown away, and once to read what it writes."""
    started = time.perf_counter()
    process = _started(path, jobs, subprocess.DEVNULL)
    told = process.communicate()[1].decode()
    if process.returncode:
        sys.exit(f"evaluate failed: {told.strip().splitlines()[-1]}")
    seconds = time.perf_counter() - started
    peak = max(int(each) for each in told.split()[-2:]) / 1024
    ids, digest = _read(path, jobs)
    return Run(profiles, jobs, seconds, peak, ids, digest)


def _started(path: Path, jobs: int, output: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "NORTHBOUND_ENV": "development"}
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, str(path), "--jobs", str(jobs)],
        stdout=output,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
    )


def _read(path: Path, jobs: int) -> tuple[tuple[int, ...], str]:
    """The identifiers in the order in which they are answered, and a digest of all that is written."""
    process = _started(path, jobs, subprocess.PIPE)
    assert process.stdout is not None
    digest, ids = hashlib.sha256(), []
    for line in process.stdout:
        digest.update(line)
        # The identifier is the first thing an answer says.
        ids.append(int(line[: line.index(b",")].rpartition(b" ")[2]))
    process.communicate()
    return tuple(ids), digest.hexdigest()


def runs() -> list[Run]:
    """Fewer and more profiles in one process, and more in all cores.

    Raises:
        SystemExit: where the output is out of order, or differs by the number of processes.

    """
    cores = max(2, os.cpu_count() or 1)
    written = [json.dumps(one) for one in people(MORE)]
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.jsonl"), Path(folder, "many.jsonl")
        few.write_text("\n".join(written[:FEWER]), encoding="utf-8")
        many.write_text("\n".join(written), encoding="utf-8")
        found = [run(few, FEWER, 1), run(many, MORE, 1), run(few, FEWER, cores), run(many, MORE, cores)]
    for each in found:
        if each.ids != tuple(range(each.profiles)):
            sys.exit(f"With {each.jobs} processes the answers are out of order.")
    if found[0].digest != found[2].digest or found[1].digest != found[3].digest:
        sys.exit("The answers differ by the number of processes.")
    return found


def main() -> None:
    """Measure and print."""
    for each in runs():
        print(f"{each.profiles:6,} profiles, {each.jobs} jobs: {each.a_second:.0f} a second, {each.peak_mib:.0f} MiB")


if __name__ == "__main__":
    main()
