"""What is done to the site while people use it; each ends with the site left to recover by itself."""

import asyncio
import re
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.soak.servers import Cluster, Server, Site, folder_of_own

Disturbance = Callable[[], Awaitable[str]]
# Has people walk, and returns what was seen; nothing here looks into it.
Scenario = Callable[..., Any]


@dataclass
class Around:
    """What a fault may lay hands on."""

    cluster: Cluster
    site: Site
    servers: list[Server]

    @property
    def server(self) -> Server:
        return self.servers[0]


def _none(_around: Around) -> Disturbance | None:
    return None


def _workers_killed(around: Around) -> Disturbance:
    """Three times, a worker is killed at work."""

    async def disturb() -> str:
        killed = []
        for _time in range(3):
            await asyncio.sleep(3)
            killed.append(await asyncio.to_thread(around.server.kill_a_worker))
        started = time.monotonic()
        await asyncio.to_thread(around.server.wait_until_ready)
        return (
            f"killed {sum(map(bool, killed))} workers at work; ready {time.monotonic() - started:.1f} s after the last"
        )

    return disturb


def _database_stopped(around: Around) -> Disturbance:
    """The database stops at once, as in a crash, and comes back."""

    async def disturb() -> str:
        await asyncio.sleep(4)
        await asyncio.to_thread(around.cluster.stop, "immediate")
        started = time.monotonic()
        alive, ready = around.server.status("/healthz"), await asyncio.to_thread(around.server.status, "/readyz")
        public = await asyncio.to_thread(_asked_for, around.server, "/programs/", 8)
        await asyncio.to_thread(around.cluster.start)
        away, back = time.monotonic() - started, time.monotonic()
        await asyncio.to_thread(around.server.wait_until_ready)
        recovered = time.monotonic() - back
        return (
            f"the database was away for {away:.0f} s (healthz {alive}, readyz {ready}, {public}); "
            f"ready {recovered:.1f} s after it was back"
        )

    return disturb


def _asked_for(server: Server, path: str, lasting: float) -> str:
    """A public page, asked for twice a second for so long: how often it came, and within which time."""
    until, took, statuses = time.monotonic() + lasting, [], []
    while time.monotonic() < until:
        asked = time.monotonic()
        statuses.append(server.status(path))
        took.append(time.monotonic() - asked)
        time.sleep(0.5)
    return f"a public page came {statuses.count(200)} of {len(statuses)} times, within {max(took):.1f} s"


def _database_slow(around: Around) -> Disturbance:
    """Each write of answers takes a second and more, then longer than the server lets a statement take."""

    async def disturb() -> str:
        await asyncio.sleep(3)
        for seconds, lasting in ((0.5, 10), (30, 6)):
            await asyncio.to_thread(_slow, around, seconds)
            await asyncio.sleep(lasting)
        await asyncio.to_thread(_slow, around, None)
        return "each write took 0.5 s longer for 10 s, and without end for 6 s"

    return disturb


def _slow(around: Around, seconds: float | None) -> None:
    trigger = "DROP TRIGGER IF EXISTS slow ON eligibility_application;"
    if seconds is not None:
        trigger += (
            f"CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$; "
            "CREATE TRIGGER slow BEFORE UPDATE ON eligibility_application FOR EACH ROW EXECUTE FUNCTION slow();"
        )
    _sql(around, trigger)


def _sql(around: Around, text: str) -> None:
    # The lock that a trigger needs is waited for behind people's own writes.
    around.site.run("-c", f"import psycopg; psycopg.connect({around.cluster.url!r}, autocommit=True).execute({text!r})")


_PUBLISH = """
import datetime as dt, time
from django.contrib.auth.models import User
from programs.actions import NewVersionFrom, PublishVersion
from programs.models import ProgramVersion
someone = User.objects.filter(is_superuser=True).first()
for _time in range(3):
    last = ProgramVersion.objects.filter(program="fsw", status="published").order_by("-effective_from").first()
    first_day = max(last.effective_from, dt.date(2030, 1, 1)) + dt.timedelta(days=1)
    draft = NewVersionFrom(last, first_day, someone, f"later-{first_day}").execute()
    PublishVersion(draft, someone, "under load", despite="under load").execute()
    time.sleep(1)
"""


