"""Signing in: how long it lasts, who is locked out and until when, and when a person was last asked who they are."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models import GivenPassword
from programs.roles.browsers import Browser

# Moments in the session, in seconds since 1970.
SIGNED_IN, SEEN, _CONFIRMED = "signed_in_at", "seen_at", "confirmed_at"
# The browser that was signed in with, as two names.
BROWSER = "browser"
# Set while the person works with a password that somebody else chose.
_GIVEN = "password_was_given"
# A session is written anew at most so often for having been used.
_SEEN_EVERY = 60
# Failed sign-ins are kept for a look back after the account is open again.
_FAILURES_KEPT = dt.timedelta(days=30)

log = logging.getLogger("northbound.sign_in")


def _now() -> float:
    return timezone.now().timestamp()


def connect() -> None:
    """Note the moment of each sign-in, and tell the log of everything that has to do with it."""
    user_logged_in.connect(_on_signed_in)
    user_login_failed.connect(_on_failed)
    user_logged_out.connect(_on_signed_out)


def _on_signed_in(request: HttpRequest, user: Any, **_signal: Any) -> None:
    now = _now()
    browser = Browser.of(request.META.get("HTTP_USER_AGENT", ""))
    request.session.update({SIGNED_IN: now, SEEN: now, _CONFIRMED: now, BROWSER: browser})
    if settings.GIVEN_PASSWORDS_ARE_CHANGED and GivenPassword.objects.filter(person=user).exists():
        request.session[_GIVEN] = True
    log.info("Staff account %s signed in with its password.", user.pk)
    forget_what_is_over()


def _on_failed(**_signal: Any) -> None:
    # Without the name: people type their password into the wrong field. The table of failures holds it, for a while.
    log.warning("A sign-in with a password failed.")


def _on_signed_out(user: Any, **_signal: Any) -> None:
    if user is not None:
        log.info("Staff account %s was signed out.", user.pk)


def forget_what_is_over() -> None:
    """Delete sessions that have ended and failed sign-ins that count no more. Each sign-in does so, and a command."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME - _FAILURES_KEPT).delete()


def note_password(person: Any, *, is_given: bool) -> None:
    """Note whether somebody else chose the person's new password, or they themselves."""
    if is_given:
        GivenPassword.objects.get_or_create(person=person)
    else:
        GivenPassword.objects.filter(person=person).delete()


def has_to_choose_password(request: HttpRequest) -> bool:
    """Whether the person signed in with a password that somebody else chose."""
    return bool(request.session.get(_GIVEN))


def chose_password(request: HttpRequest) -> None:
    """Note that the person has a password of their own now."""
    note_password(request.user, is_given=False)
    request.session.pop(_GIVEN, None)


def confirm(request: HttpRequest) -> None:
    """Note that the person has just proved who they are, under a new session key."""
    request.session[_CONFIRMED] = _now()
    request.session.cycle_key()
    log.info("Staff account %s confirmed who it is.", request.user.pk)


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the person proved who they are within the last minutes that the settings allow."""
    age = _now() - request.session.get(_CONFIRMED, 0)
    return bool(0 <= age < settings.CONFIRM_AFTER_MINUTES * 60)


def is_over(session: Mapping[str, Any]) -> bool:
    """Whether a sign-in has ended by itself, whatever its session still holds."""
    return _lasted_too_long(session) or _was_idle_too_long(session)


def _lasted_too_long(session: Mapping[str, Any]) -> bool:
    return _now() - session.get(SIGNED_IN, 0) > settings.SIGNED_OUT_AFTER_HOURS * 3600


def _was_idle_too_long(session: Mapping[str, Any]) -> bool:
    return _now() - session.get(SEEN, 0) > settings.SIGNED_OUT_AFTER_IDLE_MINUTES * 60


class SignInEnds:
    """Signs a person out after some time without doing anything, and after some time in any case."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Applicants have no session, and looking for one would make their pages differ by cookie.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._end_if_over(request)
        return self.get_response(request)

    def _end_if_over(self, request: HttpRequest) -> None:
        session: Any = request.session
        if _lasted_too_long(session):
            logout(request)
            messages.info(request, _("You were signed out, as everyone is after a working day. Please sign in again."))
        elif _was_idle_too_long(session):
            logout(request)
            told = _("You were signed out after %(minutes)s minutes without doing anything. Please sign in again.")
            messages.info(request, told % {"minutes": settings.SIGNED_OUT_AFTER_IDLE_MINUTES})
        elif _now() - session.get(SEEN, 0) > _SEEN_EVERY:
            session[SEEN] = _now()


# Locked out after repeated failures -------------------------------------------------------


def no_address(_request: HttpRequest) -> None:
    """Nothing: failures are counted by name alone, so the address of a visitor is neither needed nor kept."""


def locked_until(username: str) -> dt.datetime | None:
    """When someone who failed too often may try again; None if they may now."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = list(AccessAttempt.objects.filter(username=username, attempt_time__gt=since))
    if sum(attempt.failures_since_start for attempt in attempts) < settings.AXES_FAILURE_LIMIT:
        return None
    last: dt.datetime = max(attempt.attempt_time for attempt in attempts)
    return last + settings.AXES_COOLOFF_TIME


def locked_out(request: HttpRequest, _response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """The page for someone who failed too often: when they may try again, and who can help."""
    context = {
        **admin.site.each_context(request),
        "title": _("Too many wrong passwords"),
        "until": locked_until(credentials.get("username", "")),
        "minutes": settings.SIGN_IN_LOCKED_MINUTES,
    }
    # Drawn here: the middleware that asks for it comes after those that draw what views return.
    return TemplateResponse(request, "admin/locked_out.html", context, status=429).render()
