"""Who may open a page about a draft: staff who may look at versions of its kind."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

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


def require_rules(request: HttpRequest) -> None:
    """Let in who may look at programs.

    Raises:
        PermissionDenied: for everyone else.

    """
    user: Any = request.user
    if not user.has_perm("programs.view_program"):
        raise PermissionDenied
