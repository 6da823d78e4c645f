"""Writing a backup: a first line that says what it is, a line for each table and each row, a last line that counts.

The last one also holds a hash of everything before it, so that a file that was cut off is known as such.

The answers stay encrypted as they are, and their keys are not in it: a stolen backup opens nobody's answers. It does
hold the staff's password hashes and second factors, so only its owner may read the file.
"""

import base64
import datetime as dt
import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from eligibility.backup import schema

FORMAT = "northbound backup 1"
_AT_ONCE = 2000


class _Lines:
    """Writes lines and remembers their hash."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def write(self, thing: Any) -> None:
        line = json.dumps(thing, ensure_ascii=False, default=_plain) + "\n"
        self._hash.update(line.encode())
        self._file.write(line)

    def end(self, rows: int) -> None:
        self._file.write(json.dumps({"rows": rows, "sha256": self._hash.hexdigest()}) + "\n")


def write(connection: BaseDatabaseWrapper, path: Path) -> int:
    """Write everything as it stands at one moment, and return the number of rows. The site may go on meanwhile.

    The file appears under its name when it is whole; one that is there is replaced then.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with gzip.open(raw, "wt", encoding="utf-8", compresslevel=6) as file, _one_moment(connection):
                rows = _write(connection, _Lines(file))
            raw.flush()
            os.fsync(raw.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return rows


def _write(connection: BaseDatabaseWrapper, lines: _Lines) -> int:
    nodes = schema.applied(connection)
    made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    lines.write({"format": FORMAT, "made": made, "migrations": nodes})
    rows = 0
    for model in schema.tables(nodes):
        names = [field.attname for field in schema.fields(model)]
        lines.write({"table": model._meta.db_table, "columns": names})
        stored = model._base_manager.using(connection.alias).order_by("pk").values_list(*names)
        for row in stored.iterator(chunk_size=_AT_ONCE):
            lines.write(row)
            rows += 1
    lines.end(rows)
    return rows


@contextmanager
def _one_moment(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Read one state of the database, whatever is written meanwhile, and hold up nobody who writes."""
    if connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # The site's own transactions take SQLite's write lock when they begin; one that only reads need not.
    sqlite: Any = connection
    sqlite.ensure_connection()
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(using=connection.alias):
            yield
    finally:
        sqlite.transaction_mode = mode


def _plain(value: Any) -> str:
    """A value that JSON does not know, as its field reads it again: whole, with microseconds."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"A backup has no form for {type(value).__name__}.")
