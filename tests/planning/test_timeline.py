"""The timeline against evaluating every single day."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from eligibility.engine import Assessment, assess
from eligibility.planning import timeline
from eligibility.planning.timeline import Timeline
from eligibility.profile import read_profile
from eligibility.profile.model import Profile
from programs.rulebook import ABILITIES, Rulebook
from tests.profiles import AS_OF, JOB_OFFER, WORKING_IN_CANADA, asha, complete_profiles

DAYS = 1100
UNTIL = AS_OF + dt.timedelta(days=DAYS)
GRIDS = ("crs", "fsw67")
PROGRAMS = ("fsw", "cec", "fst")

# Works in Canada beside a job abroad that ended, with a partner, results and a permit that lapse one after the other.
SETTLING = asha(
    birth_date="1992-02-29",
    education=[
        {"level": "bachelors", "country": "IN", "completed": "2014-05-30", "eca": True, "eca_date": "2022-08-31"},
        {"level": "one_year", "country": "CA", "completed": "2026-04-30", "canadian_study_years": 1},
    ],
    work=[
        {**asha()["work"][0], "start": "2017-03-31", "end": "2025-08-30"},
        {**asha()["work"][0], "country": "CA", "province": "ON", "start": "2026-05-31", "hours_per_week": 24},
        {**asha()["work"][0], "noc": "20012", "country": "CA", "province": "ON", "start": "2026-08-31"},
    ],
    canada={**WORKING_IN_CANADA, "permit_expires": "2028-01-31"},
    job_offer={**JOB_OFFER, "works_there_now": True, "months_in_this_job": 3},
    marital_status="married",
    partner={
        "accompanying": True,
        "canadian_citizen_or_pr": False,
        "birth_date": "1993-12-31",
        "education": [{"level": "masters", "country": "IN", "completed": "2016-06-01", "eca": True}],
        "language_tests": [{"test": "clb", "language": "en", "date": "2026-02-28", **dict.fromkeys(ABILITIES, 7)}],
        "work": [],
    },
)


def on(profile: Profile, day: dt.date) -> Profile:
    return profile.model_copy(update={"as_of": day})


def told_on(found: Timeline, day: dt.date) -> tuple[dict[str, tuple[int, int]], dict[str, str | None]]:
    """What a timeline says of a day."""
    scores = {grid: step.range for grid in GRIDS for step in found.scores[grid] if step.first <= day <= step.last}
    verdicts = {key: span.verdict for key in PROGRAMS for span in found.programs[key] if span.first <= day <= span.last}
    return scores, verdicts


def evaluated(assessment: Assessment) -> tuple[dict[str, tuple[int, int]], dict[str, str | None]]:
    """What evaluating says of a day."""
    return (
        {grid: assessment.scores[grid].range for grid in GRIDS},
        {key: assessment.program(key).verdict for key in PROGRAMS},
    )


def compare_every_day(person: dict[str, Any], rulebook: Rulebook) -> Timeline:
    profile = read_profile(person)
    found = timeline(profile, rulebook, AS_OF, UNTIL)
    for number in range(DAYS + 1):
        day = AS_OF + dt.timedelta(days=number)
        one = assess(on(profile, day), rulebook.on(day), programs=PROGRAMS, grids=GRIDS)
        assert told_on(found, day) == evaluated(one), day
    return found


@pytest.mark.parametrize("person", [asha(), SETTLING], ids=["asha", "settling"])
def test_the_steps_are_those_of_evaluating_every_single_day(rulebook: Rulebook, person: dict[str, Any]) -> None:
    found = compare_every_day(person, rulebook)
    assert len(found.looked_at) < DAYS / 5


@settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(complete_profiles())
def test_the_same_holds_for_people_made_up(rulebook: Rulebook, person: dict[str, Any]) -> None:
    compare_every_day(person, rulebook)


def test_what_happens_is_told_with_what_it_costs(rulebook: Rulebook) -> None:
    found = timeline(read_profile(asha()), rulebook, AS_OF, UNTIL)
    events = {(event.kind, event.about, event.day.isoformat()): event for event in found.events}
    thirty = events["birthday", "birth_date", "2027-05-17"]
    assert thirty.detail == {"age": 30}
    assert thirty.scores["crs"] < 0
    lapse = events["language_result_lapses", "language_tests[0]", "2028-03-01"]
    assert lapse.verdicts["fsw"] == ("likely", "not_eligible")
    assert ("date", "h1b.expires", "2027-09-30") in events
    best = found.best("crs")
    assert (best[0].first, best[0].last) == (AS_OF, dt.date(2027, 5, 16))
    assert found.cost_of_waiting("crs")[0] == (dt.date(2027, 5, 17), thirty.scores["crs"])
    assert found.as_json()["waiting_costs"]["crs"][0]["on"] == "2027-05-17"


def test_steps_and_spans_cover_every_day_once(rulebook: Rulebook) -> None:
    found = timeline(read_profile(SETTLING), rulebook, AS_OF, UNTIL)
    for spans in (found.scores["crs"], *found.programs.values()):
        assert (spans[0].first, spans[-1].last) == (AS_OF, UNTIL)
        assert all(after.first == before.last + dt.timedelta(days=1) for before, after in pairwise(spans))


def test_a_timeline_does_not_reach_into_the_past(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    with pytest.raises(ValueError, match="profile's day"):
        timeline(profile, rulebook, dt.date(2026, 1, 1), UNTIL)
    with pytest.raises(ValueError, match="ends after it begins"):
        timeline(profile, rulebook, AS_OF, dt.date(2026, 1, 1))
