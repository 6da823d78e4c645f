"""An H-1B worker's clock: every day that counts, from the person's own dates and the rulebook's limits.

A day that depends on an unknown date is unknown, never left out: its entry names what is missing. Where one of
two dates is known, and the earlier counts, the day is what it is `at_latest`.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from eligibility.facts.dates import months_before, years_after
from eligibility.profile import Profile
from programs.packs.schema.common import Cited, Text
from programs.packs.schema.h1b_clock import (
    CanadianAge,
    ClockRules,
    Dependants,
    PendingExtension,
    TimeLimit,
    WithinStay,
)
from programs.packs.schema.situations import Extension, GracePeriod, H1BSituations, SixYearLimit
from programs.rulebook import Rulebook

JOB_ENDED = "laid_off"
ONE_DAY = dt.timedelta(days=1)

EntryKind = Literal["grace", "limit", "six_years", "opens", "child_us", "child_canada"]


@dataclass(frozen=True, slots=True)
class WayOn:
    """A way past the six years. `is_open`: whether it is, None where that is not known."""

    rule: Extension
    is_open: bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A day that counts, or one that cannot be told yet.

    `day` is the last day of what ends, or the first of what begins. `missing` are places in a profile that would
    settle it. `with_stay`: it ends because the authorized stay does. `child` numbers the child it concerns,
    `age` is the one reached.
    """

    kind: EntryKind
    id: str
    rule: Cited
    text: Text
    day: dt.date | None
    title: Text | None = None
    to_do: tuple[Text, ...] = ()
    missing: tuple[str, ...] = ()
    at_latest: bool = False
    with_stay: bool = False
    is_late: bool = False
    is_urgent: bool = False
    ways_on: tuple[WayOn, ...] = ()
    child: int = 0
    age: int = 0

    def days_left(self, today: dt.date) -> int | None:
        """Days from `today` to the day; negative once it has passed, None where it is not known."""
        return None if self.day is None else (self.day - today).days

    def is_over(self, today: dt.date) -> bool:
        """Whether the day has passed."""
        return self.day is not None and self.day < today


def situations(rulebook: Rulebook) -> H1BSituations | None:
    """The rulebook's document on H-1B workers, if it has one."""
    documents: list[H1BSituations] = rulebook.of_kind(H1BSituations)
    return documents[0] if documents else None


def grace_end(rule: GracePeriod, last_day_worked: dt.date, stay_ends: dt.date | None) -> dt.date:
    """The last day of the grace period: so many days after the job, and never past the authorized stay."""
    by_days = last_day_worked + dt.timedelta(days=rule.days)
    return by_days if stay_ends is None else min(by_days, stay_ends)


def six_years_end(rule: SixYearLimit, first_day: dt.date, days_abroad: int = 0) -> dt.date:
    """The last day of the six years that begin on `first_day`; full days abroad are added to them."""
    return years_after(first_day, rule.years) - ONE_DAY + dt.timedelta(days=days_abroad)


def six_years_end_by_months(rule: SixYearLimit, months_used: int, today: dt.date) -> dt.date:
    """The last day of the six years for someone who has used so many months of them up to today."""
    return months_before(today, months_used - rule.years * 12)


def clock(
    profile: Profile, rulebook: Rulebook, today: dt.date, asked: Collection[str] = frozenset()
) -> tuple[Entry, ...]:
    """Every day that counts for the person, the earliest first, then those that are not known.

    `asked` holds the places in a profile that the person is asked about: only of those is a missing date worth
    an entry of its own.
    """
    document = situations(rulebook)
    if document is None or profile.h1b is None:
        return ()
    maker = _Maker(profile, document, today, frozenset(asked))
    found = [*maker.entries()]
    if document.clock is not None:
        found += _children(profile, document.clock, rulebook, today)
    return tuple(sorted(found, key=lambda one: (one.day is None, one.day or today, one.kind, one.child)))


def value_at(profile: Profile, path: str) -> object:
    """What stands at a place in a profile, None where nothing is known."""
    value: object = profile
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


