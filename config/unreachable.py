"""What people see when the database does not answer: that nothing is lost, what they typed, and a way to go on.

It is drawn with nothing but a template, because everything else may need what is not there.
"""

import sys
from collections.abc import Iterator

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.defaults import server_error

from config import metrics

# The database is away, full, locked or too slow: all of them pass. Other errors of a database are faults of ours.
PASSING: tuple[type[Error], ...] = (OperationalError, InterfaceError)
# Seconds; browsers and proxies may try again by themselves after so long.
RETRY_AFTER = 10
_STAFF = "/staff/"
_NOT_TYPED = {"csrfmiddlewaretoken"}


def error(request: HttpRequest) -> HttpResponse:
    """Answer for whatever was not caught: 503 when the database is the cause, otherwise Django's own page (500)."""
    cause = sys.exc_info()[1]
    if not isinstance(cause, PASSING):
        return server_error(request)
    metrics.DATABASE_ERRORS.labels(type(cause).__name__).inc()
    return page(request)


def page(request: HttpRequest) -> HttpResponse:
    """The page that says so, with everything that was sent, ready to be sent again."""
    # Staff send passwords too, which no page repeats; so never what they sent.
    is_post = request.method == "POST" and not request.path.startswith(_STAFF)
    context = {
        "address": request.get_full_path(),
        "typed": list(_typed(request)) if is_post else [],
        "is_post": is_post,
        "csrf_token": get_token(request) if is_post else "",
    }
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was sent, field by field."""
    for name, values in request.POST.lists():
        if name not in _NOT_TYPED:
            for value in values:
                yield name, str(value)
