"""The days on which an assessment can change while nothing but time passes.

What an assessment looks at depends on the day in four ways only:

* the rules of the day: they change on the rulebook's days of change;
* years completed since a date of the profile (ages, results and assessments that lapse, windows): they change on an
  anniversary or the day after, as something that expires on a date does;
* months left on a permit, which only ever fall;
* work that is counted. Between two days on which a window or a length passes the start or the end of a job it grows or
  shrinks by the same amount each day, so the days on which it passes a threshold are found by halving. Where a rule
  takes the longest of several stretches, or counts back by months of unequal length, every day is looked at.
"""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from eligibility.facts import Facts
from eligibility.facts.work import counted_work
from eligibility.planning.dates import months_after
from eligibility.planning.narrow import parts
from eligibility.profile.model import Profile, Work
from programs.packs.schema.common import Document
from programs.packs.schema.conditions import Compare, MainTeer
from programs.packs.schema.grids import Axis
from programs.packs.schema.measures import Experience, Measure
from programs.rulebook import Rulebook, RulebookInForce

ONE_DAY = dt.timedelta(days=1)
PERMITS = ("permit_months_left", "partner_permit_months_left")
Thresholds = tuple[float, ...] | None
Signature = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Work under a rule's parameters, and the figures that rules compare it with; None where those are not fixed."""

    rule: Experience
    unit: str
    thresholds: Thresholds

    def together_with(self, other: "Counted") -> "Counted":
        """The same work, compared with the figures of both."""
        if self.thresholds is None or other.thresholds is None:
            return replace(self, thresholds=None)
        return replace(self, thresholds=_sorted({*self.thresholds, *other.thresholds}))

    def place(self, facts: Facts) -> Signature:
        """Between which thresholds the work lies."""
        return _placed(facts.experience(self.rule, self.unit), self.thresholds)


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything in the rules whose value moves with the day by degrees."""

    counted: tuple[Counted, ...]
    main_teer: tuple[MainTeer, ...]
    permits: dict[str, Thresholds]
    lengths: tuple[int, ...]


def _placed(value: Any, thresholds: Thresholds) -> Signature:
    if thresholds is None:
        return (value.low, value.high)
    return (bisect.bisect_right(thresholds, value.low), bisect.bisect_right(thresholds, value.high))


def moments(profile: Profile, rulebook: Rulebook, since: dt.date, until: dt.date) -> list[dt.date]:
    """The days from `since` to `until` on which an assessment may differ from that of the day before; `since` first."""
    days = {since, *(day for day in rulebook.days_of_change() if since <= day <= until)}
    for date in _dates(profile):
        days.update(day for day in _anniversaries(date, since, until, (0, 1)) if since <= day <= until)
    for first, last in _periods(rulebook, since, until):
        days.update(_when_work_counts(profile, rulebook.on(first), first, last))
    return sorted(days)


def _periods(rulebook: Rulebook, since: dt.date, until: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The stretches of days in which one set of rules is in force: first and last day."""
    starts = [since, *(day for day in rulebook.days_of_change() if since < day <= until)]
    yield from zip(starts, [*(day - ONE_DAY for day in starts[1:]), until], strict=True)


def _dates(part: Any) -> Iterator[dt.date]:
    """Every date in a profile but the day itself."""
    if isinstance(part, dt.date):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _dates(item)
    elif hasattr(type(part), "model_fields"):
        for key in type(part).model_fields:
            if key != "as_of":
                yield from _dates(getattr(part, key))


def _anniversaries(date: dt.date, since: dt.date, until: dt.date, offsets: Iterable[int]) -> Iterator[dt.date]:
    """The anniversaries of a date in a period, and days so far from them; those of 29 February on both sides."""
    for year in range(since.year - 1, until.year + 2):
        falls_on = [date.replace(year=year)] if (date.month, date.day) != (2, 29) else []
        for day in falls_on or [dt.date(year, 2, 28), dt.date(year, 3, 1)]:
            yield from (day + offset * ONE_DAY for offset in offsets)


def measures_of(book: RulebookInForce) -> Measures:
    """Everything in the rules whose value moves with the day; kept with the rules."""
    found = book.cache.get("measures that move")
    if not isinstance(found, Measures):
        programs = [one.version for one in book.programs if one.version is not None]
        found = book.cache["measures that move"] = _gather((*programs, *(one.version for one in book.grids.values())))
    return found


def _gather(documents: Iterable[Document]) -> Measures:
    counted: dict[tuple[Experience, str], set[float] | None] = {}
    permits: dict[str, set[float] | None] = {}
    main_teer: dict[MainTeer, None] = {}
    lengths: set[int] = set()
    for part in [part for document in documents for part in parts(document)]:
        if isinstance(part, Experience):
            lengths.update(months for months in (part.window_months, part.minimum_job_months) if months)
        if isinstance(part, MainTeer):
            main_teer[part] = None
        for measure, bounds in _compared(part):
            if measure.experience is not None:
                _add(counted, (measure.experience, measure.unit or "months"), bounds)
            elif measure.fact in PERMITS:
                _add(permits, str(measure.fact), bounds)
    return Measures(
        counted=tuple(Counted(rule, unit, _sorted(bounds)) for (rule, unit), bounds in counted.items()),
        main_teer=tuple(main_teer),
        permits={key: _sorted(bounds) for key, bounds in permits.items()},
        lengths=tuple(sorted(lengths)),
    )