class _Maker:
    """Makes the entries of one person."""

    def __init__(self, profile: Profile, document: H1BSituations, today: dt.date, asked: frozenset[str]) -> None:
        self.profile, self.document, self.today, self.asked = profile, document, today, asked
        self.job_ended = profile.h1b is not None and profile.h1b.status == JOB_ENDED
        # A longer or shorter period has taken the place of the plain end of these dates.
        self.replaced: set[str] = set()

    def day(self, path: str) -> dt.date | None:
        value = value_at(self.profile, path)
        return value if isinstance(value, dt.date) else None

    def entries(self) -> Iterator[Entry]:
        rules = self.document.clock
        if self.job_ended:
            yield self._grace(self.document.grace_period)
        if rules is not None:
            yield from self._pending(rules.pending_extension)
            for limit in rules.limits:
                if limit.counted_from not in self.replaced:
                    yield from self._limit(limit)
            yield from self._within_stay(rules.ten_days)
            if value_at(self.profile, "canada.permit") in rules.open_permit.permits:
                yield self._ends(rules.open_permit, self.day(rules.open_permit.counted_from))
        yield from self._six_years(self.document.six_year_limit)

    def _is_urgent(self, day: dt.date | None) -> bool:
        rules = self.document.clock
        if day is None or rules is None:
            return False
        return (day - self.today).days <= rules.urgent_within_days

    def _grace(self, rule: GracePeriod) -> Entry:
        last_day, stay = self.day(rule.counted_from), self.day(rule.not_after)
        if last_day is None:
            return Entry("grace", "grace", rule, rule.text, None, missing=(rule.counted_from,), is_urgent=True)
        self.replaced.add(rule.not_after)
        end = grace_end(rule, last_day, stay)
        return Entry(
            "grace",
            "grace",
            rule,
            rule.text,
            end,
            to_do=rule.options,
            missing=() if stay else (rule.not_after,),
            at_latest=stay is None,
            with_stay=end != grace_end(rule, last_day, None),
            is_urgent=True,
        )

    def _pending(self, rule: PendingExtension) -> Iterator[Entry]:
        if self.job_ended or value_at(self.profile, rule.pending) is not True:
            return
        stay, filed = self.day(rule.counted_from), self.day(rule.filed_on)
        if stay is None:
            yield Entry("limit", rule.id, rule, rule.text, None, rule.title, rule.to_do, missing=(rule.counted_from,))
        elif filed is not None and filed > stay:
            yield Entry("limit", rule.id, rule, rule.filed_late, stay, rule.title, is_late=True, is_urgent=True)
        else:
            self.replaced.add(rule.counted_from)
            missing = () if filed else (rule.filed_on,)
            yield self._ends(rule, stay + dt.timedelta(days=rule.days), missing=missing)

    def _limit(self, limit: TimeLimit) -> Iterator[Entry]:
        if limit.while_job_lasts and self.job_ended:
            return
        start = self.day(limit.counted_from)
        if start is not None or limit.counted_from in self.asked:
            yield self._ends(limit, None if start is None else start + dt.timedelta(days=limit.days))

    def _ends(self, limit: TimeLimit, day: dt.date | None, missing: tuple[str, ...] = ()) -> Entry:
        missing = (limit.counted_from,) if day is None else missing
        urgent = self._is_urgent(day)
        return Entry("limit", limit.id, limit, limit.text, day, limit.title, limit.to_do, missing, is_urgent=urgent)

    def _within_stay(self, limit: WithinStay) -> Iterator[Entry]:
        start, stay = self.day(limit.counted_from), self.day(limit.not_after)
        if start is None or (limit.while_job_lasts and self.job_ended) or (stay is not None and stay <= start):
            return
        full = start + dt.timedelta(days=limit.days)
        end = full if stay is None else min(full, stay)
        yield Entry(
            "limit",
            limit.id,
            limit,
            limit.text,
            end,
            limit.title,
            limit.to_do,
            missing=() if stay else (limit.not_after,),
            at_latest=stay is None,
            with_stay=end != full,
            is_urgent=self._is_urgent(end),
        )

    def _six_years(self, rule: SixYearLimit) -> Iterator[Entry]:
        end, missing = self._six_years_day(rule)
        paths = [path for path in (rule.last_day, rule.counted_from) if path in self.asked]
        if end is not None or paths:
            ways = tuple(self._way_on(way, end) for way in rule.exceptions)
            is_firm = not any(way.is_open for way in ways)
            yield Entry(
                "six_years",
                "six-years",
                rule,
                rule.text,
                end,
                to_do=rule.to_do,
                missing=missing if end else tuple(path for path in paths if path),
                is_urgent=is_firm and self._is_urgent(end),
                ways_on=ways,
            )
        for way in rule.exceptions:
            start = self.day(way.counted_from) if way.counted_from else None
            if start is not None and way.after_days is not None:
                opens = start + dt.timedelta(days=way.after_days)
                yield Entry("opens", "way-on", way, way.text, opens, way.title)

    def _six_years_day(self, rule: SixYearLimit) -> tuple[dt.date | None, tuple[str, ...]]:
        told = self.day(rule.last_day) if rule.last_day else None
        first = self.day(rule.counted_from)
        if told is not None or first is None:
            return told, ()
        abroad = value_at(self.profile, rule.days_abroad) if rule.days_abroad else None
        if isinstance(abroad, int):
            return six_years_end(rule, first, abroad), ()
        missing = (rule.days_abroad,) if rule.days_abroad and rule.days_abroad in self.asked else ()
        return six_years_end(rule, first), missing

    def _way_on(self, way: Extension, end: dt.date | None) -> WayOn:
        if way.needs:
            told = value_at(self.profile, way.needs)
            return WayOn(way, told if isinstance(told, bool) else None)
        start = self.day(way.counted_from) if way.counted_from else None
        if start is None or end is None or way.after_days is None:
            return WayOn(way, None)
        return WayOn(way, start + dt.timedelta(days=way.after_days) <= end)


def _children(profile: Profile, rules: ClockRules, rulebook: Rulebook, today: dt.date) -> Iterator[Entry]:
    rule = rules.dependants
    canada = rulebook.on(today).counting(rule.canada.counting_rule)
    horizon = years_after(today, rule.tell_within_years)
    for number, child in enumerate(profile.children or (), start=1):
        if child.birth_date is None:
            continue
        ages: tuple[tuple[EntryKind, int, Dependants | CanadianAge], ...] = (
            ("child_us", rule.child_below_age, rule),
            ("child_canada", canada, rule.canada),
        )
        for kind, age, cited in ages:
            day = years_after(child.birth_date, age)
            if today <= day <= horizon:
                urgent = (day - today).days <= rules.urgent_within_days
                yield Entry(kind, kind, cited, cited.text, day, is_urgent=urgent, child=number, age=age)
