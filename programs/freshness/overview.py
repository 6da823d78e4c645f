"""Everything that the first page of the admin says about how fresh the rules are, in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from programs import store
from programs.checks.problems import Problem
from programs.freshness.endings import Ending, endings
from programs.freshness.failing import failing_examples
from programs.models import (
    Conversion,
    FreshnessLimits,
    GridVersion,
    Notice,
    OccupationListVersion,
    Origin,
    ProgramVersion,
    ReferenceTableVersion,
    Source,
    Status,
    Version,
)
from programs.packs.columns import cited_urls
from programs.packs.schema import Program, Sources
from programs.report import ProgramLine, report
from programs.rulebook import Round, Rulebook

VERSIONS: tuple[type[Version], ...] = (
    ProgramVersion,
    GridVersion,
    OccupationListVersion,
    ReferenceTableVersion,
    Conversion,
)
# Named on the first page; the rest is counted there, and all of it is listed on the page of sources.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class StaleSource:
    """A page that rules in force cite, not checked for long. `programs` are the ids of those that cite it."""

    source: Source
    programs: tuple[str, ...]

    @property
    def shown_programs(self) -> tuple[str, ...]:
        """Some of them, for a list."""
        return self.programs[:3]

    @property
    def further(self) -> int:
        """How many programs more than those shown."""
        return max(0, len(self.programs) - 3)


@dataclass(frozen=True, slots=True)
class LatestRound:
    """The last round of invitations that is known here, and whether one should have been imported since."""

    round: Round | None
    days: int | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """How fresh the rules are on a day. `failing` is None while the worked examples are being run."""

    limits: FreshnessLimits
    notices: list[Notice]
    drafts: list[Version]
    arrived: list[Version]
    scheduled: list[Version]
    stale: list[StaleSource]
    unconfirmed: list[ProgramLine]
    endings: list[Ending]
    latest_round: LatestRound
    failing: list[Problem] | None


def overview() -> Overview:
    """As things stand today."""
    today = timezone.localdate()
    rulebook = store.current()
    limits = FreshnessLimits.current()
    lines, ending = _of_rulebook(rulebook, today, limits.ends_days, (get_language() or "en")[:2])
    waiting = _versions(today)
    drafts = [version for version in waiting if version.status != Status.PUBLISHED]
    return Overview(
        limits=limits,
        notices=list(Notice.objects.filter(resolved_on__isnull=True).order_by("-reported_on")),
        drafts=[version for version in drafts if version.origin != Origin.PACK],
        arrived=[version for version in drafts if version.origin == Origin.PACK],
        scheduled=[version for version in waiting if version.status == Status.PUBLISHED],
        stale=stale_sources(rulebook, today, limits),
        unconfirmed=[line for line in lines if "to_be_checked" in line.flags],
        endings=ending,
        latest_round=_latest_round(rulebook, today, limits),
        failing=failing_examples.of(rulebook),
    )


def stale_sources(rulebook: Rulebook, today: dt.date, limits: FreshnessLimits) -> list[StaleSource]:
    """The pages to check: those never checked first, then those checked longest ago; the most cited before others."""
    before = today - dt.timedelta(days=limits.source_days)
    cited = _cited_by(rulebook, today)
    rows = Source.objects.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=before))
    found = [StaleSource(row, cited[row.url]) for row in rows.order_by("checked_on", "title_en") if row.url in cited]
    return sorted(found, key=lambda each: (each.source.checked_on or dt.date.min, -len(each.programs)))


def _cited_by(rulebook: Rulebook, today: dt.date) -> dict[str, tuple[str, ...]]:
    """What the published rules cite, with the programs that do; found once for a state of the rules."""
    kept = rulebook.on(today).cache
    if "cited by" not in kept:
        kept["cited by"] = _find_cited(rulebook)
    cited: dict[str, tuple[str, ...]] = kept["cited by"]
    return cited


def _find_cited(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for document in rulebook.documents:
        if not isinstance(document, Sources):
            for url in cited_urls(document):
                names = found.setdefault(url, set())
                if isinstance(document, Program):
                    names.add(document.id)
    return {url: tuple(sorted(names)) for url, names in found.items()}


def _of_rulebook(
    rulebook: Rulebook, today: dt.date, within: int, language: str
) -> tuple[list[ProgramLine], list[Ending]]:
    """What follows from the rules and the day alone; worked out once for both."""
    kept, key = rulebook.on(today).cache, f"freshness {today} {within} {language}"
    if key not in kept:
        documents = rulebook.documents
        kept[key] = report(documents, today, language), endings(documents, today, within, language)
    found: tuple[list[ProgramLine], list[Ending]] = kept[key]
    return found


def _versions(today: dt.date) -> list[Version]:
    """Drafts, and what is published for a day to come, by the day from which they hold."""
    wanted = Q(status__in=(Status.DRAFT, Status.IN_REVIEW)) | Q(status=Status.PUBLISHED, effective_from__gt=today)
    found: list[Any] = [
        version for model in VERSIONS for version in model.objects.filter(wanted).select_related(model.PARENT)
    ]
    return sorted(found, key=lambda version: (version.effective_from, str(version)))


def _latest_round(rulebook: Rulebook, today: dt.date, limits: FreshnessLimits) -> LatestRound:
    latest = max(rulebook.rounds, key=lambda held: held.date, default=None)
    days = (today - latest.date).days if latest else None
    return LatestRound(latest, days, days is None or days > limits.round_days)
