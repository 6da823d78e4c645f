"""Study and credentials: which of them count, and the level they make together."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.facts.dates import still_counts, years_before
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
    """One person's studies, ready to be looked at in the ways that rules ask."""

    def __init__(self, items: tuple[Education, ...] | None, day: dt.date, book: RulebookInForce, answer: str) -> None:
        """Hold the studies; `answer` is the place in the profile where they stand."""
        self._items = items
        self._day = day
        self._answer = answer
        self._eca_years = book.counting("credential_assessment_years")
        self._levels = vocabulary().levels

    def measure(self, rule: Credential) -> Value:
        """The level, the years studied in Canada or the number of credentials under `rule`."""
        if rule.gives == "level":
            return self._level(rule)
        if rule.gives == "study_years":
            return self._study_years(rule)
        return self._count(rule)

    def _level(self, rule: Credential) -> Value:
        top = len(self._levels) - 1
        if self._items is None:
            return Value(0, top, (self._answer,))
        counted = list(self._counted(rule))
        low = self._together([item.lowest for item in counted if item.certainly])
        high = self._together([item.highest for item in counted])
        return known(low) if low == high else Value(low, high, (self._answer,))

    def _count(self, rule: Credential) -> Value:
        if self._items is None:
            return Value(0, MOST_STUDY_YEARS, (self._answer,))
        counted = list(self._counted(rule))
        low, high = sum(item.certainly for item in counted), len(counted)
        return known(low) if low == high else Value(low, high, (self._answer,))

    def _study_years(self, rule: Credential) -> Value:
        if self._items is None:
            return Value(0, MOST_STUDY_YEARS, (self._answer,))
        low: float = 0
        high: float = 0
        for item in self._items:
            fits = self._fits(rule, item)
            if fits is False:
                continue
            years = item.canadian_study_years
            high += MOST_STUDY_YEARS if years is None else years
            low += years or 0 if fits else 0
        return known(low) if low == high else Value(low, high, (self._answer,))

    def _counted(self, rule: Credential) -> Iterable[Counted]:
        top = len(self._levels) - 1
        for item in self._items or ():
            fits = self._fits(rule, item)
            if fits is False:
                continue
            if item.level is None:
                yield Counted(0, top, certainly=fits is True)
            else:
                rank = vocabulary().level_rank(item.level)
                yield Counted(rank, rank, certainly=fits is True)

    def _fits(self, rule: Credential, item: Education) -> Met:
        in_canada = _in_canada(item)
        return all_of(
            (
                *self._finished(rule, item),
                True if not rule.countries else None if item.country is None else item.country in rule.countries,
                True if not rule.provinces else _in_province(item, in_canada, rule.provinces),
                True if not rule.levels else None if item.level is None else item.level in rule.levels,
                True if not rule.assessed else any_of((in_canada, _is_assessed(item, self._day, self._eca_years))),
            )
        )

    def _finished(self, rule: Credential, item: Education) -> Iterable[Met]:
        if rule.finished:
            yield item.completed is not None
        if rule.completed_within_years is not None and item.completed is not None:
            yield item.completed >= years_before(self._day, rule.completed_within_years)

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
