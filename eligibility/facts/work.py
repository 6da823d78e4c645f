"""Work experience, counted under the parameters that a rule sets.

Work is counted in hours, at most the full-time hours of a week at any time, so that simultaneous jobs never
count twice and part time adds up pro rata. The first and the last day both count. All sums are whole numbers
(thousandths of an hour, times seven), so that no year is won or lost by rounding.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final, NamedTuple, Protocol

from eligibility.facts.dates import months_before, years_before
from eligibility.facts.prepared import Prepared, prepared
from eligibility.facts.values import INFINITE, Met, Value, all_of, known, unknown_name
from eligibility.profile.model import Work
from programs.packs.schema.measures import Experience, Treatment
from programs.rulebook import RulebookInForce

_SCALE = 7 * 1000
LONGEST_WORKING_LIFE_YEARS = 100
_NOT_ASKED: Final = object()
# There is one job, and its kind may count.
_SURELY: Final[tuple[Met, ...]] = (True,)
_TIME_OF_JOB: Final = itemgetter("start", "end", "hours_per_week")
_KIND_OF_JOB: Final = itemgetter(
    "noc", "country", "province", "paid", "self_employed", "student", "authorized", "employer_country"
)
# The parameters that say which jobs count; all others say how they are counted.
_WHICH_JOBS = (
    "countries",
    "not_countries",
    "provinces",
    "not_provinces",
    "canadian_employer",
    "teer",
    "nocs",
    "occupation_list",
    "not_occupation_list",
    "self_employed",
    "student",
    "unauthorized",
)


class Job(NamedTuple):
    """A job as it is counted: `certainly` is False where an answer is missing that could rule it out."""

    first: int
    last: int
    weekly: int
    noc: str | None
    certainly: bool


class Held:
    """A job as it was held: its days as ordinals, its hours in thousandths, and the kind of job that it is.

    Jobs of one kind have the same answers to everything a rule can ask of a job but its dates and hours.
    """

    __slots__ = ("first", "job", "kind", "last", "noc", "weekly")

    def __init__(self, job: Work, rules: Prepared) -> None:
        """Prepare a job for being counted."""
        self.job = job
        start, end, hours = _TIME_OF_JOB(job.__dict__)
        self.first = None if start is None else start.toordinal()
        self.last = None if end is None else end.toordinal()
        self.weekly = None if hours is None else round(hours * 1000)
        kind = _KIND_OF_JOB(job.__dict__)
        self.noc = kind[0]
        known_as = rules.kinds_of_job.get(kind)
        self.kind = known_as if known_as is not None else rules.memory.code(rules.kinds_of_job, kind)


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
    """The jobs of one person, ready to be counted in the ways that rules ask. `named` if all occupations are known."""

    __slots__ = ("answer", "context", "held", "kinds", "named", "today")

    def __init__(self, jobs: tuple[Work, ...] | None, context: WorkContext, answer: str) -> None:
        """Hold the jobs; `answer` is the place in the profile where they stand."""
        self.held: list[Held] | None = None if jobs is None else []
        self.kinds: tuple[int, ...] = ()
        self.named = True
        if jobs:
            rules = prepared(context.book)
            self.held = held = [Held(job, rules) for job in jobs]
            self.kinds = tuple([each.kind for each in held])
            self.named = None not in [each.noc for each in held]
        self.context = context
        self.today = context.as_of()
        self.answer = answer


def counted_work(rule: Experience, book: RulebookInForce) -> "CountedWork":
    """A rule's way of counting under a rulebook, prepared once."""
    known_rules = prepared(book).experience
    found = known_rules.get(rule)
    return found if found is not None else known_rules.setdefault(rule, CountedWork(rule, book))