def _compared(part: Document) -> Iterator[tuple[Measure, set[float] | None]]:
    """What a condition or an axis measures, and the figures at which the answer may change."""
    if isinstance(part, Compare):
        values = part.value if isinstance(part.value, tuple) else (part.value,)
        figures = [value for value in values if isinstance(value, int | float)]
        yield part, {step for value in figures for step in (value, value + 1)} if part.value is not None else None
    elif isinstance(part, Axis):
        edges = {float(band.min) for band in part.bands if band.min is not None}
        edges |= {float(band.max + 1) for band in part.bands if band.max is not None}
        named = [value for band in part.bands for value in band.values if isinstance(value, int | float)]
        yield part.measure, edges | {step for value in named for step in (value, value + 1)}


def _add(found: dict[Any, set[float] | None], key: Any, bounds: set[float] | None) -> None:
    before = found.get(key, set())
    found[key] = None if before is None or bounds is None else before | bounds


def _sorted(bounds: set[float] | None) -> Thresholds:
    return None if bounds is None else tuple(sorted(bounds))


class _Days:
    """One person's facts on any day, looked at once."""

    def __init__(self, profile: Profile, book: RulebookInForce) -> None:
        self._profile, self._book = profile, book
        self._facts: dict[dt.date, Facts] = {}

    def facts(self, day: dt.date) -> Facts:
        found = self._facts.get(day)
        if found is None:
            later = self._profile.model_copy(update={"as_of": day})
            found = self._facts[day] = Facts(later, self._book)
        return found


def _when_work_counts(profile: Profile, book: RulebookInForce, since: dt.date, until: dt.date) -> Iterator[dt.date]:
    """The days after `since` on which work, or what is left of a permit, passes a figure that rules compare it with."""
    jobs = {"applicant": profile.work or (), "partner": (profile.partner.work if profile.partner else None) or ()}
    measures, days = measures_of(book), _Days(profile, book)
    edges = sorted(_edges((*jobs["applicant"], *jobs["partner"]), measures, since, until))
    told_apart = _told_apart(measures.counted, days.facts(since), book)
    moving = [one for one in told_apart if _counts(one, days, edges)]
    uneven = [one for one in moving if _is_uneven(one.rule, jobs[one.rule.person])]
    even = [one for one in moving if one not in uneven]
    held = _holds_permit(profile)

    def steadily(day: dt.date) -> Signature:
        facts = days.facts(day)
        permits = [_placed(facts.value(key), bounds) for key, bounds in measures.permits.items()] if held else []
        return (*[one.place(facts) for one in even], *permits)

    def unsteadily(day: dt.date) -> Signature:
        facts = days.facts(day)
        teer = [facts.main_teer(one.main_teer_of, one.teer) for one in measures.main_teer]
        return (*[one.place(facts) for one in uneven], facts.value("main_occupation_noc"), *teer)

    for first, last in pairwise(edges):
        yield from _changes(steadily, first, last, {})
    several = len({job.noc for job in (*jobs["applicant"], *jobs["partner"])}) > 1
    if uneven or several:
        length = (until - since).days
        signatures = [(since + place * ONE_DAY, unsteadily(since + place * ONE_DAY)) for place in range(length + 1)]
        yield from (day for (_, before), (day, after) in pairwise(signatures) if before != after)


def _edges(jobs: Iterable[Work], measures: Measures, since: dt.date, until: dt.date) -> set[dt.date]:
    """The days between which work that is counted grows or shrinks by the same amount each day."""
    found = {since, until}
    found.update(_anniversaries(dt.date(2024, 2, 29), since, until, range(-2, 3)))
    for date in {date for job in jobs for date in _dates(job)}:
        found.update(_anniversaries(date, since, until, range(-2, 3)))
        for months in measures.lengths:
            found.update(months_after(date, months) + offset * ONE_DAY for offset in range(-1, 5))
    return {day for day in found if since <= day <= until}


def _told_apart(counted: Iterable[Counted], facts: Facts, book: RulebookInForce) -> list[Counted]:
    """The work that may count for this person, with rules that count the same jobs in the same way taken together."""
    found: dict[Any, Counted] = {}
    for one in counted:
        way, worked = counted_work(one.rule, book), facts.worked(one.rule.person)
        allowed = way.kinds_allowed(worked)
        if any(each is not False for each in allowed):
            key = (way.way, one.unit, allowed)
            found[key] = one.together_with(found[key]) if key in found else one
    return list(found.values())


def _counts(one: Counted, days: _Days, edges: list[dt.date]) -> bool:
    """Whether anything is counted at all: what is nothing at both ends of a stretch is nothing inside it."""
    return any(days.facts(day).experience(one.rule, "hours").high for day in edges)


def _is_uneven(rule: Experience, jobs: tuple[Work, ...]) -> bool:
    return rule.window_months is not None or ((rule.continuous or rule.one_occupation) and len(jobs) > 1)


def _holds_permit(profile: Profile) -> bool:
    people = (profile, profile.partner)
    return any(person and person.canada and person.canada.permit_expires for person in people)


def _changes(signature: Any, first: dt.date, last: dt.date, seen: dict[dt.date, Signature]) -> Iterator[dt.date]:
    """The days after `first`, up to `last`, on which a signature whose parts only ever rise or fall changes."""
    for day in (first, last):
        if day not in seen:
            seen[day] = signature(day)
    if seen[first] == seen[last]:
        return
    if (last - first).days == 1:
        yield last
        return
    middle = first + (last - first) // 2
    yield from _changes(signature, first, middle, seen)
    yield from _changes(signature, middle, last, seen)
