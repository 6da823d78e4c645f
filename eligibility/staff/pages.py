"""The addresses of these pages below /staff/, and the links that lead to them."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from eligibility.staff import drafts, explain_page, preview_pages
from programs.further_pages import FurtherPages, Guard, Link, register


def urls(guard: Guard) -> list[URLPattern]:
    """All of them, each behind the staff's gate."""
    draft = "preview/<slug:kind>/<int:pk>/"
    return [
        path("explain/", guard(explain_page.explain), name="explain"),
        path("preview/leave/", guard(preview_pages.preview_leave), name="preview_leave"),
        path("preview/impact/<int:pk>/", guard(preview_pages.preview_impact), name="preview_impact"),
        path(draft, guard(preview_pages.preview_draft), name="preview_draft"),
        path(f"{draft}ask/", guard(preview_pages.preview_ask), name="preview_ask"),
        path(f"{draft}see/", guard(preview_pages.preview_see), name="preview_see"),
        path(f"{draft}person/<str:person>/", guard(preview_pages.preview_person), name="preview_person"),
    ]


def links(person: Any) -> list[Link]:
    """What belongs on the first page."""
    if not person.has_perm("programs.view_program"):
        return []
    return [Link(_("Why did this person get this?"), reverse("admin:explain"))]


def links_of_draft(version: Any, person: Any) -> list[Link]:
    """What belongs on a draft's page."""
    kind = drafts.kind_name(version)
    if kind not in drafts.KINDS or not person.has_perm(drafts.right_to_view(version)):
        return []
    return [Link(_("Preview"), reverse("admin:preview_draft", args=[kind, version.pk]))]


def connect() -> None:
    """Have the staff's site show them."""
    register(FurtherPages(urls, links, links_of_draft))
