"""The public pages: programs, points grids, occupation lists and rounds."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

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
from programs.rulebook import RulebookInForce

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


@dataclass(frozen=True, slots=True)
class _Look:
    """A document with versions, as an address asks for it: by its id, and today or as of the day in `?on=`."""

    document: Any
    name: str
    authority: str
    path: str
    today: dt.date
    asked: dt.date | None
    is_readable: bool
    book: RulebookInForce
    reader: Reader

    @classmethod
    def at(cls, request: HttpRequest, kind: Any, identifier: str, page: str) -> "_Look":
        """What to look at; 404 for what is not in the rules."""
        rulebook, language, today = rules.current(), rules.language(), clock.today()
        document = _only([one for one in rulebook.of_kind(kind) if one.id == identifier])
        day, is_readable = asked_day(request.GET.get("on"))
        return cls(
            document,
            document.name.in_language(language),
            words.authority_name(document.authority),
            reverse(f"eligibility:{page}", args=[identifier]),
            today,
            day,
            is_readable,
            rulebook.on(_nearest_day(document, day or today)),
            Reader(rulebook, language),
        )

    def meta(self, request: HttpRequest, title: str, description: str) -> Meta:
        """How its page is found. As of another day it is only another look at the same page."""
        steps = ((gettext("All programs"), reverse("eligibility:programs")), (self.name, self.path))
        crumbs = structured.breadcrumbs(*steps)
        return Meta(title, description, self.path, indexed=not request.GET, structured=(crumbs,))

    def context(self, version: Any) -> dict[str, Any]:
        """What every page of a document with versions says of it and of the version that is shown."""
        return {
            "name": self.name,
            "authority": self.authority,
            "version": version,
            "citation": cite(version, self.book, rules.language()),
            "holds": version.holds_on(self.asked or self.today),
            "sources": sources(rules.current(), [version]),
            "today": self.today,
            "on": self.asked,
            "is_readable": self.is_readable,
        }


@public_page
def grid(request: HttpRequest, identifier: str) -> HttpResponse:
    """One points grid, today or as of the day in `?on=`."""
    look = _Look.at(request, Grid, identifier, "points")
    standing, language = look.book.grids[identifier], rules.language()
    description = gettext(
        "How points are given in “%(grid)s” (%(authority)s): every factor with its table, its maximum and its "
        "official source. %(maximum)d points at most."
    )
    said = {"grid": look.name, "authority": look.authority, "maximum": standing.version.maximum}
    return show(
        request,
        "grid",
        look.meta(request, gettext("%(grid)s: the points, factor by factor") % said, description % said),
        grid=look.document,
        factors=points.factors(standing, look.book, look.reader, language),
        used_by=[one.document for one in every_program(rules.current(), look.book) if identifier in one.document.grids],
        notices=notices_of(identifier, look.book, language),
        events=history.grid_events(look.document, look.reader, look.today),
        **look.context(standing.version),
    )


@public_page
def occupation_list(request: HttpRequest, identifier: str) -> HttpResponse:
    """One occupation list, today or as of the day in `?on=`."""
    look = _Look.at(request, OccupationList, identifier, "occupation_list")
    standing = look.book.lists[identifier]
    description = ngettext(
        "%(list)s (%(authority)s): %(count)d occupation of NOC 2021 with code, title and TEER.",
        "%(list)s (%(authority)s): %(count)d occupations of NOC 2021 with codes, titles and TEER.",
        len(standing.entries),
    )
    said = {"list": look.name, "authority": look.authority, "count": len(standing.entries)}
    return show(
        request,
        "occupation_list",
        look.meta(request, gettext("%(list)s: all NOC codes") % said, description % said),
        list=look.document,
        count=len(standing.entries),
        groups=groups(standing, look.book),
        users=users(rules.current(), look.book, identifier),
        events=history.list_events(look.document, look.reader, look.today),
        **look.context(standing.version),
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