class CountedWork:
    """A rule's way of counting work, ready to be used on many people.

    Attributes:
        person: whose work is counted.
        is_held_against: whether jobs are held against the offer or the certificate.
        way: how jobs are counted, once it is decided which of them count: equal ways give the same for the same jobs.

    """

    def __init__(self, rule: Experience, book: RulebookInForce) -> None:
        """Prepare the rule's parameters."""
        self._rule, self._book = rule, book
        rules = prepared(book)
        self._memory = rules.memory
        self._full_time = rules.full_time
        self._year = rules.hours_per_year * _SCALE
        self._windows: dict[dt.date, tuple[int, int]] = rules.memory.table()
        self._kinds: dict[int, Met] = rules.memory.table()
        self.way = rule.model_copy(update=dict.fromkeys(_WHICH_JOBS)).model_dump_json()
        self.person = rule.person
        self.is_held_against = rule.same_as is not None or rule.present_employer
        self._asks_more = self.is_held_against or rule.minimum_job_months is not None
        # Whether a job whose kind may count counts, whatever else was answered of it.
        self._counts_surely = not (self._asks_more or rule.after_qualification or rule.one_occupation)

    def amount(self, worked: Experiences, unit: str) -> Value:
        """How much experience there is, in whole years, months or hours."""
        if worked.held is None:
            return Value(0, self._in_unit(self._most(worked), unit), (worked.answer,))
        low, high = self.time(worked, self.kinds_allowed(worked))
        return self.in_unit(low, high, unit, worked.answer)

    def time(self, worked: Experiences, allowed: Sequence[Met]) -> tuple[int, int]:
        """The least and the most time that jobs make; `allowed` is what `kinds_allowed` says of them."""
        if self._counts_surely and worked.held and allowed == _SURELY:
            held = worked.held[0]
            if held.first is not None and held.weekly is not None:
                alone = self._alone(held.first, held.last, held.weekly, worked.today)
                return alone, alone
        rule = self._rule
        if self._asks_more and self._counts_none(worked):
            return 0, 0
        jobs = self._counted(worked, allowed)
        if not jobs:
            return 0, 0
        if len(jobs) == 1 and jobs[0].certainly and (jobs[0].noc is not None or not rule.one_occupation):
            first, last, weekly, _, _ = jobs[0]
            alone = (last - first + 1) * self._rate(weekly)
            return alone, alone
        low = self._total([job for job in jobs if job.certainly], guess=False)
        unsure = any([not job.certainly or (rule.one_occupation and job.noc is None) for job in jobs])  # noqa: C419
        return low, self._total(jobs, guess=True) if unsure else low

    def in_unit(self, low: int, high: int, unit: str, answer: str) -> Value:
        """Time in whole years, months or hours; `answer` would settle it where it is not known."""
        least = self._in_unit(low, unit)
        most = least if low == high else self._in_unit(high, unit)
        return known(least) if least == most else Value(least, most, (answer,))

    def _alone(self, first: int, last: int | None, weekly: int, today: dt.date) -> int:
        """The time of the only job, which surely counts."""
        opens, closes = self._window(today)
        first = max(first, opens)
        last = closes if last is None or last > closes else last
        return 0 if last < first else (last - first + 1) * self._rate(weekly)

    def lies_mainly_in(self, worked: Experiences, teer: Sequence[int]) -> Met:
        """Whether the TEER category in which most of the time was worked is one of `teer`; None if not known."""
        if worked.held is None:
            return None
        jobs = self._counted(worked)
        if any(not job.certainly or job.noc is None for job in jobs):
            return None
        by_teer: dict[int, list[Job]] = {}
        for job in jobs:
            by_teer.setdefault(self._book.occupations[job.noc or ""].teer, []).append(job)
        if not by_teer:
            return False
        totals = {level: self._sum(found) for level, found in by_teer.items()}
        return max(sorted(totals), key=lambda level: totals[level]) in teer

    def main_occupation(self, worked: Experiences) -> Value:
        """The unit group with the most time; None where there is no work at all.

        It is known only where no job that may or may not count could put another group first.
        """
        if worked.held is None or any([held.noc is None for held in worked.held]):  # noqa: C419
            return unknown_name(worked.answer)
        jobs = self._counted(worked)
        if len(jobs) == 1 and jobs[0].certainly and self._sum(jobs) > 0:
            return known(jobs[0].noc)
        surely = _by_occupation(job for job in jobs if job.certainly)
        least = {noc: self._sum(found) for noc, found in surely.items()}
        most = {noc: self._sum(found) for noc, found in _by_occupation(jobs).items()}
        if not most:
            return known(None)
        first = max(sorted(most), key=lambda noc: (least.get(noc, 0), most[noc]))
        sure = least.get(first, 0) > 0 and all(
            (least[first], other) >= (total, first) for other, total in most.items() if other != first
        )
        return known(first) if sure else unknown_name(worked.answer)

    def _in_unit(self, total: int, unit: str) -> int:
        if total >= INFINITE * _SCALE:
            return INFINITE
        if unit == "years":
            return total // self._year
        return total * 12 // self._year if unit == "months" else total // _SCALE

    def _most(self, worked: Experiences) -> int:
        first, last = self._window(worked.today)
        return (last - first + 1) * self._full_time

    def _window(self, today: dt.date) -> tuple[int, int]:
        """The first and the last day that count, on a day of assessment."""
        found = self._windows.get(today)
        return found if found is not None else self._memory.keep(self._windows, today, self._window_of(today))

    def _window_of(self, today: dt.date) -> tuple[int, int]:
        rule = self._rule
        first = years_before(today, LONGEST_WORKING_LIFE_YEARS)
        if rule.window_years is not None:
            first = years_before(today, rule.window_years)
        if rule.window_months is not None:
            first = max(first, months_before(today, rule.window_months))
        last = today
        if rule.not_last_years is not None:
            last = years_before(today, rule.not_last_years) - dt.timedelta(days=1)
        return first.toordinal(), last.toordinal()

    def _counted(self, worked: Experiences, by_kind: Sequence[Met] | None = None) -> list[Job]:
        """The jobs that count or may count, cut to the window."""
        opens, closes = self._window(worked.today)
        counted = []
        for held, kind_allowed in zip(worked.held or (), by_kind or self.kinds_allowed(worked), strict=True):
            if kind_allowed is False:
                continue
            allowed = self._is_allowed(kind_allowed, held.job, worked) if self._asks_more else kind_allowed
            if allowed is False:
                continue
            start = held.first
            if self._rule.after_qualification:
                if held.job.qualified_on is None:
                    allowed = None
                elif start is not None:
                    start = max(start, held.job.qualified_on.toordinal())
            first = opens if start is None or start < opens else start
            last = closes if held.last is None or held.last > closes else held.last
            if last < first:
                continue
            weekly = self._full_time if held.weekly is None else held.weekly
            certain = allowed is True and start is not None and held.weekly is not None
            counted.append(Job(first, last, weekly, held.noc, certain))
        return counted

    def kinds_allowed(self, worked: Experiences) -> tuple[Met, ...]:
        """For each job whether its kind decides that it counts, that it does not, or neither."""
        return tuple([self._by_kind(held) for held in worked.held or ()])

    def _by_kind(self, held: Held) -> Met:
        found: Any = self._kinds.get(held.kind, _NOT_ASKED)
        if found is _NOT_ASKED:
            found = self._memory.keep(self._kinds, held.kind, self._kind_is_allowed(held.job))
        allowed: Met = found
        return allowed

    def _is_allowed(self, kind_allowed: Met, job: Work, worked: Experiences) -> Met:
        """Whether a job may count: what its kind decides, and what only this person's answers can."""
        in_canada = _matches(job.country, ("CA",))
        return all_of(
            (
                kind_allowed,
                self._is_in_same_occupation(job, worked),
                self._is_present_employer(job, in_canada, worked),
                self._is_long_enough(job, worked),
            )
        )

    def _kind_is_allowed(self, job: Work) -> Met:
        rule = self._rule
        in_canada = _matches(job.country, ("CA",))
        return all_of(
            (
                *self._place(job, in_canada),
                *self._occupation(job),
                job.paid,
                _allowed(job.self_employed, rule.self_employed, in_canada, excluded_when=True),
                _allowed(job.student, rule.student, in_canada, excluded_when=True),
                _allowed(job.authorized, rule.unauthorized, in_canada, excluded_when=False),
            )
        )

    def _place(self, job: Work, in_canada: Met) -> Iterable[Met]:
        rule = self._rule
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

    def _occupation(self, job: Work) -> Iterable[Met]:
        rule, book = self._rule, self._book
        if rule.teer:
            yield None if job.noc is None else book.occupations[job.noc].teer in rule.teer
        if rule.nocs:
            yield _matches(job.noc, rule.nocs)
        if rule.occupation_list is not None:
            yield _matches(job.noc, tuple(book.lists[rule.occupation_list].entries))
        if rule.not_occupation_list is not None:
            inside = _matches(job.noc, tuple(book.lists[rule.not_occupation_list].entries))
            yield None if inside is None else not inside

    def _counts_none(self, worked: Experiences) -> bool:
        """Whether no job can count, since it is surely not there what they are held against."""
        rule, context = self._rule, worked.context
        if rule.same_as is not None and worked.named and context.same_occupation_as(rule.same_as.of).low is None:
            return True
        return rule.present_employer and context.works_for_offering_employer().high is False

    def _is_in_same_occupation(self, job: Work, worked: Experiences) -> Met:
        same_as = self._rule.same_as
        if same_as is None:
            return True
        wanted = worked.context.same_occupation_as(same_as.of)
        if not wanted.is_known or job.noc is None:
            return None
        return wanted.low is not None and wanted.low[: same_as.digits] == job.noc[: same_as.digits]

    def _is_present_employer(self, job: Work, in_canada: Met, worked: Experiences) -> Met:
        if not self._rule.present_employer:
            return True
        works_there = worked.context.works_for_offering_employer()
        if not works_there.is_known:
            return None if job.end is None else False
        if works_there.low is not True or job.end is not None:
            return False
        jobs = [held.job for held in worked.held or ()]
        going_on = [other for other in jobs if other.end is None and other.country in ("CA", None)]
        return in_canada if len(going_on) == 1 else all_of((in_canada, None))

    def _is_long_enough(self, job: Work, worked: Experiences) -> Met:
        if self._rule.minimum_job_months is None:
            return True
        if job.start is None:
            return None
        last = job.end or worked.today
        return months_before(last + dt.timedelta(days=1), self._rule.minimum_job_months) >= job.start

    def _total(self, jobs: list[Job], *, guess: bool) -> int:
        """Count the jobs; with `guess`, a job whose occupation is not known may belong to any."""
        if not self._rule.one_occupation:
            return self._sum(jobs)
        groups = _by_occupation(jobs)
        unplaced = [job for job in jobs if job.noc is None]
        if guess and unplaced:
            return max([self._sum(found + unplaced) for found in groups.values()] or [self._sum(unplaced)])
        return max((self._sum(found) for found in groups.values()), default=0)

    def _sum(self, jobs: list[Job]) -> int:
        stretches = self._stretches(jobs)
        return max(stretches, default=0) if self._rule.continuous else sum(stretches)

    def _stretches(self, jobs: list[Job]) -> list[int]:
        """The time worked in each unbroken stretch, days times hours a week (at most full time)."""
        if len(jobs) == 1:
            return [(jobs[0].last - jobs[0].first + 1) * self._rate(jobs[0].weekly)]
        stretches: list[int] = []
        reached: int | None = None
        for first, last, weekly in _pieces(jobs):
            worked = (last - first + 1) * self._rate(weekly)
            if reached is not None and first <= reached + 1:
                stretches[-1] += worked
            else:
                stretches.append(worked)
            reached = last
        return stretches

    def _rate(self, weekly: int) -> int:
        if self._rule.full_time_only and weekly < self._full_time:
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
