"""Databases of their own beside that of the tests, of the same kind or as SQLite files."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

Spare = Callable[..., str]


@pytest.fixture(scope="module")
def spare(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[Spare]:
    """Makes an empty database, and returns the alias it goes by."""
    names = (f"northbound_spare_{number}" for number in itertools.count(1))
    made: list[str] = []

    def make(*, sqlite: bool = False) -> str:
        name = next(names)
        settings = dict(connection.settings_dict)
        if sqlite or connection.vendor == "sqlite":
            file = tmp_path_factory.mktemp("spare") / "spare.sqlite3"
            settings |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": {}}
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name}")
                cursor.execute(f"CREATE DATABASE {name}")
            settings |= {"NAME": name, "OPTIONS": {}}
        connections.settings[name] = settings
        made.append(name)
        # Inside a test, a database that the test did not name may be used only if it is open already.
        connections[name].ensure_connection()
        return name

    with django_db_blocker.unblock():
        yield make
        for name in made:
            connections[name].close()
            is_server = connections[name].vendor == "postgresql"
            del connections[name], connections.settings[name]
            if is_server:
                with connection.cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {name}")


@pytest.fixture(autouse=True)
def _spares_are_open(db: None) -> Iterator[None]:
    """Tests may use the spare databases too; elsewhere a test that uses a database it did not name is refused."""
    with pytest.MonkeyPatch.context() as patch:
        for alias in connections:
            for name in ("connect", "temporary_connection", "cursor", "chunked_cursor"):
                method = getattr(connections[alias], name)
                if hasattr(method, "wrapped"):
                    patch.setattr(connections[alias], name, method.wrapped)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the backups go."""
    return tmp_path_factory.mktemp("backups")
