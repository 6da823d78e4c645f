"""A life that hangs together: studies end before work starts, status begins after that, nothing is in the future."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from eligibility.demo.population.draws import Draws
from eligibility.demo.population.traits import Traits

DAYS_A_YEAR = 365.25
_SOME_WEEKS = (0.06, 0.2)
_SHORTEST_JOB = 0.25
_LONGEST_BREAK_FROM_STUDY = 9.0


# A time of work in one country: where, from when, and to when if it ended.
Spell = tuple[str, dt.date, dt.date | None]


@dataclass(frozen=True, slots=True)
class Studied:
    """A degree."""

    level: str
    country: str
    completed: dt.date


@dataclass(frozen=True, slots=True)
class Worked:
    """A job; without an end it goes on."""

    noc: str
    country: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Life:
    """The dates of a life, the newest first."""

    born: dt.date
    studies: tuple[Studied, ...]
    jobs: tuple[Worked, ...]
    first_h1b_day: dt.date
    h1b_years: float


def years_before(day: dt.date, years: float) -> dt.date:
    """The day so many years earlier."""
    return day - dt.timedelta(days=round(years * DAYS_A_YEAR))


def live(traits: Traits, draws: Draws, statistics: Mapping[str, Any], as_of: dt.date) -> Life:
    """Put the person's studies, jobs and status on the calendar."""
    degree, h1b = statistics["degree"]["levels"][traits.degree], statistics["h1b"]
    pause, training = draws.between(_SOME_WEEKS), draws.between(h1b["practical_training_years"])
    usual = draws.between(degree["finished_at"])
    done, years, break_years, in_us = _timing(traits, degree["finished_at"][0], usual, pause, training)
    if traits.tie == "study":
        in_us, break_years = False, 0.0
        done = min(done, traits.age - years - pause)
    completed = _end_of_term(years_before(as_of, traits.age - done))
    earliest = completed + dt.timedelta(days=60)
    if not traits.petition_approved:
        earliest = max(earliest, years_before(as_of, h1b["limit_years"]) + dt.timedelta(days=20))
    first_day = _first_day(years_before(as_of, years), earliest, as_of, draws)
    country = "US" if in_us else "CA" if traits.tie == "study" else traits.country
    arrived = completed + dt.timedelta(days=round(pause * DAYS_A_YEAR)) if in_us else first_day
    studies = [Studied(traits.degree, country, completed)]
    spells: list[Spell] = []
    leaving = _left_us(traits, as_of)
    if traits.degree != "bachelors":
        began = years_before(completed, degree["years"])
        earlier = _end_of_term(years_before(began, break_years))
        studies.append(Studied("bachelors", traits.country, earlier))
        if break_years > _SHORTEST_JOB:
            spells.append((traits.country, earlier + dt.timedelta(days=45), began - dt.timedelta(days=30)))
    if not in_us and (arrived - completed).days > 120:
        home = "CA" if traits.tie == "study" else traits.country
        spells.append((home, completed + dt.timedelta(days=60), arrived - dt.timedelta(days=20)))
    if traits.tie == "work":
        months = draws.between(statistics["canadian_ties"]["work_months"])
        graduated = completed + dt.timedelta(days=40)
        spells, arrived = _with_canada(spells, arrived, months, graduated, first_day)
    spells.append(("US", arrived, leaving))
    if traits.open_permit_months is not None and leaving is not None:
        spells.append(("CA", leaving + dt.timedelta(days=21), None))
    jobs = [job for spell in spells for job in _jobs(traits, spell, draws, statistics, as_of)]
    if traits.days_since_job_loss is not None:
        last_day = max(jobs[-1].start, as_of - dt.timedelta(days=traits.days_since_job_loss))
        jobs[-1] = replace(jobs[-1], end=last_day)
    real = (as_of - first_day).days / DAYS_A_YEAR
    return Life(years_before(as_of, traits.age), tuple(studies), tuple(reversed(jobs)), first_day, real)


