"""Whether the database can be reached, as a process last saw, so that not everybody has to find out by waiting.

It is away when the last attempt to connect failed and no connection made before is still open. One that is slow, or
busy, or takes no more connections is not: who has a connection goes on, and others wait for one to be given back.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakSet

from psycopg import Connection, OperationalError
from psycopg_pool import PoolTimeout

Got = TypeVar("Got")

# Seconds after an attempt that failed in which nobody makes another.
PAUSE = 0.5


class Reach:
    """What one process knows; threads share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._made: WeakSet[Connection[Any]] = WeakSet()
        self._has_failed = False
        self._failed_at = float("-inf")
        self._said = ""
        self._is_tried = False

    def made(self, connection: Connection[Any]) -> None:
        """Note a connection that was made."""
        with self._lock:
            self._made.add(connection)
            self._has_failed = False

    def failed(self, error: Exception) -> None:
        """Note an attempt to connect that failed, and what was said."""
        with self._lock:
            self._has_failed, self._failed_at, self._said = True, self._clock(), str(error)

    def is_away(self) -> bool:
        """Whether nothing connects this process with the database, and it could not be reached when last tried."""
        with self._lock:
            return self._is_away()

    def ask(self, get: Callable[[], Got], try_again: Callable[[], None], patience: float) -> Got:
        """What `get` brings; it is called anew while its pool has nothing to give (`PoolTimeout`).

        While the database is away, one thread at a time finds out with `try_again` whether it is back.

        Raises:
            OperationalError: at once while the database is away; as soon as it is found to be away meanwhile; and when
                nothing was free for `patience` seconds.

        """
        began, is_trying = self._begin()
        if is_trying:
            try:
                try_again()
            finally:
                with self._lock:
                    self._is_tried = False
        while True:
            try:
                return get()
            except PoolTimeout:
                self._check_that_waiting_helps(began, patience)

    def _begin(self) -> tuple[float, bool]:
        """When waiting begins, and whether it is to see if the database is back."""
        with self._lock:
            now = self._clock()
            if not self._is_away():
                return now, False
            if self._is_tried or now - self._failed_at < PAUSE:
                raise self._refusal()
            self._is_tried = True
            return now, True

    def _check_that_waiting_helps(self, began: float, patience: float) -> None:
        with self._lock:
            if self._is_away() and self._failed_at >= began:
                raise self._refusal() from None
            if self._clock() - began >= patience:
                raise PoolTimeout(f"no connection to the database was free for {patience:g} s") from None

    def _is_away(self) -> bool:
        return self._has_failed and all(connection.closed for connection in self._made)

    def _refusal(self) -> OperationalError:
        return OperationalError(f"the database is out of reach: {self._said}")
