"""The people around someone: a partner with a life of their own, children of plausible ages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eligibility.demo.population.draws import Draws
from eligibility.demo.population.language import english
from eligibility.demo.population.life import Life, years_before
from eligibility.demo.population.traits import Traits

_PARTNER_AGE = (-4.0, 4.0)
_YOUNGEST_PARTNER = 23.0
_PARTNER_DONE_AT = 22.5
_SHORTEST_TIME_SINCE = 0.5
_BETWEEN_CHILDREN = (1.6, 4.0)


@dataclass(frozen=True, slots=True)
class Household:
    """Whoever belongs to the family, in the form of a profile."""

    marital_status: str
    partner: dict[str, Any] | None
    children: list[dict[str, Any]]

    @property
    def size(self) -> int:
        """How many they are together."""
        return 1 + (self.partner is not None) + len(self.children)


def household(traits: Traits, life: Life, draws: Draws, statistics: Mapping[str, Any], as_of: dt.date) -> Household:
    """The family of a person."""
    if traits.family == "single":
        return Household(traits.marriage, None, [])
    family = statistics["family"]
    partner = _partner(traits, draws, statistics, as_of)
    born = _children(traits, life, draws, family, as_of) if traits.family == "children" else []
    return Household(traits.marriage, partner, [{"birth_date": day.isoformat()} for day in born])


def _children(traits: Traits, life: Life, draws: Draws, family: Mapping[str, Any], as_of: dt.date) -> list[dt.date]:
    """Their birth dates, the eldest first; none where there was no time for one yet."""
    since = life.studies[-1].completed + dt.timedelta(days=round(365.25 * family["first_child_after"]))
    window = (as_of - since).days / 365.25
    if window < 0.5:
        return []
    days = [years_before(as_of, draws.between((0.1, min(window, 9.0))))]
    while len(days) < traits.children:
        later = days[-1] + dt.timedelta(days=round(365.25 * draws.between(_BETWEEN_CHILDREN)))
        days.append(later)
    shift = max(dt.timedelta(0), days[-1] - as_of + dt.timedelta(days=40))
    moved = [day - shift for day in days]
    return [day for day in moved if day >= since] or moved[-1:]


def _partner(traits: Traits, draws: Draws, statistics: Mapping[str, Any], as_of: dt.date) -> dict[str, Any]:
    family = statistics["family"]
    age = max(_YOUNGEST_PARTNER, traits.age + draws.between(_PARTNER_AGE))
    born = years_before(as_of, age)
    degree = draws.of_weights(family["partner_degree"])
    done_at = {"secondary": 18.0, "bachelors": 22.0, "masters": 24.0, "doctorate": 29.0}[degree]
    if done_at > age - _SHORTEST_TIME_SINCE:
        degree, done_at = "bachelors", 22.0
    completed = years_before(as_of, age - done_at)
    works, since = draws.chance(family["partner_works"]), draws.between((0.3, 5.0))
    noc, country = draws.of_weights(statistics["occupation"]["groups"]), draws.chance(0.5)
    start = max(years_before(as_of, since), completed + dt.timedelta(days=60))
    job = {
        "noc": noc,
        "country": "US" if country else traits.country,
        "start": start.isoformat(),
        "end": None if country else (start + (as_of - start) * 0.6).isoformat(),
        "hours_per_week": 40,
        "self_employed": False,
        "student": False,
        "authorized": True,
        "paid": True,
    }
    tests = english(traits, draws, statistics, as_of, plain=True)
    has_test = draws.chance(family["partner_has_test"])
    return {
        "accompanying": draws.chance(family["partner_comes_along"]),
        "canadian_citizen_or_pr": draws.chance(family["partner_is_canadian"]),
        "birth_date": born.isoformat(),
        "education": [{"level": degree, "country": traits.country, "completed": completed.isoformat(), "eca": False}],
        "language_tests": tests if has_test else [],
        "work": [job] if works else [],
        "canada": {"present": False, "status": "none"},
        "job_offer": False,
    }