def _timing(
    traits: Traits, youngest: float, usual: float, pause: float, training: float
) -> tuple[float, float, float, bool]:
    """Age at the last degree, years in H-1B status, years of work before that degree, and whether it is a US one."""
    years = traits.h1b_years
    if traits.worked is not None:
        return traits.age - traits.worked - pause, years, 0.0, traits.in_us
    room = max(0.1, traits.age - pause - youngest)
    if traits.in_us:
        years = min(years, max(0.1, room - 0.5))
        training = min(training, room - years)
        done = traits.age - pause - training - years
        break_years = max(0.0, done - usual)
        if traits.degree != "bachelors" and break_years <= _LONGEST_BREAK_FROM_STUDY:
            return done, years, break_years, True
        if traits.degree == "bachelors" and break_years <= 2:
            return done, years, 0.0, True
    done = min(usual, traits.age - pause - 0.1)
    return done, min(years, traits.age - pause - done), 0.0, False


def _end_of_term(day: dt.date) -> dt.date:
    """Degrees are given at the end of a month."""
    return day.replace(day=1) - dt.timedelta(days=1)


def _first_day(wished: dt.date, earliest: dt.date, as_of: dt.date, draws: Draws) -> dt.date:
    """Mostly a first of October, when new employment under the cap begins; never before it may."""
    october = [dt.date(year, 10, 1) for year in range(wished.year - 1, wished.year + 2)]
    possible = [day for day in october if earliest <= day <= as_of]
    nearest = min(possible, key=lambda day: abs((day - wished).days), default=None)
    usual = draws.chance(0.7)
    if usual and nearest is not None and abs((nearest - wished).days) < 200:
        return nearest
    return min(max(wished, earliest), as_of)


def _left_us(traits: Traits, as_of: dt.date) -> dt.date | None:
    if traits.open_permit_months is None:
        return None
    return years_before(as_of, traits.open_permit_months / 12) - dt.timedelta(days=21)


def _with_canada(
    spells: list[Spell], arrived: dt.date, months: float, earliest: dt.date, first_day: dt.date
) -> tuple[list[Spell], dt.date]:
    """A spell of work in Canada just before the H-1B, in place of what was there; and when the US follows."""
    start = max(years_before(first_day, months / 12), earliest)
    before = start - dt.timedelta(days=15)
    end = first_day - dt.timedelta(days=15)
    if (end - start).days < 150:
        return spells, arrived
    cut = [(country, since, min(until, before) if until else before) for country, since, until in spells]
    kept: list[Spell] = [(country, since, until) for country, since, until in cut if until > since]
    if arrived < start - dt.timedelta(days=90):
        kept.append(("US", arrived, before))
    return [*kept, ("CA", start, end)], first_day


def _jobs(
    traits: Traits,
    spell: Spell,
    draws: Draws,
    statistics: Mapping[str, Any],
    as_of: dt.date,
) -> list[Worked]:
    """A spell of work in one country as jobs, one after the other; the last one is in the occupation itself."""
    country, start, until = spell
    found: list[Worked] = []
    while True:
        years = draws.between(statistics["h1b"]["years_with_employer"])
        ends = start + dt.timedelta(days=round(years * DAYS_A_YEAR))
        group = _earlier_group(traits.noc, draws, statistics["occupation"])
        if ends + dt.timedelta(days=200) > (until or as_of):
            return [*found, Worked(traits.noc, country, start, until)]
        found.append(Worked(group, country, start, ends))
        start = ends + dt.timedelta(days=21)


def _earlier_group(noc: str, draws: Draws, occupation: Mapping[str, Any]) -> str:
    near = {group: entry for group, entry in occupation["groups"].items() if group[:4] == noc[:4]}
    differs, other = draws.chance(occupation["earlier_job_differs"]), draws.of_weights(near)
    return str(other) if differs else noc
