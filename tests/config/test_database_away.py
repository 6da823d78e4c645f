"""While PostgreSQL is away nobody waits for it; while it is only busy, everybody does. With a server of its own."""

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from benchmarks.soak.servers import Cluster
from config import env
from config.postgresql import base
from config.postgresql.reach import PAUSE, Reach
from tests.servers import wait_until

Ask = Callable[[], int]


class Clock:
    """A clock that tests move. By itself it hardly does, so that patience ends only where something is broken."""

    now, step = 1000.0, 0.01

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reach(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Reach:
    reach = Reach(clock)
    monkeypatch.setattr(base, "reach", reach)
    return reach


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster("-c fsync=off")
    yield cluster
    cluster.remove()


class Database:
    """What a process sees of a database: each question comes with a connection from its pool."""

    def __init__(self, url: str, size: int = 4) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NORTHBOUND_SAMPLE", url)
            settings = env.database("NORTHBOUND_SAMPLE", "", pool=size)
        self._handler = ConnectionHandler({"default": {}, "apart": settings})
        self._held: list[Any] = []

    def connected(self) -> Any:
        connection: Any = self._handler.create_connection("apart")
        connection.inc_thread_sharing()
        self._held.append(connection)
        return connection

    def ask(self) -> int:
        """Ask something, as a page does."""
        connection = self.connected()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                return int(cursor.fetchone()[0])
        finally:
            connection.close()

    def asking(self) -> "Asking":
        return Asking(self.ask)

    def stats(self, name: str) -> int:
        """A count of the pool: https://www.psycopg.org/psycopg3/docs/advanced/pool.html#pool-statistics."""
        return int(self.connected().pool.get_stats().get(name, 0))

    def close(self) -> None:
        for connection in self._held:
            connection.close()
        self.connected().close_pool()


class Asking(threading.Thread):
    """Somebody else who asks at the same time."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(daemon=True)
        self._ask = ask
        self.answer: int | None = None
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self.answer = self._ask()
        except OperationalError as error:
            self.error = error


@pytest.fixture
def database(reach: Reach, django_db_blocker: Any) -> Iterator[Callable[..., Database]]:
    made: list[Database] = []

    def make(url: str, **options: int) -> Database:
        made.append(Database(url, **options))
        return made[-1]

    with django_db_blocker.unblock():
        yield make
        for each in made:
            each.close()


def test_one_finds_out_and_the_others_are_told_at_once_until_it_is_back(
    cluster: Cluster, database: Callable[..., Database], reach: Reach, clock: Clock
) -> None:
    site = database(cluster.url)
    assert site.ask() == 1
    cluster.stop("immediate")
    try:
        # These all wait when it is found out.
        others = [site.asking() for _each in range(8)]
        with pytest.raises(OperationalError, match="out of reach"):
            site.ask()
        for other in others:
            other.join()
            assert "out of reach" in str(other.error)
        assert reach.is_away()
        asked = site.stats("requests_num")
        for _each in range(20):
            with pytest.raises(OperationalError, match="(?s)out of reach: .*Is the server running"):
                site.ask()
        assert site.stats("requests_num") == asked
    finally:
        cluster.start()
    clock.now += PAUSE
    assert site.ask() == 1
    assert not reach.is_away()
    assert [asker.join() or asker.answer for asker in [site.asking() for _each in range(8)]] == [1] * 8


def test_one_at_a_time_sees_whether_a_host_that_answers_nothing_is_back(
    database: Callable[..., Database], reach: Reach, clock: Clock
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        site = database(f"postgresql://northbound@127.0.0.1:{silent.getsockname()[1]}/postgres")
        with pytest.raises(OperationalError, match="refused"):
            site.ask()
        wait_until(lambda: site.stats("pool_size") == 0, "the pool's last attempt")
        # From here on the host takes connections, and never says a word.
        silent.listen()
        clock.now += PAUSE
        trying = site.asking()
        taken, _address = silent.accept()
        clock.now += PAUSE
        for _each in range(20):
            with pytest.raises(OperationalError, match="out of reach"):
                site.ask()
        assert trying.is_alive()
        taken.close()
    trying.join()
    assert "server closed the connection" in str(trying.error)
    assert reach.is_away()


def test_a_server_that_takes_no_more_connections_is_not_away(
    cluster: Cluster, database: Callable[..., Database], reach: Reach
) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS one_at_a_time")
        owner.execute("CREATE ROLE one_at_a_time LOGIN CONNECTION LIMIT 1")
    site = database(cluster.url.replace("northbound@", "one_at_a_time@"))
    holding = site.connected()
    holding.ensure_connection()
    before = site.stats("connections_errors")
    waiting = site.asking()
    wait_until(lambda: site.stats("connections_errors") > before, "a connection that was refused")
    assert not reach.is_away()
    assert waiting.is_alive()
    holding.close()
    waiting.join()
    assert waiting.answer == 1


def test_a_full_pool_is_waited_for_with_patience_and_is_not_away(
    cluster: Cluster, database: Callable[..., Database], reach: Reach, clock: Clock
) -> None:
    site = database(cluster.url, size=1)
    holding = site.connected()
    holding.ensure_connection()
    clock.step = base.PATIENCE
    with pytest.raises(OperationalError, match="no connection to the database was free for 4 s"):
        site.ask()
    assert not reach.is_away()
    clock.step = Clock.step
    before = site.stats("requests_queued")
    waiting = site.asking()
    wait_until(lambda: site.stats("requests_queued") > before, "somebody who waits")
    holding.close()
    waiting.join()
    assert waiting.answer == 1
