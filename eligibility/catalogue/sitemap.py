"""What search engines are told: which pages there are, and which are nobody's business."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as draw
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from eligibility.catalogue.listing import every_program
from eligibility.catalogue.program import last_changed
from eligibility.catalogue.public import public_page
from eligibility.wizard import clock, rules
from programs.packs.schema import Grid, OccupationList
from programs.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page for search engines, and the day its rules last changed, where it has such a day."""

    address: str
    changed: dt.date | None = None


def _first_pages(rulebook: Rulebook, today: dt.date) -> Iterable[PublicPage]:
    held = [one.date for one in rulebook.rounds if one.date <= today]
    days = [day for one in every_program(rulebook, rulebook.on(today)) if (day := last_changed(one, today))]
    yield PublicPage(reverse("eligibility:landing"))
    yield PublicPage(reverse("eligibility:programs"), max(days, default=None))
    yield PublicPage(reverse("eligibility:rounds"), max(held, default=None))


def _other_pages(rulebook: Rulebook, today: dt.date) -> Iterable[PublicPage]:
    for name in (
        "h1b_clock",
        "case_status",
        "context",
        "occupations:index",
        "occupations:from_us",
        "occupations:software",
    ):
        yield PublicPage(reverse(f"eligibility:{name}"))
    for code in rulebook.occupations:
        yield PublicPage(reverse("eligibility:occupations:occupation", args=[code]))


def _programs(rulebook: Rulebook, today: dt.date) -> Iterable[PublicPage]:
    for one in every_program(rulebook, rulebook.on(today)):
        yield PublicPage(reverse("eligibility:program", args=[one.document.id]), last_changed(one, today))


def _versioned(kind: Any, name: str) -> Callable[[Rulebook, dt.date], Iterable[PublicPage]]:
    def pages(rulebook: Rulebook, today: dt.date) -> Iterable[PublicPage]:
        for document in rulebook.of_kind(kind):
            days = [version.effective_from for version in document.versions if version.effective_from <= today]
            yield PublicPage(reverse(f"eligibility:{name}", args=[document.id]), max(days, default=None))

    return pages


# Each part of the public site names its own pages here.
PARTS: tuple[Callable[[Rulebook, dt.date], Iterable[PublicPage]], ...] = (
    _first_pages,
    _other_pages,
    _programs,
    _versioned(Grid, "points"),
    _versioned(OccupationList, "occupation_list"),
)


class _Pages(Sitemap):
    def items(self) -> list[PublicPage]:
        today = clock.today()
        return [page for part in PARTS for page in part(rules.current(), today)]

    def location(self, item: PublicPage) -> str:
        return item.address

    def lastmod(self, item: PublicPage) -> dt.date | None:
        return item.changed


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page."""
    return draw(request, {"pages": _Pages})


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Which addresses are not for search engines."""
    address = request.build_absolute_uri(reverse("eligibility:sitemap"))
    return render(request, "robots.txt", {"sitemap": address}, content_type="text/plain; charset=utf-8")
