"""Reading a backup into a database: all of it or, if anything fails, nothing.

The tables are made as they were when the backup was written, filled, and then migrated to this release. So the backup
of an earlier release can be read, and nothing depends on what the database held before.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from eligibility.backup import schema
from eligibility.backup.write import FORMAT
from programs.models import locks

_AT_ONCE = 2000
# Tables in which a database that was only migrated has rows, or which say only who was signed in.
_FILLED_BY_MIGRATION = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "programs_rulebookrevision",
}


class CannotRestore(Exception):  # noqa: N818 (a sentence says more)
    """The backup cannot be read into this database; the message says why, and what to do."""


def check(path: Path) -> dict[str, Any]:
    """Read a backup to its end, and return its first line.

    Raises:
        CannotRestore: if it is no backup, was cut off or altered, or comes from a newer release.

    """
    digest, previous, header, rows = hashlib.sha256(), "", None, -1
    try:
        for line in _lines(path):
            if header is None:
                header = _header(line)
            if previous:
                digest.update(previous.encode())
                rows += previous.startswith("[")
            previous = line
        end = json.loads(previous or "{}")
    except (OSError, EOFError, ValueError) as error:
        raise CannotRestore(f"{path} is not a whole backup: {error}. Take another one.") from error
    if header is None or end != {"rows": rows + 1, "sha256": digest.hexdigest()}:
        raise CannotRestore(f"{path} was cut off or altered. Take another one.")
    if not schema.known(_nodes(header)):
        raise CannotRestore(f"{path} was written by a newer release. Install that release, and restore with it.")
    return header


def restore(connection: BaseDatabaseWrapper, path: Path, *, replace: bool) -> int:
    """Put everything in the place of what the database holds, and return the number of rows.

    Raises:
        CannotRestore: if the backup cannot be read, or the database holds something and `replace` is not given.

    """
    nodes = _nodes(check(path))
    held = None if replace else _first_table_with_rows(connection)
    if held:
        raise CannotRestore(
            f"The database holds something already (in {held}). Restore into an empty one, "
            "or give --replace to lose it."
        )
    # SQLite alters tables only without checks, and cannot turn them off inside a transaction.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias):
            _drop_tables(connection)
            schema.migrate(connection, nodes)
            rows = _fill(connection, path, nodes)
            # On PostgreSQL, tables with checks outstanding cannot be altered.
            connection.check_constraints()
            schema.migrate(connection)
    finally:
        connection.enable_constraint_checking()
    return rows


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def _header(line: str) -> dict[str, Any]:
    header = json.loads(line)
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ValueError("it does not begin as one")
    return header


def _nodes(header: dict[str, Any]) -> list[schema.Node]:
    return [(app, name) for app, name in header["migrations"]]


def _own_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables of this program that are in the database, whatever else may be there."""
    own = {"django_migrations"} | {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed
    }
    prefixes = tuple(f"{app.label}_" for app in apps.get_app_configs() if app.name in ("programs", "eligibility"))
    return [name for name in connection.introspection.table_names() if name in own or name.startswith(prefixes)]


def _first_table_with_rows(connection: BaseDatabaseWrapper) -> str | None:
    with connection.cursor() as cursor:
        for name in _own_tables(connection):
            if name in _FILLED_BY_MIGRATION | schema.LEFT_OUT:
                continue
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608 (a table's name)
            if cursor.fetchone():
                return name
    return None


def _drop_tables(connection: BaseDatabaseWrapper) -> None:
    locks.remove(connection)
    names = [connection.ops.quote_name(name) for name in _own_tables(connection)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and names:
            cursor.execute(f"DROP TABLE {', '.join(names)} CASCADE")
        elif names:
            for name in names:
                cursor.execute(f"DROP TABLE {name}")


def _fill(connection: BaseDatabaseWrapper, path: Path, nodes: list[schema.Node]) -> int:
    models_of = {model._meta.db_table: model for model in schema.tables(nodes)}
    rows = 0
    table: _Table | None = None
    filled = []
    for line in _lines(path):
        thing = json.loads(line)
        if isinstance(thing, list):
            assert table is not None
            table.add(thing)
            rows += 1
        elif "table" in thing:
            if table:
                table.write()
            table = _Table(connection, models_of[thing["table"]], thing["columns"])
            filled.append(table.model)
    if table:
        table.write()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
    return rows


class _Table:
    """A table that is being filled, some thousand rows at a time."""

    def __init__(self, connection: BaseDatabaseWrapper, model: type[models.Model], columns: list[str]) -> None:
        self.model = model
        self._connection = connection
        by_name = {field.attname: field for field in schema.fields(model)}
        self._fields = [by_name[name] for name in columns]
        quote = connection.ops.quote_name
        name = quote(model._meta.db_table)
        written = ", ".join(quote(field.column) for field in self._fields)
        self._insert = f"INSERT INTO {name} ({written}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608
        self._waiting: list[list[Any]] = []
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 (rows that migrations made, of a table's name)

    def add(self, row: list[Any]) -> None:
        """Take a row."""
        self._waiting.append([self._stored(field, value) for field, value in zip(self._fields, row, strict=True)])
        if len(self._waiting) >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what was taken."""
        if self._waiting:
            with self._connection.cursor() as cursor:
                cursor.executemany(self._insert, self._waiting)
            self._waiting = []

    def _stored(self, field: "models.Field[Any, Any]", value: Any) -> Any:
        if isinstance(field, models.JSONField) and value is None and not field.null:
            return self._connection.ops.adapt_json_value(None, field.encoder)
        if isinstance(field, models.ForeignKey):
            field = field.target_field
        return field.get_db_prep_save(field.to_python(value), self._connection)
