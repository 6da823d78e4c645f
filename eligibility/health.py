"""Probes: whether the process lives, and whether it can answer."""

import logging

from django.db import DatabaseError, connection
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
    """The database answers and rules are loaded."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_ready = bool(store.current().documents)
    except DatabaseError:
        log.exception("Not ready: the database does not answer.")
        is_ready = False
    return HttpResponse("ready\n" if is_ready else "not ready\n", content_type=TEXT, status=200 if is_ready else 503)
