"""The same guards in the database itself: triggers, for writes that pass the models by.

A query that goes round `guard.py` (raw SQL, a base manager, another program) meets these. They come off while the
database is being migrated and are made anew afterwards, so no migration has to know of them: SQLite rebuilds a table to
alter it, and its triggers would be lost or stand in the way.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from programs.models.guard import LOCKED, Guarded
from programs.models.history import Change
from programs.models.versions import Version

_LOCKED = "('" + "', '".join(LOCKED) + "')"
# A published version may be closed, withdrawn and put in its place among the others; its people may lose their
# accounts.
_MAY_CHANGE = frozenset({"status", "effective_to", "position", "remark"})
_MAY_BE_EMPTIED = frozenset({"author_id", "publisher_id"})

IMMUTABLE = "A published version never changes. Make a new version from it and publish that."
KEPT = "The record of changes cannot be altered or deleted."


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, in place of those that are there."""
    present = set(connection.introspection.table_names())
    remove(connection)
    with connection.cursor() as cursor:
        for table, event, condition, message in _locks(connection):
            if table in present:
                for statement in _statements(connection, table, event, condition, message):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off, for a migration or for emptying the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'lock_programs_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'lock_programs_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')


def on_pre_migrate(using: str, **_signal: Any) -> None:
    """Receive the signal that a migration begins."""
    remove(connections[using])


def on_post_migrate(using: str, **_signal: Any) -> None:
    """Receive the signal that a migration has ended."""
    install(connections[using])


def _statements(connection: BaseDatabaseWrapper, table: str, event: str, condition: str, message: str) -> list[str]:
    name = f"lock_{table}_{event.lower()}"
    if connection.vendor == "sqlite":
        return [
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ]
    row = "OLD" if event == "DELETE" else "NEW"
    return [
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $lock$ BEGIN IF {condition} THEN '
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {row}; END $lock$",
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
    ]


def _locks(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str, str, str]]:
    """Each lock: its table, what it looks at, when it refuses, and what it says."""
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    for model in apps.get_app_config("programs").get_models():
        table = model._meta.db_table
        if issubclass(model, Version):
            yield table, "INSERT", f"NEW.status IN {_LOCKED}", IMMUTABLE
            changed = _changed(model, differs)
            back = "NEW.status NOT IN ('withdrawn', OLD.status)"
            yield table, "UPDATE", f"OLD.status IN {_LOCKED} AND ({back} OR {changed})", IMMUTABLE
            yield table, "DELETE", f"OLD.status IN {_LOCKED}", IMMUTABLE
        elif issubclass(model, Guarded):
            old, new = (_belongs_to_locked(model, row) for row in ("OLD", "NEW"))
            yield table, "INSERT", new, IMMUTABLE
            yield table, "UPDATE", f"{old} OR {new}", IMMUTABLE
            yield table, "DELETE", old, IMMUTABLE
    history = Change._meta.db_table
    others = " OR ".join(
        f"NEW.{field.column} {differs} OLD.{field.column}"
        for field in Change._meta.concrete_fields
        if field.name != "by"
    )
    yield history, "UPDATE", f"NEW.by_id IS NOT NULL OR {others}", KEPT
    yield history, "DELETE", "OLD.id IS NOT NULL", KEPT


def _changed(model: type[models.Model], differs: str) -> str:
    parts = []
    for field in model._meta.concrete_fields:
        column = field.column
        if column in _MAY_CHANGE:
            continue
        change = f"NEW.{column} {differs} OLD.{column}"
        parts.append(f"({change} AND NEW.{column} IS NOT NULL)" if column in _MAY_BE_EMPTIED else change)
    return " OR ".join(parts)


def _belongs_to_locked(model: type[Guarded], row: str) -> str:
    """SQL: whether a row of a part belongs to a version that is locked, by any of its paths."""
    return " OR ".join(_along(model, row, path.split("__")) for path in model.VERSION_PATHS)


def _along(model: type[models.Model], row: str, steps: list[str]) -> str:
    first: Any = model._meta.get_field(steps[0])
    joins, alias, at = "", "t0", first.related_model
    for depth, step in enumerate(steps[1:], 1):
        field: Any = at._meta.get_field(step)
        at = field.related_model
        joins += f' JOIN "{at._meta.db_table}" t{depth} ON t{depth}.{at._meta.pk.column} = {alias}.{field.column}'
        alias = f"t{depth}"
    table = first.related_model._meta
    return (
        f'EXISTS (SELECT 1 FROM "{table.db_table}" t0{joins} '  # noqa: S608 (names of our own tables and columns)
        f"WHERE t0.{table.pk.column} = {row}.{first.column} AND {alias}.status IN {_LOCKED})"
    )
