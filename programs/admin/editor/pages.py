"""Pages beside a draft's sheet: one condition's fields for scripts, copying a requirement, changing a source."""

import re
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.admin.action_pages import change_url
from programs.admin.editor.choices import Offered
from programs.admin.editor.condition import ConditionForm
from programs.admin.editor.copying import copy_into
from programs.admin.editor.measure import MeasureForm
from programs.admin.editor.search import options
from programs.admin.editor.sources import SourceForm, places_of, put_source
from programs.admin.found import found_or_404, numbers
from programs.admin.together import token_of
from programs.models import ProgramVersion, Requirement, Status

_PREFIX = re.compile(r"^[a-z]\d{1,4}-\d{1,4}-\d{1,4}$")
# What tables' rows and columns stand for has fields of its own, with this letter.
_MEASURE = "m"
# A search that finds more asks for another word.
_MOST = 60


def condition_fields(owner: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The fields and the sentence of one condition as it is typed. Nothing is written."""
    if not owner.has_change_permission(request):
        raise PermissionDenied
    prefix = request.POST.get("prefix", "")
    if not _PREFIX.match(prefix):
        prefix = "r0-0-0"
    start = f"{prefix}-"
    values = {name.removeprefix(start): request.POST.getlist(name) for name in request.POST if name.startswith(start)}
    made = MeasureForm if prefix.startswith(_MEASURE) else ConditionForm
    form = made(values, Offered(), prefix=prefix)
    return HttpResponse(render_to_string("admin/programs/editor/condition.html", {"form": form}, request))


def suggestions(owner: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """What a field may suggest while someone types."""
    if not owner.has_view_permission(request):
        raise PermissionDenied
    return options(request.GET.get("what", ""))


def _draft(owner: admin.ModelAdmin, request: HttpRequest, object_id: str) -> ProgramVersion:
    version = found_or_404(ProgramVersion, object_id)
    if not version.is_editable or not owner.has_change_permission(request, version):
        raise PermissionDenied
    return version


def copy_requirement(owner: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Search the requirements of other programs, and take some into the draft with their conditions and sources."""
    version = _draft(owner, request, object_id)
    query = request.GET.get("q", "").strip()
    found = _found(query, version)
    if request.method == "POST":
        taken = numbers(request.POST.getlist("take"))
        rows = list(
            Requirement.objects.filter(pk__in=taken).prefetch_related("conditions").order_by("version", "position")
        )
        if rows:
            with transaction.atomic():
                copy_into(version, rows, request.user)
            said = ngettext(
                "%(number)d requirement is copied. It stands last.",
                "%(number)d requirements are copied. They stand last.",
                len(rows),
            )
            messages.success(request, said % {"number": len(rows)})
            return HttpResponseRedirect(change_url(version))
        messages.warning(request, _("Tick the requirements that you want first."))
    context = _context(owner, request, version, _("Copy a requirement from another program"))
    context.update(query=query, found=found[:_MOST], is_more=len(found) > _MOST)
    return TemplateResponse(request, "admin/programs/editor/copy.html", context)


def _found(query: str, version: ProgramVersion) -> list[Requirement]:
    """Requirements whose program, id or text has all the words; of versions that are not withdrawn."""
    if not query:
        return []
    words = Q()
    for word in query.split():
        words &= (
            Q(version__program__name_en__icontains=word)
            | Q(version__program__id__icontains=word)
            | Q(text_en__icontains=word)
            | Q(key__icontains=word)
        )
    rows = Requirement.objects.filter(words).exclude(version=version).exclude(version__status=Status.WITHDRAWN)
    rows = rows.select_related("version__program", "source").prefetch_related("conditions")
    return list(rows.order_by("version__program__name_en", "-version__effective_from", "position")[: _MOST + 1])


def change_sources(owner: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Put one source in place of another, or a new day of its text, in chosen drafts; shown before it is done."""
    version = _draft(owner, request, object_id)
    form = SourceForm(request.POST or None, version=version, by=request.user)
    places: list[Any] = []
    token = ""
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            places = places_of(form.cleaned_data["old"], form.chosen())
            token = token_of(places).partition(".")[0]
            if "do" in request.POST and request.POST.get("shown") == token and places:
                put_source(places, form.cleaned_data["new"], form.cleaned_data["as_of"], request.user)
                said = ngettext("%(number)d place is changed.", "%(number)d places are changed.", len(places))
                messages.success(request, said % {"number": len(places)})
                return HttpResponseRedirect(change_url(version))
    context = _context(owner, request, version, _("Change a source everywhere"))
    context.update(form=form, places=places, token=token, is_shown=form.is_bound and form.is_valid())
    return TemplateResponse(request, "admin/programs/editor/sources.html", context)


def _context(owner: admin.ModelAdmin, request: HttpRequest, version: ProgramVersion, title: str) -> dict[str, Any]:
    return {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "title": title,
        "subtitle": str(version),
        "original": version,
        "back": change_url(version),
        "media": owner.media,
    }
