"""The report of programs as a page: filtered and sorted by its address, so that it works without JavaScript."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programs import store
from programs.models.base import Confidence
from programs.models.programs import IntakeStatus
from programs.report import COLUMNS, FLAGS, ProgramLine, arranged, report, write_csv

FLAG_WORDS = {
    "lacks_examples": _("Lacks worked examples"),
    "to_be_checked": _("To be checked"),
    "version_ends": _("Rules end, nothing follows"),
    "list_ends": _("An occupation list ends"),
    "source_not_checked": _("A source was never checked"),
}
HEADINGS = (
    ("id", _("Program")),
    ("authority", _("Authority")),
    ("intake", _("Intake today")),
    ("flags", _("Asks for attention")),
    ("in_force_from", _("Rules in force")),
    ("lowest_confidence", _("Lowest confidence")),
    ("oldest_check", _("Oldest check of a source")),
    ("sources", _("Sources")),
    ("requirements", _("Requirements")),
    ("conditions", _("Conditions")),
    ("matches", _("Examples: match")),
    ("misses", _("Examples: just miss")),
    ("unknowns", _("Examples: unknown")),
)
_FILTERS = ("authority", "intake", "flag", "text")


def program_report(owner: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The page, or the same as CSV with `format=csv`."""
    if not owner.has_view_permission(request):
        raise PermissionDenied
    asked = {name: request.GET.get(name, "").strip() for name in (*_FILTERS, "sort")}
    if asked["sort"].removeprefix("-") not in COLUMNS:
        asked["sort"] = ""
    every = report(store.current().documents, timezone.localdate(), (get_language() or "en")[:2])
    lines = arranged(every, **asked)
    if request.GET.get("format") == "csv":
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="programs-report.csv"'
        write_csv(lines, response)
        return response
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        # The table needs the whole width.
        "is_nav_sidebar_enabled": False,
        "title": _("Programs report"),
        "asked": asked,
        "rows": [_row(line) for line in lines],
        "total": len(every),
        "headings": [_heading(name, words, asked) for name, words in HEADINGS],
        "choices": _choices(every),
        "csv_address": _address(asked, format="csv"),
    }
    return TemplateResponse(request, "admin/programs/report.html", context)


def _address(asked: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({name: value for name, value in {**asked, **changes}.items() if value})


def _heading(name: str, words: Any, asked: dict[str, str]) -> dict[str, Any]:
    """A column's heading, leading to the other order."""
    sorted_by = asked["sort"].removeprefix("-") == name
    upwards = sorted_by and not asked["sort"].startswith("-")
    return {
        "words": words,
        "address": _address(asked, sort=f"-{name}" if upwards else name),
        "order": ("ascending" if upwards else "descending") if sorted_by else "",
    }


def _row(line: ProgramLine) -> dict[str, Any]:
    return {
        "line": line,
        "intake": dict(IntakeStatus.choices).get(line.intake, ""),
        # The label says what the confidence means behind a colon; the table needs the word alone.
        "confidence": str(dict(Confidence.choices).get(line.lowest_confidence, "")).partition(":")[0],
        "flags": [FLAG_WORDS[flag] for flag in line.flags],
    }


def _choices(every: list[ProgramLine]) -> dict[str, Any]:
    return {
        "authority": [(name, name) for name in sorted({line.authority for line in every})],
        "intake": IntakeStatus.choices,
        "flag": [(flag, FLAG_WORDS[flag]) for flag in FLAGS],
    }
