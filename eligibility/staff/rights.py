"""Who may open a page about a draft: staff who may look at versions of its kind.

Working out an impact takes the processors for a while, so only those start it who change or publish such drafts. What
came of it is for everyone who may look.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from eligibility.staff import drafts
from programs.models import Version


def draft_for(request: HttpRequest, kind: str, pk: int) -> Version:
    """The version of an address.

    Raises:
        PermissionDenied: if this person may not look at versions of its kind.
        Http404: if there is none.

    """
    user: Any = request.user
    if kind not in drafts.KINDS:
        raise Http404
    if not user.has_perm(f"programs.view_{kind}"):
        raise PermissionDenied
    version = drafts.find(kind, pk)
    if version is None:
        raise Http404
    return version


def may_start_previews(user: Any, kind: str) -> bool:
    """Whether someone edits or publishes drafts of a kind, and so may have their impact worked out."""
    return any(user.has_perm(f"programs.{action}_{kind}") for action in ("change", "publish"))


def require_start(request: HttpRequest, kind: str) -> None:
    """Let in who may have the impact of a draft of this kind worked out.

    Raises:
        PermissionDenied: for everyone else.

    """
    if not may_start_previews(request.user, kind):
        raise PermissionDenied(_("Editors and publishers have an impact worked out. You may look at what came of it."))


def require_rules(request: HttpRequest) -> None:
    """Let in who may look at programs.

    Raises:
        PermissionDenied: for everyone else.

    """
    user: Any = request.user
    if not user.has_perm("programs.view_program"):
        raise PermissionDenied
