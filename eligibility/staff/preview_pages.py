"""The pages of a draft's preview: what it changes, its impact, one person compared, the site seen with it."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eligibility.catalogue.conditions import Reader
from eligibility.impact.compare import Comparer
from eligibility.impact.people import person as person_of
from eligibility.models import Preview
from eligibility.profile import ProfileError, read_profile
from eligibility.staff import drafts, jobs, seen_with_draft
from eligibility.staff.compare_page import Comparison, comparisons, of_invitations
from eligibility.staff.differences import differences
from eligibility.staff.impact_page import as_state, impact, name_of_person, table_of
from eligibility.staff.rights import draft_for, may_start_previews, require_start
from eligibility.wizard import rules
from programs import store
from programs.admin.action_pages import change_url
from programs.models import Version


def _draw(request: HttpRequest, template: str, title: Any, **context: Any) -> HttpResponse:
    shared = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    response = TemplateResponse(request, f"eligibility/staff/{template}.html", shared | context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _address(version: Version, name: str = "preview_draft", *more: Any) -> str:
    return reverse(f"admin:{name}", args=[drafts.kind_name(version), version.pk, *more])


@require_safe
def preview_draft(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What a draft changes, in words; from here its impact is asked for, and the site seen with it."""
    version = draft_for(request, kind, pk)
    context: dict[str, Any] = {"version": version, "kind": kind, "back": change_url(version), "sizes": jobs.SIZES}
    try:
        rulebook = drafts.rulebook_with(version)
    except drafts.CannotBeCompiled as error:
        return _draw(request, "preview", _("Preview"), broken=str(error), **context)
    pair = drafts.pair_of(version, store.current())
    context["is_first"] = pair.before is None
    context["before_from"] = getattr(pair.before, "effective_from", None)
    if pair.before is not None:
        reader = Reader(rulebook, rules.language())
        document = drafts.document_of(version, rulebook)
        context["changes"] = differences(pair.before, pair.after, document, reader)
    context["day"] = drafts.day_of(version)
    context["may_start"] = may_start_previews(request.user, kind)
    context["previews"] = [
        (preview, jobs.out_of_date(preview, version))
        for preview in Preview.objects.filter(draft_kind=kind, draft_id=pk)
    ]
    return _draw(request, "preview", _("Preview"), **context)


@require_POST
def preview_ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask for the impact of a draft, and go to where it can be watched. For those who edit or publish drafts."""
    version = draft_for(request, kind, pk)
    require_start(request, kind)
    size = next((size for size in jobs.SIZES if str(size) == request.POST.get("size")), None)
    if size is None:
        sizes = ", ".join(map(str, jobs.SIZES))
        messages.error(request, _("Choose how many people: %(sizes)s.") % {"sizes": sizes})
        return HttpResponseRedirect(_address(version))
    if not version.is_editable:
        messages.error(request, _("This version is no draft any more, so there is nothing to preview."))
        return HttpResponseRedirect(_address(version))
    preview = jobs.ask(version, size, request.user)
    jobs.keep_going(preview)
    return HttpResponseRedirect(reverse("admin:preview_impact", args=[preview.pk]))


@require_safe
def preview_impact(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is; when it is done, what came of it."""
    preview = get_object_or_404(Preview, pk=pk)
    version = draft_for(request, preview.draft_kind, preview.draft_id)
    stale = jobs.out_of_date(preview, version)
    if not preview.is_over:
        jobs.keep_going(preview)
    if request.GET.get("format") == "json":
        return JsonResponse(as_state(preview))
    context: dict[str, Any] = {"preview": preview, "version": version, "stale": stale, "back": _address(version)}
    if preview.state == Preview.State.DONE:
        found = impact(preview, _names(version), rules.language())
        context |= {"impact": found, "tables": [(grid, table_of(grid)) for grid in found.grids]}
    return _draw(request, "impact", _("Impact"), **context)


def _names(version: Version) -> Any:
    """The rulebook that gives programs and grids their names: with the draft if it is still whole."""
    try:
        return drafts.rulebook_with(version)
    except drafts.CannotBeCompiled:
        return store.current()


@require_safe
def preview_person(request: HttpRequest, kind: str, pk: int, person: str) -> HttpResponse:
    """One person under the rules in force and under those with the draft."""
    version = draft_for(request, kind, pk)
    day = drafts.day_of(version)
    try:
        written = person_of(person, day)
    except LookupError:
        raise Http404 from None
    name = name_of_person(person)
    context: dict[str, Any] = {"version": version, "back": _address(version), "person": name, "day": day}
    context["why"] = f"{reverse('admin:explain')}?person={person}&on={day.isoformat()}&draft={kind}-{pk}"
    try:
        rulebook = drafts.rulebook_with(version)
        comparer = Comparer(store.current().on(day), rulebook.on(day), rules.language())
        profile = read_profile(written)
        was, now = comparer.assessments(profile)
        outlooks = comparer.outlooks(profile) if comparer.reaches_invitations else None
    except (drafts.CannotBeCompiled, ProfileError) as error:
        return _draw(request, "person", name, problem=str(error), **context)
    reader = Reader(rulebook, rules.language())
    programs, grids = comparisons(was, now, lambda key: reader.name("program", key))
    invited: list[Comparison] = [of_invitations(*outlooks)] if outlooks else []
    groups = [(_("Points"), grids), (_("Programs"), programs), (_("Invitations"), invited)]
    return _draw(request, "person", name, groups=groups, **context)


@require_POST
def preview_see(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """See the site with the draft from now on."""
    version = draft_for(request, kind, pk)
    if not version.is_editable:
        messages.error(request, _("This version is no draft any more: the site shows what is in force."))
        return HttpResponseRedirect(_address(version))
    try:
        seen_with_draft.start(request, version)
    except drafts.CannotBeCompiled as error:
        messages.error(request, _("The draft is not whole yet: %(why)s") % {"why": error})
        return HttpResponseRedirect(_address(version))
    return _without_kept_pages(HttpResponseRedirect(reverse("eligibility:landing")))


@require_http_methods(["POST"])
def preview_leave(request: HttpRequest) -> HttpResponse:
    """See the site as it is."""
    chosen = request.session.get(seen_with_draft.KEY)
    seen_with_draft.stop(request)
    version = drafts.find(*chosen) if chosen else None
    address = _address(version) if version is not None else reverse("admin:index")
    return _without_kept_pages(HttpResponseRedirect(address))


def _without_kept_pages(response: HttpResponse) -> HttpResponse:
    """Have the browser forget the public pages it kept: it would show them without, or with, the draft."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
