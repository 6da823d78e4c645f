"""The public pages: programs, points grids, occupation lists and rounds."""

import datetime as dt
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from eligibility.catalogue import history, points, structured
from eligibility.catalogue.citing import sources
from eligibility.catalogue.conditions import Reader
from eligibility.catalogue.listing import Listing, every_program
from eligibility.catalogue.occupation_list import groups, users
from eligibility.catalogue.program import notices_of, program_page
from eligibility.catalogue.public import Meta, asked_day, public_page, show
from eligibility.catalogue.rounds import rounds_page
from eligibility.engine.requirements import cite
from eligibility.results import words
from eligibility.wizard import clock, rules
from programs.packs.schema import Grid, OccupationList

T = TypeVar("T")


@public_page
def programs(request: HttpRequest) -> HttpResponse:
    """Every program, and the filters over them."""
    rulebook, language = rules.current(), rules.language()
    listing = Listing(rulebook, rules.in_force(), request.GET, language)
    path = reverse("eligibility:programs")
    meta = Meta(
        title=gettext("Every program to work or settle in Canada"),
        description=gettext(
            "%(count)d Canadian immigration programs and work permits for people who work in the US: who decides, "
            "what each leads to, and whether it takes applications today."
        )
        % {"count": listing.total},
        path=path,
        indexed=not listing.is_filtered,
        structured=()
        if listing.is_filtered
        else (
            structured.breadcrumbs((gettext("All programs"), path)),
            structured.program_list((one.document for one in listing.found), language),
        ),
    )
    return show(request, "programs", meta, listing=listing)


@public_page
def program(request: HttpRequest, identifier: str) -> HttpResponse:
    """One program, today or as of the day in `?on=`."""
    rulebook, language, today = rules.current(), rules.language(), clock.today()
    day, is_readable = asked_day(request.GET.get("on"))
    book = rulebook.on(day or today)
    found = _only([one for one in every_program(rulebook, book) if one.document.id == identifier])
    document = found.document
    path = reverse("eligibility:program", args=[identifier])
    name, authority = document.name.in_language(language), words.authority_name(document.authority)
    meta = Meta(
        title=gettext("%(program)s: %(authority)s") % {"program": name, "authority": authority}
        if authority not in name
        else name,
        description=document.summary.in_language(language),
        path=path,
        indexed=not request.GET,
        structured=(
            structured.government_service(document, language),
            structured.breadcrumbs((gettext("All programs"), reverse("eligibility:programs")), (name, path)),
        ),
    )
    page = program_page(rulebook, book, found, language, today=today, day=day or today)
    return show(
        request, "program", meta, page=page, program=document, today=today, on=day, is_readable=is_readable, name=name
    )


@public_page
def grid(request: HttpRequest, identifier: str) -> HttpResponse:
    """One points grid, today or as of the day in `?on=`."""
    rulebook, language, today = rules.current(), rules.language(), clock.today()
    document: Grid = _only([one for one in rulebook.of_kind(Grid) if one.id == identifier])
    day, is_readable = asked_day(request.GET.get("on"))
    shown_on = _nearest_day(document, day or today)
    book = rulebook.on(shown_on)
    standing = book.grids[identifier]
    reader = Reader(rulebook, language)
    name = document.name.in_language(language)
    path = reverse("eligibility:points", args=[identifier])
    meta = Meta(
        title=gettext("%(grid)s: the points, factor by factor") % {"grid": name},
        description=gettext(
            "How points are given in “%(grid)s” (%(authority)s): every factor with its table, its maximum and its "
            "official source. %(maximum)d points at most."
        )
        % {
            "grid": name,
            "authority": words.authority_name(document.authority),
            "maximum": standing.version.maximum,
        },
        path=path,
        indexed=not request.GET,
        structured=(structured.breadcrumbs((gettext("All programs"), reverse("eligibility:programs")), (name, path)),),
    )
    return show(
        request,
        "grid",
        meta,
        grid=document,
        name=name,
        authority=words.authority_name(document.authority),
        version=standing.version,
        citation=cite(standing.version, book, language),
        holds=standing.version.holds_on(day or today),
        factors=points.factors(standing, book, reader, language),
        used_by=[one.document for one in every_program(rulebook, book) if identifier in one.document.grids],
        notices=notices_of(identifier, book, language),
        events=history.grid_events(document, reader, today),
        sources=sources(rulebook, [standing.version]),
        today=today,
        on=day,
        is_readable=is_readable,
    )


@public_page
def occupation_list(request: HttpRequest, identifier: str) -> HttpResponse:
    """One occupation list, today or as of the day in `?on=`."""
    rulebook, language, today = rules.current(), rules.language(), clock.today()
    document: OccupationList = _only([one for one in rulebook.of_kind(OccupationList) if one.id == identifier])
    day, is_readable = asked_day(request.GET.get("on"))
    shown_on = _nearest_day(document, day or today)
    book = rulebook.on(shown_on)
    standing = book.lists[identifier]
    reader = Reader(rulebook, language)
    name = document.name.in_language(language)
    path = reverse("eligibility:occupation_list", args=[identifier])
    count = len(standing.entries)
    meta = Meta(
        title=gettext("%(list)s: all NOC codes") % {"list": name},
        description=gettext("%(list)s (%(authority)s): %(count)d occupations of NOC 2021 with codes, titles and TEER.")
        % {"list": name, "authority": words.authority_name(document.authority), "count": count},
        path=path,
        indexed=not request.GET,
        structured=(structured.breadcrumbs((gettext("All programs"), reverse("eligibility:programs")), (name, path)),),
    )
    return show(
        request,
        "occupation_list",
        meta,
        list=document,
        name=name,
        authority=words.authority_name(document.authority),
        version=standing.version,
        citation=cite(standing.version, book, language),
        holds=standing.version.holds_on(day or today),
        count=count,
        groups=groups(standing, book),
        users=users(rulebook, book, identifier),
        events=history.list_events(document, reader, today),
        sources=sources(rulebook, [standing.version]),
        today=today,
        on=day,
        is_readable=is_readable,
    )


@public_page
def rounds(request: HttpRequest) -> HttpResponse:
    """The Express Entry rounds of invitations."""
    page = rounds_page(rules.current(), request.GET, clock.today(), rules.language())
    path = reverse("eligibility:rounds")
    meta = Meta(
        title=gettext("Express Entry rounds: every cut-off, by kind"),
        description=gettext(
            "All %(count)d Express Entry rounds of invitations since %(year)s: cut-off scores by kind, the last, "
            "lowest and median of the last %(months)d months, as a chart and a table."
        )
        % {"count": page.total, "year": page.first_year, "months": page.window_months},
        path=path,
        indexed=not page.is_filtered,
        structured=(structured.breadcrumbs((gettext("Express Entry rounds"), path)),),
    )
    return show(request, "rounds", meta, page=page)


def _only(found: list[T]) -> T:
    if not found:
        raise Http404
    return found[0]


def _nearest_day(document: Any, day: dt.date) -> dt.date:
    """The day itself where a version holds; else the last day before on which one did, else the first one's."""
    if any(version.holds_on(day) for version in document.versions):
        return day
    ended = [
        version.effective_to for version in document.versions if version.effective_to and version.effective_to < day
    ]
    return max(ended, default=min(version.effective_from for version in document.versions))
