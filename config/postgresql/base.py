"""Django's own backend, whose threads stop waiting for connections that cannot be made (see reach.py).

https://docs.djangoproject.com/en/5.2/ref/databases/#subclassing-the-built-in-database-backends
"""

from functools import partial
from typing import Any, Self

import psycopg
from django.db.backends.postgresql import base

from config.postgresql.reach import Reach

# Seconds that a page waits for a connection while the database lives.
PATIENCE = 4.0

reach = Reach()


class Connection(psycopg.Connection[Any]):
    """A connection of the pool, which tells what became of the attempt to make it."""

    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> Self:
        """Connect, and note whether that was possible."""
        try:
            connection = super().connect(conninfo, **options)
        except psycopg.OperationalError as error:
            reach.failed(error)
            raise
        reach.made(connection)
        return connection


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's way to the database."""

    def __init__(self, settings_dict: dict[str, Any], *arguments: Any, **options: Any) -> None:
        super().__init__(settings_dict, *arguments, **options)
        if pool := settings_dict["OPTIONS"].get("pool"):
            pool["connection_class"] = Connection

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection from the pool, or an error as soon as there is none to be had."""
        get = partial(super().get_new_connection, conn_params)
        if not self.pool:  # type: ignore[attr-defined]
            return get()
        # Not through the pool: until a connection is made, it remembers everybody who ever waited in vain.
        return reach.ask(get, lambda: Connection.connect(**conn_params).close(), PATIENCE)
