"""Probes: whether the process lives, and whether it can answer."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs import store

TEXT = "text/plain; charset=utf-8"

log = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type=TEXT)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has all migrations, and rules are loaded; otherwise, what is missing (503)."""
    missing = missing_to_answer()
    said = f"not ready: {missing}\n" if missing else "ready\n"
    return HttpResponse(said, content_type=TEXT, status=503 if missing else 200)


def missing_to_answer() -> str:
    """What keeps this process from answering; empty if nothing does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrations.are_applied():
            return "migrations have to be applied"
        if not store.current().documents:
            return "no rules are loaded"
    except DatabaseError:
        log.exception("Not ready: the database does not answer.")
        return "the database does not answer"
    return ""


class _Migrations:
    """Whether all are applied. Once they are, this process need not look again: none is ever taken back under it."""

    def __init__(self) -> None:
        self._applied = False

    def are_applied(self) -> bool:
        if not self._applied:
            executor = MigrationExecutor(connection)
            self._applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self._applied


_migrations = _Migrations()
