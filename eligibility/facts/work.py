"""Work experience, counted under the parameters that a rule sets.

Work is counted in hours, at most the full-time hours of a week at any time, so that simultaneous jobs never
count twice and part time adds up pro rata. The first and the last day both count. All sums are whole numbers
(thousandths of an hour, times seven), so that no year is won or lost by rounding.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from eligibility.facts.dates import months_before, years_before
from eligibility.facts.values import INFINITE, Met, Value, all_of, known, unknown_name
from eligibility.profile.model import Work
from programs.packs.schema.measures import Experience, Treatment
from programs.rulebook import RulebookInForce

_SCALE = 7 * 1000
LONGEST_WORKING_LIFE_YEARS = 100


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is counted: `certainly` is False where an answer is missing that could rule it out."""

    first: int
    last: int
    weekly: int
    noc: str | None
    certainly: bool


class WorkContext(Protocol):
    """What counting experience needs to know beside the jobs themselves."""

    book: RulebookInForce

    def as_of(self) -> dt.date:
        """The day of assessment."""

    def same_occupation_as(self, of: str) -> Value:
        """The unit group of the job offer or of the trade certificate."""

    def works_for_offering_employer(self) -> Value:
        """Whether the person works for the employer who makes the offer."""


def _matches(answer: str | None, wanted: Sequence[str]) -> Met:
    return None if answer is None else answer in wanted


def _allowed(answer: bool | None, treatment: Treatment, in_canada: Met, excluded_when: bool) -> Met:
    """Whether work may count although `answer` could rule it out."""
    ruled_out: Met = None if answer is None else answer is excluded_when
    if treatment == "counted" or ruled_out is False:
        return True
    if treatment == "excluded_in_canada":
        if in_canada is False:
            return True
        ruled_out = all_of((ruled_out, in_canada))
    return None if ruled_out is None else not ruled_out