def _rules_published(around: Around) -> Disturbance:
    """New versions are published while people are judged; they hold from a later day, so verdicts stay."""

    async def disturb() -> str:
        started = time.monotonic()
        await asyncio.to_thread(around.site.manage, "shell", "-c", _PUBLISH)
        return f"published three versions within {time.monotonic() - started:.0f} s"

    return disturb


def _stopped_gracefully(around: Around) -> Disturbance:
    """The server is asked to stop in the midst of work, and started again."""

    async def disturb() -> str:
        await asyncio.sleep(4)
        took = await asyncio.to_thread(around.server.stop)
        status = around.server.process.returncode
        await asyncio.to_thread(around.server.start)
        return f"it ended in {took:.1f} s with status {status}, and was ready again in {around.server.started_in:.1f} s"

    return disturb


ON_POSTGRESQL: dict[str, tuple[bool, Callable[[Around], Disturbance | None]]] = {
    # Whether everyone takes part, and what is done meanwhile.
    "everyone at once": (True, _none),
    "two servers": (False, _none),
    "rules published": (False, _rules_published),
    "workers killed": (False, _workers_killed),
    "stopped gracefully": (False, _stopped_gracefully),
    "database stopped": (False, _database_stopped),
    "database slow": (False, _database_slow),
}


# Scenarios with a site of their own ---------------------------------------------------------------


@contextmanager
def _small_disk(megabytes: int) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="northbound-small-disk."))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
        folder.rmdir()


def disk_full(port: int, people: int, scenario: Scenario) -> Any:
    """SQLite on a disk that is full for a while."""
    with folder_of_own() as var, _small_disk(300) as disk:
        site = Site(f"sqlite:///{disk / 'northbound.sqlite3'}", var)
        site.prepare()
        server = Server(site, port)

        async def disturb() -> str:
            await asyncio.sleep(4)
            filling = disk / "filling"
            with filling.open("wb") as file:
                try:
                    while True:
                        file.write(b"\0" * 65536)
                        file.flush()
                except OSError:
                    pass
            await asyncio.sleep(8)
            filling.unlink(missing_ok=True)
            return "the disk was full for 8 s"

        try:
            return scenario("SQLite on a full disk", people, site, [server], disturb)
        finally:
            server.stop()


def clock_jumps(port: int, people: int, scenario: Scenario) -> Any:
    """SQLite, and a server whose clock is two hours ahead, then behind; None where it cannot be run."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        print("## clock: not run, libfaketime is missing (on Debian: apt-get install libfaketime)")
        return None
    with folder_of_own() as var:
        site = Site(f"sqlite:///{var / 'northbound.sqlite3'}", var)
        site.prepare()
        setting = var / "clock"
        setting.write_text("+0")
        server = Server(
            site, port, LD_PRELOAD=str(library), FAKETIME_TIMESTAMP_FILE=str(setting), FAKETIME_CACHE_DURATION="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
        )  # fmt: skip

        async def disturb() -> str:
            for jump in ("+2h", "-2h", "+0"):
                await asyncio.sleep(4)
                setting.write_text(jump)
            return "the clock went two hours ahead, two hours behind, and back"

        try:
            return scenario("clock jumps", people, site, [server], disturb)
        finally:
            server.stop()


APART: dict[str, Callable[[int, int, Scenario], Any]] = {"disk full": disk_full, "clock jumps": clock_jumps}

# What people typed (dates of birth are parts of a page, titles, sums) and the secrets of their links.
_LEAK = re.compile(r'/a/[A-Za-z0-9_-]{20,}|software engineer|"birth_date|settlement_funds_cad=')


def leaks(logs: list[Path]) -> int:
    """How many lines of the logs hold a secret link or an answer."""
    return sum(bool(_LEAK.search(line)) for log in logs for line in log.read_text(errors="replace").splitlines())
