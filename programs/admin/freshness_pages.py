"""Pages on which staff hold the rules against their sources, and say that they are still true."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from programs import store
from programs.actions import ActionRefused, CheckSources
from programs.actions.base import record
from programs.admin.found import found_or_404
from programs.freshness.overview import overview, stale_sources
from programs.models import Change, FreshnessLimits, Program, Requirement, Source
from programs.packs.columns import cited_urls
from programs.packs.from_database import read_document


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a source is cited for; `requirement` where it can be said to be still true by itself."""

    text: str
    requirement: int | None = None
    last: Change | None = None


def _page(request: HttpRequest, template: str, title: Any, **context: Any) -> TemplateResponse:
    base = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    return TemplateResponse(request, f"admin/programs/{template}", {**base, **context})


def _require(request: HttpRequest, right: str) -> None:
    user: Any = request.user
    if not user.has_perm(f"programs.{right}"):
        raise PermissionDenied


def sources(request: HttpRequest) -> HttpResponse:
    """Every page to check, those never checked first."""
    _require(request, "view_source")
    limits = FreshnessLimits.current()
    stale = stale_sources(store.current(), timezone.localdate(), limits)
    return _page(request, "stale_sources.html", _("Sources to check"), stale=stale, limits=limits)


def examples(request: HttpRequest) -> HttpResponse:
    """Every worked example that fails."""
    _require(request, "view_program")
    return _page(request, "failing_examples.html", _("Worked examples that fail"), failing=overview().failing)


def program(request: HttpRequest, pk: str) -> HttpResponse:
    """A program's sources, each with what rests on it."""
    _require(request, "view_program")
    row = found_or_404(Program, pk)
    statements = _statements(row)
    found = Source.objects.filter(url__in=statements).order_by(models.F("checked_on").asc(nulls_first=True), "title_en")
    return _page(
        request,
        "program_sources.html",
        _("Sources of %(program)s") % {"program": row},
        program=row,
        sources=[(source, statements[source.url]) for source in found],
    )


def _statements(row: Program) -> dict[str, list[Statement]]:
    """What a program's published rules, and what is said beside them, rest on, by the source's address."""
    document: Any = read_document("program", row.pk)
    language = (get_language() or "en")[:2]
    found: dict[str, list[Statement]] = defaultdict(list)
    today = timezone.localdate()
    version = next((each for each in document.versions if each.holds_on(today)), None)
    keys = dict(
        Requirement.objects.filter(version__program=row, version__label=version.version, version__status="published")
        .values_list("key", "pk")
        .order_by("pk")
        if version
        else ()
    )
    lasts = _last_checks(keys.values())
    if version is not None:
        found[version.source].append(Statement(str(_("Rules “%(label)s” as a whole") % {"label": version.version})))
        for requirement in version.requirements:
            text = requirement.text.in_language(language)
            for url in dict.fromkeys(cited_urls(requirement)):
                key = keys.get(requirement.id)
                found[url].append(Statement(text, key, lasts.get(str(key))))
    beside = ((_("Intake"), document.intake), (_("Outlook"), document.outlook), (_("Good to know"), document.facts))
    for words, parts in beside:
        for part in parts:
            text = getattr(part, "text", None) or getattr(part, "note", None)
            told = f"{words}: {text.in_language(language)}" if text else str(words)
            found[part.source].append(Statement(told))
    return found


def _last_checks(requirements: Iterable[int]) -> dict[str, Change]:
    """When someone last said of each requirement that it is still true, by its key as the record has it."""
    done = Change.objects.filter(
        what=Change.What.CHECKED, subject_kind="requirement", subject_id__in=[str(key) for key in requirements]
    )
    return {change.subject_id: change for change in done.order_by("at", "pk")}


@require_POST
def checked(request: HttpRequest) -> HttpResponse:
    """“Checked today, still true”, of a source, of a requirement with its source, or of a program with all of its."""
    rows, of = _meant(request)
    try:
        number = CheckSources(rows, timezone.localdate(), request.user, of).execute()
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        said = ngettext(
            "%(number)s source is noted as checked today.", "%(number)s sources are noted as checked today.", number
        )
        messages.success(request, said % {"number": number})
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if ours else reverse("admin:index"))


def _meant(request: HttpRequest) -> tuple[list[Source], models.Model | None]:
    if request.POST.get("program"):
        row = found_or_404(Program, request.POST["program"])
        return list(Source.objects.filter(url__in=_statements(row))), row
    if request.POST.get("requirement", "").isdecimal():
        requirement = found_or_404(Requirement.objects.select_related("source"), request.POST["requirement"])
        return [requirement.source], requirement
    pk = request.POST.get("source", "")
    return [found_or_404(Source, pk if pk.isdecimal() else 0)], None


class LimitsForm(forms.ModelForm):
    """How many days things may go unlooked at."""

    class Meta:
        model = FreshnessLimits
        fields = ("source_days", "round_days", "ends_days")


def limits(request: HttpRequest) -> HttpResponse:
    """Change the numbers of days."""
    _require(request, "change_freshnesslimits")
    row = FreshnessLimits.current()
    before = {name: getattr(row, name) for name in LimitsForm.Meta.fields}
    form = LimitsForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        row = form.save()
        after = {name: getattr(row, name) for name in LimitsForm.Meta.fields}
        record(Change.What.CHANGED, row, request.user, before=before, after=after)
        messages.success(request, _("The days are changed."))
        return HttpResponseRedirect(reverse("admin:index"))
    return _page(request, "freshness_limits.html", _("When to look again"), form=form)
