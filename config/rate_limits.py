"""How often one address may do what costs much or could be used to guess; RATE_LIMITS in the settings says.

A view names its kind with `@rate_limited("…")`; a class passes it on to those that inherit from it. What staff send is
recognized by the request. Counting is done by the `limits` library, in each process's memory or, with CACHE_URL, in
Redis, shared by all processes. What is counted is a keyed hash of the address, and is gone when its time is over.
"""

import logging
import math
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from config.client_address import client_network

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., object])

# Of these only what is sent counts: their pages themselves are cheap and kept in caches.
_ONLY_SENT = frozenset({"start", "forms"})
_ASKED_TO_SIGN_IN = frozenset({"admin:login", "admin:two_factor_code", "admin:two_factor_set_up"})

log = logging.getLogger("northbound.limits")


def rate_limited(kind: str) -> Callable[[View], View]:
    """Have a view, or all views of a class and those that inherit from it, counted as this kind."""
    if kind not in settings.RATE_LIMITS:
        raise ValueError(f'"{kind}" is no kind of limit. The kinds are: {", ".join(settings.RATE_LIMITS)}.')

    def mark(view: View) -> View:
        view.rate_limit = kind  # type: ignore[attr-defined]
        return view

    return mark


class RateLimits:
    """Refuses, calmly and for a while, what one address does too often."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Count, and answer in the view's place where it was too often."""
        for kind in _kinds(request, view):
            if not take(request, kind):
                return refusal(request, kind)
        return None


def kind_of(view: object) -> str | None:
    """The kind that a view is counted as, if it is."""
    kind: str | None = getattr(getattr(view, "view_class", view), "rate_limit", None)
    return kind


def _kinds(request: HttpRequest, view: Callable[..., object]) -> list[str]:
    sent = request.method == "POST"
    marked = kind_of(view)
    kinds = [marked] if marked is not None and (sent or marked not in _ONLY_SENT) else []
    match = request.resolver_match
    if sent and match is not None and match.app_names[:1] == ["admin"]:
        # Who is asked to sign in again in the middle of work answers in fields of their own (programs.roles.gate).
        if match.view_name in _ASKED_TO_SIGN_IN or any(name.startswith("ask-") for name in request.POST):
            kinds.append("sign_in")
        if request.FILES:
            kinds.append("uploads")
    return kinds


def take(request: HttpRequest, kind: str) -> bool:
    """Count one use by this address, and say whether it was still allowed."""
    return _asked(request, kind, FixedWindowRateLimiter.hit)


def is_left(request: HttpRequest, kind: str) -> bool:
    """Whether this address may still do it, counting nothing."""
    return _asked(request, kind, FixedWindowRateLimiter.test)


def refusal(request: HttpRequest, kind: str) -> HttpResponse:
    """The page for who has to wait: how long, and that what was sent is not lost."""
    seconds = _seconds_to_wait(request, kind)
    log.warning("Too often: %s", kind, extra={"event": {"limit": kind}})
    context = {"application": request.path.startswith("/a/"), "minutes": math.ceil(seconds / 60)}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def forget_all() -> None:
    """Begin to count anew, as tests do."""
    _limiter(settings.RATE_LIMITS_STORE).storage.reset()


def _asked(
    request: HttpRequest, kind: str, ask: Callable[[FixedWindowRateLimiter, RateLimitItem, str, str], bool]
) -> bool:
    allowed = settings.RATE_LIMITS[kind]
    if allowed is None or not settings.RATE_LIMITS_ON:
        return True
    try:
        return ask(_limiter(settings.RATE_LIMITS_STORE), allowed, kind, _who(request))
    except StorageError:
        # A site that is closed because its counter is away helps nobody; accounts are locked by the database.
        log.exception("The counter of the rate limits does not answer.")
        return True


def _seconds_to_wait(request: HttpRequest, kind: str) -> int:
    allowed = settings.RATE_LIMITS[kind]
    if allowed is None:
        return 1
    try:
        ends = _limiter(settings.RATE_LIMITS_STORE).get_window_stats(allowed, kind, _who(request)).reset_time
    except StorageError:
        return allowed.get_expiry()
    return max(1, math.ceil(ends - time.time()))


def _who(request: HttpRequest) -> str:
    return salted_hmac("northbound.limits", client_network(request), algorithm="sha256").hexdigest()


@cache
def _limiter(store: str) -> FixedWindowRateLimiter:
    # Nobody waits long for a Redis that does not answer; without one, these mean nothing.
    waits = {"socket_timeout": 1.0, "socket_connect_timeout": 1.0}
    return FixedWindowRateLimiter(storage_from_string(store, wrap_exceptions=True, **waits))


def check_proxies(**_of_what: object) -> list[CheckMessage]:
    """Behind a proxy that is not counted, all visitors would share one limit."""
    if settings.SECURE_PROXY_SSL_HEADER and not settings.TRUSTED_PROXIES and settings.RATE_LIMITS_ON:
        return [
            CheckWarning(
                "A proxy is trusted for HTTPS and not for the addresses of visitors, who then share one rate limit.",
                hint="Set NORTHBOUND_TRUSTED_PROXIES to the number of proxies in front, most often 1.",
                id="northbound.W001",
            )
        ]
    return []