class Experiences:
    """The jobs of one person, ready to be counted in the ways that rules ask."""

    def __init__(self, jobs: tuple[Work, ...] | None, context: WorkContext, answer: str) -> None:
        """Hold the jobs; `answer` is the place in the profile where they stand."""
        self._jobs = jobs
        self._context = context
        self._answer = answer
        book = context.book
        self._full_time = book.counting("full_time_hours_per_week") * 1000
        self._year = book.counting("hours_per_year_of_work") * _SCALE

    def amount(self, rule: Experience, unit: str) -> Value:
        """How much experience there is under `rule`, in whole years, months or hours."""
        if self._jobs is None:
            return Value(0, self._in_unit(self._most(rule), unit), (self._answer,))
        jobs = self._counted(rule)
        low = self._total(rule, [job for job in jobs if job.certainly], guess=False)
        unsure = any(not job.certainly or (rule.one_occupation and job.noc is None) for job in jobs)
        high = self._total(rule, jobs, guess=True) if unsure else low
        low, high = self._in_unit(low, unit), self._in_unit(high, unit)
        return known(low) if low == high else Value(low, high, (self._answer,))

    def lies_mainly_in(self, rule: Experience, teer: Sequence[int]) -> Met:
        """Whether the TEER category in which most of the time was worked is one of `teer`; None if not known."""
        if self._jobs is None:
            return None
        jobs = self._counted(rule)
        if any(not job.certainly or job.noc is None for job in jobs):
            return None
        by_teer: dict[int, list[Job]] = {}
        for job in jobs:
            by_teer.setdefault(self._context.book.occupations[job.noc or ""].teer, []).append(job)
        if not by_teer:
            return False
        totals = {level: self._sum(rule, found) for level, found in by_teer.items()}
        return max(sorted(totals), key=lambda level: totals[level]) in teer

    def main_occupation(self, rule: Experience) -> Value:
        """The unit group with the most time under `rule`; None where there is no work at all.

        It is known only where no job that may or may not count could put another group first.
        """
        if self._jobs is None or any(job.noc is None for job in self._jobs):
            return unknown_name(self._answer)
        jobs = self._counted(rule)
        surely = _by_occupation(job for job in jobs if job.certainly)
        least = {noc: self._sum(rule, found) for noc, found in surely.items()}
        most = {noc: self._sum(rule, found) for noc, found in _by_occupation(jobs).items()}
        if not most:
            return known(None)
        first = max(sorted(most), key=lambda noc: (least.get(noc, 0), most[noc]))
        sure = least.get(first, 0) > 0 and all(
            (least[first], other) >= (total, first) for other, total in most.items() if other != first
        )
        return known(first) if sure else unknown_name(self._answer)

    def _in_unit(self, total: int, unit: str) -> int:
        if total >= INFINITE * _SCALE:
            return INFINITE
        return {"years": total // self._year, "months": total * 12 // self._year, "hours": total // _SCALE}[unit]

    def _most(self, rule: Experience) -> int:
        first, last = self._window(rule)
        return (last - first + 1) * self._full_time

    def _window(self, rule: Experience) -> tuple[int, int]:
        today = self._context.as_of()
        first = years_before(today, LONGEST_WORKING_LIFE_YEARS)
        if rule.window_years is not None:
            first = years_before(today, rule.window_years)
        if rule.window_months is not None:
            first = max(first, months_before(today, rule.window_months))
        last = today
        if rule.not_last_years is not None:
            last = years_before(today, rule.not_last_years) - dt.timedelta(days=1)
        return first.toordinal(), last.toordinal()

    def _counted(self, rule: Experience) -> list[Job]:
        opens, closes = self._window(rule)
        counted = []
        for job in self._jobs or ():
            allowed = self._is_allowed(rule, job)
            if allowed is False:
                continue
            start = job.start
            if rule.after_qualification:
                if job.qualified_on is None:
                    allowed = None
                elif start is not None:
                    start = max(start, job.qualified_on)
            first = max(start.toordinal(), opens) if start else opens
            last = min(job.end.toordinal(), closes) if job.end else closes
            if last < first:
                continue
            weekly = self._full_time if job.hours_per_week is None else round(job.hours_per_week * 1000)
            certain = allowed is True and start is not None and job.hours_per_week is not None
            counted.append(Job(first, last, weekly, job.noc, certain))
        return counted

    def _is_allowed(self, rule: Experience, job: Work) -> Met:
        in_canada = _matches(job.country, ("CA",))
        return all_of(
            (
                *self._place(rule, job, in_canada),
                *self._occupation(rule, job),
                job.paid,
                _allowed(job.self_employed, rule.self_employed, in_canada, excluded_when=True),
                _allowed(job.student, rule.student, in_canada, excluded_when=True),
                _allowed(job.authorized, rule.unauthorized, in_canada, excluded_when=False),
                self._is_present_employer(rule, job, in_canada),
                self._is_long_enough(rule, job),
            )
        )

    def _place(self, rule: Experience, job: Work, in_canada: Met) -> Iterable[Met]:
        if rule.countries:
            yield _matches(job.country, rule.countries)
        if rule.not_countries:
            inside = _matches(job.country, rule.not_countries)
            yield None if inside is None else not inside
        if rule.provinces:
            yield all_of((in_canada, _matches(job.province, rule.provinces)))
        if rule.not_provinces:
            inside = all_of((in_canada, _matches(job.province, rule.not_provinces)))
            yield None if inside is None else not inside
        if rule.canadian_employer and job.employer_country not in (None, "CA"):
            yield None if in_canada is None else not in_canada

    def _occupation(self, rule: Experience, job: Work) -> Iterable[Met]:
        book = self._context.book
        if rule.teer:
            yield None if job.noc is None else book.occupations[job.noc].teer in rule.teer
        if rule.nocs:
            yield _matches(job.noc, rule.nocs)
        if rule.occupation_list is not None:
            yield _matches(job.noc, tuple(book.lists[rule.occupation_list].entries))
        if rule.not_occupation_list is not None:
            inside = _matches(job.noc, tuple(book.lists[rule.not_occupation_list].entries))
            yield None if inside is None else not inside
        if rule.same_as is not None:
            wanted = self._context.same_occupation_as(rule.same_as.of)
            if not wanted.is_known or job.noc is None:
                yield None
            else:
                digits = rule.same_as.digits
                yield wanted.low is not None and wanted.low[:digits] == job.noc[:digits]

    def _is_present_employer(self, rule: Experience, job: Work, in_canada: Met) -> Met:
        if not rule.present_employer:
            return True
        works_there = self._context.works_for_offering_employer()
        if not works_there.is_known:
            return None if job.end is None else False
        if works_there.low is not True or job.end is not None:
            return False
        going_on = [other for other in self._jobs or () if other.end is None and other.country in ("CA", None)]
        return in_canada if len(going_on) == 1 else all_of((in_canada, None))

    def _is_long_enough(self, rule: Experience, job: Work) -> Met:
        if rule.minimum_job_months is None:
            return True
        if job.start is None:
            return None
        last = job.end or self._context.as_of()
        return months_before(last + dt.timedelta(days=1), rule.minimum_job_months) >= job.start

    def _total(self, rule: Experience, jobs: list[Job], *, guess: bool) -> int:
        """Count the jobs; with `guess`, a job whose occupation is not known may belong to any."""
        if not rule.one_occupation:
            return self._sum(rule, jobs)
        groups = _by_occupation(jobs)
        unplaced = [job for job in jobs if job.noc is None]
        if guess and unplaced:
            return max([self._sum(rule, found + unplaced) for found in groups.values()] or [self._sum(rule, unplaced)])
        return max((self._sum(rule, found) for found in groups.values()), default=0)

    def _sum(self, rule: Experience, jobs: list[Job]) -> int:
        stretches = self._stretches(rule, jobs)
        return max(stretches, default=0) if rule.continuous else sum(stretches)

    def _stretches(self, rule: Experience, jobs: list[Job]) -> list[int]:
        """The time worked in each unbroken stretch, days times hours a week (at most full time)."""
        if len(jobs) == 1:
            return [(jobs[0].last - jobs[0].first + 1) * self._rate(rule, jobs[0].weekly)]
        stretches: list[int] = []
        reached: int | None = None
        for first, last, weekly in _pieces(jobs):
            worked = (last - first + 1) * self._rate(rule, weekly)
            if reached is not None and first <= reached + 1:
                stretches[-1] += worked
            else:
                stretches.append(worked)
            reached = last
        return stretches

    def _rate(self, rule: Experience, weekly: int) -> int:
        if rule.full_time_only and weekly < self._full_time:
            return 0
        return min(weekly, self._full_time)


def _by_occupation(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        if job.noc is not None:
            groups.setdefault(job.noc, []).append(job)
    return groups


def _pieces(jobs: list[Job]) -> Iterable[tuple[int, int, int]]:
    """Cut overlapping jobs into pieces of time in which the same jobs were held: (first day, last day, hours)."""
    edges = sorted({day for job in jobs for day in (job.first, job.last + 1)})
    for first, after in pairwise(edges):
        weekly = sum(job.weekly for job in jobs if job.first <= first and after - 1 <= job.last)
        if weekly:
            yield first, after - 1, weekly
