"""What can be watched from outside, in Prometheus' form: requests by route, evaluations, database errors.

A route is the name of an address (`eligibility:page`), never the address: that holds a person's secret. Nothing that
anybody typed becomes a label.

Each server process counts for itself. Where `PROMETHEUS_MULTIPROC_DIR` names a folder, as `make run` sees to, they keep
their counts there and whichever process is asked adds them up.
https://prometheus.github.io/client_python/multiprocess/
"""

import hmac
from collections.abc import Iterable
from typing import Protocol

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

# Seconds. A page takes some milliseconds, and nobody waits longer than the server's own limits.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("northbound_requests", "Requests answered.", ["route", "method", "status"])
REQUEST_SECONDS = Histogram("northbound_request_seconds", "Time to answer.", ["route"], buckets=_BUCKETS)
EVALUATION_SECONDS = Histogram(
    "northbound_evaluation_seconds", "Time to evaluate one person's answers under all rules.", buckets=_BUCKETS
)
EVALUATIONS_FAILED = Counter("northbound_evaluations_failed", "Pages that could not evaluate, and said so.")
DATABASE_ERRORS = Counter("northbound_database_errors", "Requests that the database failed, by kind.", ["kind"])

# What clients may make up is counted together.
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class Collector(Protocol):
    """Something that is looked up at the moment it is asked for, and not counted."""

    def collect(self) -> Iterable[Metric]:
        """Look it up."""


_looked_up: list[Collector] = []


def look_up(collector: Collector) -> None:
    """Have a collector asked each time that somebody asks for the metrics."""
    _looked_up.append(collector)


def count(request: HttpRequest, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    match = request.resolver_match
    route = match.view_name if match else "none"
    method = request.method if request.method in _METHODS else "other"
    REQUESTS.labels(route, method, str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def text() -> bytes:
    """Everything, in the form that Prometheus reads."""
    if values.ValueClass._multiprocess:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    else:
        counted = REGISTRY
    asked = CollectorRegistry()
    for collector in _looked_up:
        asked.register(collector)
    return generate_latest(counted) + generate_latest(asked)


@never_cache
@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The metrics, for who has the token. To anyone else, and where no token is set, there is no such page."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Http404
    return HttpResponse(text(), content_type=CONTENT_TYPE_LATEST)
