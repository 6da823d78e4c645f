"""What a version changes, against the one in force before it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from programs import store
from programs.admin.action_pages import change_url
from programs.admin.found import found_or_404
from programs.models import Status, Version
from programs.packs.differences import Difference, Names, differences
from programs.packs.from_database import read_version


def differences_page(owner: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show it as a table: where, before, after."""
    if not owner.has_view_permission(request):
        raise PermissionDenied
    version: Any = found_or_404(owner.model, object_id)
    before = version_before(version)
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "title": _("What changes"),
        "subtitle": str(version),
        "original": version,
        "back": change_url(version),
        "before": before,
        "rows": differences_to(version, before),
    }
    return TemplateResponse(request, "admin/programs/differences.html", context)


def version_before(version: Version) -> Version | None:
    """What is, or was, in force when a version takes over: that of its first day, else the last one before it."""
    earlier = version.siblings().filter(status=Status.PUBLISHED, effective_from__lte=version.effective_from)
    holding = earlier.filter(Q(effective_to__isnull=True) | Q(effective_to__gte=version.effective_from))
    return holding.order_by("-effective_from").first() or earlier.order_by("-effective_from").first()


def differences_to(version: Version, before: Version | None) -> list[Difference]:
    """What a version says otherwise than the one before it; names and periods are shown elsewhere."""
    own = ("version", "id", "effective_from", "effective_to")
    if before is None:
        return []
    rulebook = store.current()
    return differences(
        read_version(before), read_version(version), own, Names.of(rulebook.documents, rulebook.occupations)
    )
