"""What to do first: the days that press, then the nearest door."""

import datetime as dt
from typing import Any

import pytest

from eligibility.results.dates import Dates, dates
from eligibility.results.doors import groups
from eligibility.results.firsts import MOST, FirstStep, days_left, first_steps
from programs.rulebook import Rulebook
from tests.results import cast

LAID_OFF = {"status": "laid_off", "last_day_worked": "2026-10-12"}
A_TEST = {"test": "celpip_g", "listening": 9, "reading": 9, "writing": 9, "speaking": 9}


@pytest.fixture
def rulebook(seeded: Rulebook) -> Rulebook:
    return seeded


def steps(rulebook: Rulebook, *programs: Any, **answers: Any) -> tuple[FirstStep, ...]:
    profile = cast.profile(**answers)
    found = groups(programs)
    return first_steps(profile, found, dates(profile, rulebook), "en")


def test_the_sixtieth_day_after_a_layoff_comes_first(rulebook) -> None:
    step = steps(rulebook, cast.program(), h1b=LAID_OFF)[0]
    assert (step.by, step.days_left, step.is_urgent) == (dt.date(2026, 12, 11), "20 days left", True)
    assert step.options
    assert step.link is not None


def test_an_authorized_stay_that_ends_sooner_ends_the_grace(rulebook) -> None:
    step = steps(rulebook, h1b={**LAID_OFF, "i94_expires": "2026-11-30"})[0]
    assert step.by == dt.date(2026, 11, 30)


def test_without_the_last_day_of_work_it_asks_for_it(rulebook) -> None:
    step = steps(rulebook, h1b={"status": "laid_off"})[0]
    assert step.by is None
    assert [question.page for question in step.questions] == ["h1b-dates"]


def test_a_grace_that_is_over_sends_to_a_lawyer(rulebook) -> None:
    step = steps(rulebook, h1b={"status": "laid_off", "last_day_worked": "2026-07-01"})[0]
    assert step.title == "Speak to a US immigration lawyer today"
    assert step.days_left == "this day has passed"


def test_someone_employed_with_years_left_has_no_urgent_step(rulebook) -> None:
    found = steps(rulebook, cast.program(), h1b={"status": "employed", "i94_expires": "2028-11-21"})
    assert not any(step.is_urgent for step in found)


def test_a_stay_that_ends_soon_is_told(rulebook) -> None:
    assert steps(rulebook, h1b={"status": "max_out", "i94_expires": "2027-01-10"})[0].days_left == "50 days left"


@pytest.mark.parametrize(
    ("taken", "title"),
    [
        ("2024-11-21", "Take a new language test"),
        ("2024-11-22", "Book a new language test"),
        ("2025-03-21", "Book a new language test"),
        ("2025-03-22", None),
    ],
)
def test_language_results_that_lapse_are_told(rulebook, taken, title) -> None:
    found = [step.title for step in steps(rulebook, language_tests=[{**A_TEST, "date": taken}])]
    assert found == ([title] if title else [])


def test_the_day_after_a_leap_day_result_is_its_last_anniversary(rulebook) -> None:
    profile = cast.profile(language_tests=[{**A_TEST, "date": "2024-02-29"}])
    assert dates(profile, rulebook).results_lapse == dt.date(2026, 3, 1)


def test_an_estimate_is_not_a_result(rulebook) -> None:
    found = steps(rulebook, language_tests=[{**A_TEST, "date": "2026-11-21", "estimated": True}])
    assert [step.title for step in found] == ["Book an approved language test"]


def test_an_open_door_is_where_to_begin(rulebook) -> None:
    step = steps(rulebook, cast.program("fsw", cast.finding(), cast.A_PERSON))[0]
    assert step.title == "Begin with: Federal Skilled Worker Program"
    assert "inadmissible" in step.text
    assert step.link is not None
    assert step.link.program == "fsw"


def test_without_one_the_missing_step_is_named(rulebook) -> None:
    step = steps(rulebook, cast.program("cec", cast.MISSED_WORK))[0]
    assert step.title.startswith("Look at the one thing missing for")
    assert "12 months short" in step.text


def test_answers_that_decide_most_are_asked_for(rulebook) -> None:
    (step,) = steps(rulebook, cast.program("a", cast.UNKNOWN_FUNDS))
    assert [question.name for question in step.questions] == ["the money you could bring"]


def test_where_the_open_door_is_poor_it_names_what_would_change_that(rulebook) -> None:
    poor = cast.program("fsw", outlook=cast.NO_ROUND)
    better = cast.program("gts", cast.MISSED_WORK, name="Global Talent Stream", outlook=cast.outlook("with_effort"))
    assert [step.title for step in steps(rulebook, poor, better)] == [
        "Begin with: Federal Skilled Worker Program",
        "Work towards: Global Talent Stream",
    ]
    good = cast.program("cec", outlook=cast.outlook("yes"))
    assert len(steps(rulebook, good, better)) == 1


def test_no_more_than_a_first_screen_holds(rulebook) -> None:
    tests = [{**A_TEST, "date": "2026-11-21", "estimated": True}]
    better = cast.program("gts", cast.MISSED_WORK, outlook=cast.outlook("with_effort"))
    found = steps(
        rulebook, cast.program(), better, cast.program("x", cast.UNKNOWN_FUNDS), h1b=LAID_OFF, language_tests=tests
    )
    assert len(found) == MOST


def test_nothing_known_of_the_person_gives_no_dates(rulebook) -> None:
    assert dates(cast.profile(), rulebook) == Dates(today=cast.TODAY)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (dt.date(2026, 11, 20), "this day has passed"),
        (dt.date(2026, 11, 21), "today is the last day"),
        (dt.date(2026, 11, 22), "1 day left"),
        (dt.date(2026, 12, 1), "10 days left"),
    ],
)
def test_days_left_in_words(until, words) -> None:
    assert days_left(until, cast.TODAY) == words


def test_a_way_to_stay_for_a_time_is_not_where_to_begin() -> None:
    stay = cast.program("study", leads_to="study_permit", name="Study permit")
    profile = cast.profile()
    found = first_steps(profile, groups([stay, cast.program("cec", cast.MISSED_WORK)]), Dates(cast.TODAY), "en")
    assert [(one.title, one.link.program if one.link else "") for one in found] == [
        ("Look at the one thing missing for: Federal Skilled Worker Program", "cec"),
        ("Know your way to stay for a time: Study permit", "study"),
    ]


def test_who_has_an_express_entry_profile_is_not_told_to_begin() -> None:
    profile = cast.profile(express_entry_profile=True)
    (step,) = first_steps(profile, groups([cast.program("fsw")]), Dates(cast.TODAY), "en")
    assert step.title == "Keep your Express Entry profile up to date: it counts for Federal Skilled Worker Program"


def test_of_open_doors_the_one_with_the_best_chances_is_where_to_begin() -> None:
    poor = cast.program("fsw", outlook=cast.NO_ROUND)
    better = cast.program("aip", category="regional", name="Atlantic", outlook=cast.outlook("with_effort"))
    step, *_ = first_steps(cast.profile(), groups([poor, better]), Dates(cast.TODAY), "en")
    assert step.title == "Begin with: Atlantic"
