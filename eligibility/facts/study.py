"""Study and credentials: which of them count, and the level they make together."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.facts.dates import still_counts, years_before
from eligibility.facts.prepared import prepared
from eligibility.facts.values import Met, Value, all_of, any_of, known
from eligibility.profile.model import Education
from programs.packs.schema.measures import Credential
from programs.rulebook import RulebookInForce, vocabulary

MOST_STUDY_YEARS = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """A credential that counts, certainly or perhaps, with the levels it could be."""

    lowest: int
    highest: int
    certainly: bool


def _in_canada(item: Education) -> Met:
    return None if item.country is None else item.country == "CA"


def _is_assessed(item: Education, day: dt.date, years: int) -> Met:
    if item.eca is True and item.eca_date is not None:
        return still_counts(item.eca_date, day, years)
    return item.eca


class Studies:
    """One person's studies, ready to be looked at in the ways that rules ask.

    People whose studies are of one kind have the same answers to everything that a rule can ask, but for the days on
    which they finished.
    """

    __slots__ = ("answer", "day", "items", "kind")

    def __init__(self, items: tuple[Education, ...] | None, day: dt.date, book: RulebookInForce, answer: str) -> None:
        """Hold the studies; `answer` is the place in the profile where they stand."""
        rules = prepared(book)
        self.items = items
        self.day = day
        self.answer = answer
        kind = (answer, None if items is None else tuple([_kind(item, day, rules.assessment_years) for item in items]))
        known_as = rules.kinds_of_study.get(kind)
        self.kind = known_as if known_as is not None else rules.memory.code(rules.kinds_of_study, kind)


def _kind(item: Education, day: dt.date, years: int) -> tuple[object, ...]:
    return (
        item.level,
        item.country,
        item.province,
        item.completed is not None,
        _is_assessed(item, day, years),
        item.canadian_study_years,
    )


def counted_study(rule: Credential, book: RulebookInForce) -> "CountedStudy":
    """A rule's way of looking at studies under a rulebook, prepared once."""
    known_rules = prepared(book).credential
    found = known_rules.get(rule)
    return found if found is not None else known_rules.setdefault(rule, CountedStudy(rule, book))


class CountedStudy:
    """A rule's way of looking at studies, ready to be used on many people."""

    def __init__(self, rule: Credential, book: RulebookInForce) -> None:
        """Prepare the rule's parameters."""
        rules = prepared(book)
        self._rule = rule
        self.asks_when = rule.completed_within_years is not None
        self._eca_years = rules.assessment_years
        self._levels = vocabulary().levels
        self._memory = rules.memory
        self._kinds: dict[int, Value] = rules.memory.table()

    def measure(self, studies: Studies) -> Value:
        """The level, the years studied in Canada or the number of credentials."""
        if self.asks_when:
            return self._measure(studies)
        found = self._kinds.get(studies.kind)
        return found if found is not None else self._memory.keep(self._kinds, studies.kind, self._measure(studies))

    def _measure(self, studies: Studies) -> Value:
        if self._rule.gives == "level":
            return self._level(studies)
        if self._rule.gives == "study_years":
            return self._study_years(studies)
        return self._count(studies)

    def _level(self, studies: Studies) -> Value:
        top = len(self._levels) - 1
        if studies.items is None:
            return Value(0, top, (studies.answer,))
        counted = list(self._counted(studies))
        low = self._together([item.lowest for item in counted if item.certainly])
        high = self._together([item.highest for item in counted])
        return known(low) if low == high else Value(low, high, (studies.answer,))

    def _count(self, studies: Studies) -> Value:
        if studies.items is None:
            return Value(0, MOST_STUDY_YEARS, (studies.answer,))
        counted = list(self._counted(studies))
        low, high = sum(item.certainly for item in counted), len(counted)
        return known(low) if low == high else Value(low, high, (studies.answer,))

    def _study_years(self, studies: Studies) -> Value:
        if studies.items is None:
            return Value(0, MOST_STUDY_YEARS, (studies.answer,))
        low: float = 0
        high: float = 0
        for item in studies.items:
            fits = self._fits(item, studies.day)
            if fits is False:
                continue
            years = item.canadian_study_years
            high += MOST_STUDY_YEARS if years is None else years
            low += years or 0 if fits else 0
        return known(low) if low == high else Value(low, high, (studies.answer,))

    def _counted(self, studies: Studies) -> Iterable[Counted]:
        top = len(self._levels) - 1
        for item in studies.items or ():
            fits = self._fits(item, studies.day)
            if fits is False:
                continue
            if item.level is None:
                yield Counted(0, top, certainly=fits is True)
            else:
                rank = vocabulary().level_rank(item.level)
                yield Counted(rank, rank, certainly=fits is True)

    def _fits(self, item: Education, day: dt.date) -> Met:
        rule = self._rule
        in_canada = _in_canada(item)
        return all_of(
            (
                *self._finished(item, day),
                True if not rule.countries else None if item.country is None else item.country in rule.countries,
                True if not rule.provinces else _in_province(item, in_canada, rule.provinces),
                True if not rule.levels else None if item.level is None else item.level in rule.levels,
                True if not rule.assessed else any_of((in_canada, _is_assessed(item, day, self._eca_years))),
            )
        )

    def _finished(self, item: Education, day: dt.date) -> Iterable[Met]:
        rule = self._rule
        if rule.finished:
            yield item.completed is not None
        if rule.completed_within_years is not None and item.completed is not None:
            yield item.completed >= years_before(day, rule.completed_within_years)

    def _together(self, ranks: list[int]) -> int:
        """The level that credentials make together: the highest, or the level of a combination of them."""
        if not ranks:
            return 0
        best = max(ranks)
        post_secondary = [rank for rank in ranks if self._levels[rank].post_secondary]
        for level in self._levels:
            if (
                level.credentials is not None
                and level.rank > best
                and len(post_secondary) >= level.credentials
                and any(self._levels[rank].three_years for rank in post_secondary)
            ):
                best = level.rank
        return best


def _in_province(item: Education, in_canada: Met, provinces: tuple[str, ...]) -> Met:
    return all_of((in_canada, None if item.province is None else item.province in provinces))
