"""The site as applicants would see it with a draft in force: for one person of the staff, in their browser alone.

What is looked at stands in that person's signed-in session and nowhere else. Whether they still may, and whether the
draft is still one, is asked anew at each page.
"""

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eligibility.staff import drafts
from eligibility.wizard import clock, rules
from programs.models import Version
from programs.rulebook import Rulebook

# Where the session keeps which draft is looked at.
KEY = "seen_with_draft"
# Pages that say nothing of the rules, or that say it to staff.
_NOT_AT = ("/healthz", "/readyz", "/metrics", "/static/", "/favicon.ico")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is looked at: the draft, the rules with it, and the day that the pages take for today."""

    version: Version
    rulebook: Rulebook
    day: dt.date

    @property
    def is_later(self) -> bool:
        """Whether the pages speak of another day than today."""
        return self.day != timezone.localdate()

    @property
    def address(self) -> str:
        """The staff's page of the draft's preview."""
        return reverse("admin:preview_draft", args=[drafts.kind_name(self.version), self.version.pk])


class Over(Exception):  # noqa: N818 (a sentence says more)
    """There is nothing to look at any more; the message says why."""


def start(request: HttpRequest, version: Version) -> None:
    """Show this browser the site with the draft from now on.

    Raises:
        CannotBeCompiled: if the draft is not whole yet.

    """
    drafts.rulebook_with(version)
    request.session[KEY] = [drafts.kind_name(version), version.pk]


def stop(request: HttpRequest) -> None:
    """Show this browser the site as it is."""
    request.session.pop(KEY, None)


def is_allowed(request: HttpRequest, version: Version) -> bool:
    """Whether this person may see this draft, here and now."""
    user: Any = request.user
    return bool(admin.site.has_permission(request) and user.has_perm(drafts.right_to_view(version)))


def _asked_for(request: HttpRequest) -> Seen | None:
    # Applicants have no session, and looking for one would make their pages differ by cookie.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    if request.path.startswith((*_NOT_AT, reverse("admin:index"))):
        return None
    chosen = request.session.get(KEY)
    return _seen(request, *chosen) if chosen else None


def _seen(request: HttpRequest, kind: str, pk: int) -> Seen:
    version = drafts.find(kind, pk)
    if version is None:
        raise Over(_("The draft was deleted."))
    if not is_allowed(request, version):
        raise Over(_("You are signed out, or may not see this draft."))
    if not version.is_editable:
        raise Over(_("“%(draft)s” is %(status)s.") % {"draft": version, "status": version.get_status_display()})
    try:
        return Seen(version, drafts.rulebook_with(version), drafts.day_of(version))
    except drafts.CannotBeCompiled:
        log.exception("A draft that is looked at cannot be compiled any more.")
        raise Over(_("“%(draft)s” is not whole any more.") % {"draft": version}) from None


class SeenWithDraft:
    """Gives each page of the applicants' side the rules with the draft, for who looks at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        held: Any = request
        with ExitStack() as stack:
            try:
                seen = _asked_for(request)
            except Over as over:
                stop(request)
                held.draft_over = str(over)
                seen = None
            if seen is not None:
                held.draft_seen = seen
                stack.enter_context(rules.instead(seen.rulebook))
                stack.enter_context(clock.instead(seen.day))
            response = self.get_response(request)
        if seen is not None or getattr(request, "draft_over", None):
            # Nobody else may ever be given this page, nor this person later.
            response.headers["Cache-Control"] = "private, no-store"
        return response


def told(request: HttpRequest) -> dict[str, Any]:
    """What the banner of every page says of a draft that is looked at."""
    return {name: getattr(request, name, None) for name in ("draft_seen", "draft_over")}
