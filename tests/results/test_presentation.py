"""The page says where a person stands, keeps eligible and invited apart, and tells each thing once."""

from typing import Any

import pytest

from eligibility.engine.assessment import ProgramFact, ProgramResult
from eligibility.results.dates import Dates
from eligibility.results.presentation import Page, present
from tests.results import cast


def page(*programs: ProgramResult, **changes: Any) -> Page:
    return present(cast.profile(), cast.assessment(programs=programs, **changes), Dates(cast.TODAY))


OPEN = cast.program("fsw")
NEAR = cast.program("cec", cast.MISSED_WORK)
WAITING = cast.program("gts", cast.UNKNOWN_FUNDS)
FAR = cast.program("fst", cast.MISSED_WORK, cast.MISSED_WORK)


@pytest.mark.parametrize(
    ("programs", "headline"),
    [
        ([OPEN], "One door is open to you today."),
        ([OPEN, cast.program("b"), NEAR], "Two doors are open to you today."),
        ([WAITING, FAR], "One door depends on an answer you have not given yet."),
        ([NEAR, FAR], "No door is open to you today, and you are one step away from one."),
        (
            [NEAR, cast.program("b", cast.MISSED_WORK)],
            "No door is open to you today, and you are one step away from each of two.",
        ),
        ([FAR], "No door we know of is open to you today."),
        ([], "No door we know of is open to you today."),
    ],
)
def test_the_headline_says_where_they_stand(programs, headline) -> None:
    assert page(*programs).headline == headline


@pytest.mark.parametrize("status", ["closed", "paused", "cap_reached", "announced"])
def test_a_closed_program_is_never_counted_as_open(status) -> None:
    shown = page(cast.program("a", intake=cast.intake(status)))
    assert shown.headline == "No door we know of is open to you today."
    assert shown.open_doors == ()


def test_a_program_whose_intake_is_not_known_is_not_counted_as_open() -> None:
    assert page(cast.program("a", intake=None)).open_doors == ()


def test_a_category_of_rounds_is_not_a_door_of_its_own() -> None:
    shown = page(OPEN, cast.program("category-french", category="ee_category"))
    assert shown.headline == "One door is open to you today."
    assert len(shown.groups[0].doors) == 2


def test_the_summary_says_what_a_person_must_confirm_and_what_is_near() -> None:
    shown = page(cast.program("fsw", cast.finding(), cast.A_PERSON), NEAR, WAITING)
    assert shown.summary == (
        "A person must still confirm what we cannot check.",
        "One more is one step away.",
        "One waits for an answer from you.",
    )


def test_whether_anyone_was_invited_is_a_fact_of_its_own() -> None:
    (invited,) = page(cast.program("fsw", outlook=cast.NO_ROUND)).invited
    assert invited.word == "Unlikely as things stand"
    assert "No round since 2024-04-23" in invited.outlook.text


def test_an_outlook_that_programs_share_is_told_once() -> None:
    first = cast.program("fsw", name="First", outlook=cast.NO_ROUND)
    second = cast.program("fst", name="Second", outlook=cast.NO_ROUND)
    assert [one.concerns for one in page(first, second).invited] == ["First and Second"]


def test_without_an_open_door_one_outlook_is_told_and_the_others_are_folded() -> None:
    first = cast.program("fsw", cast.UNKNOWN_FUNDS, outlook=cast.NO_ROUND)
    second = cast.program("cec", cast.UNKNOWN_FUNDS, outlook=cast.outlook("with_effort"))
    shown = page(first, second)
    assert [one.word for one in shown.invited] == ["Unlikely as things stand"]
    assert [one.word for one in shown.invited_further] == ["Possible, with effort"]


def test_a_notice_about_the_crs_stands_beside_the_crs_and_in_the_list() -> None:
    shown = page(OPEN, notices=(cast.NOTICE,))
    assert shown.crs is not None
    assert shown.fsw is not None
    assert (shown.crs.notices, shown.fsw.notices, shown.notices) == ((cast.NOTICE,), (), (cast.NOTICE,))


def test_other_scores_stand_apart() -> None:
    other = cast.fsw67(name="SIRS", maximum=200, pass_mark=None)
    shown = page(scores={"crs": cast.crs(), "sirs": other})
    assert shown.fsw is None
    assert [view.score.name for view in shown.others] == ["SIRS"]


def test_what_family_may_get_is_told_once_with_the_programs_it_concerns() -> None:
    family = ProgramFact("family_partner", "Your partner may come.", None, cast.citation())
    first = cast.program("a", name="First", facts=(family,))
    second = cast.program("b", name="Second", facts=(family,))
    assert [(told.text, told.concerns) for told in page(first, second).family] == [
        ("Your partner may come.", "First and Second")
    ]


def test_cautions_and_low_confidence_are_listed_to_be_checked() -> None:
    doubtful = cast.finding(citation=cast.citation(confidence="single", caution="Ask the employer."))
    told = page(cast.program("fsw", doubtful)).checks
    assert [one.text for one in told] == ["Found in one source only. Ask the employer."]


def test_what_is_far_away_adds_nothing_to_the_lists() -> None:
    doubtful = cast.citation(confidence="memory")
    far = cast.program("a", cast.MISSED_WORK, cast.MISSED_WORK, facts=(ProgramFact("fee", "x", 1, doubtful),))
    assert page(far).checks == ()
    assert page(far).next_steps == ()


STUDY = cast.program("study", category="work_permit", leads_to="study_permit")
VISIT = cast.program("visit", category="work_permit", leads_to="visit")


@pytest.mark.parametrize(
    ("programs", "headline"),
    [
        ([OPEN, STUDY], "One door is open to you today, and one way to stay as a student or visitor."),
        (
            [OPEN, cast.program("b"), STUDY, VISIT],
            "Two doors are open to you today, and two ways to stay as a student or visitor.",
        ),
        (
            [STUDY, NEAR],
            "No door to work or to settle is open to you today, and you are one step away from one.",
        ),
        ([STUDY, FAR], "No door to work or to settle that we know of is open to you today."),
    ],
)
def test_a_way_to_stay_for_a_time_is_counted_apart(programs, headline) -> None:
    assert page(*programs).headline == headline


def test_a_way_to_stay_is_told_where_nothing_else_is_open() -> None:
    shown = page(STUDY, NEAR)
    assert shown.summary == ("One way to stay as a student or visitor is open.",)
    assert (shown.open_doors, [door.program.id for door in shown.open_stays]) == ((), ["study"])


@pytest.mark.parametrize(
    ("answers", "premise"),
    [
        ({"residence": "US"}, ""),
        ({"h1b": {"lives_in_us": True}}, ""),
        ({}, "You have not told us where you live."),
        ({"residence": "IN"}, "From where you live it may be otherwise."),
    ],
)
def test_of_whom_an_outlook_speaks_is_said_where_it_may_be_someone_else(answers, premise) -> None:
    shown = present(cast.profile(**answers), cast.assessment(programs=(OPEN,)), Dates(cast.TODAY)).premise
    assert shown.endswith(premise)
    assert bool(shown) is bool(premise)


def test_the_lists_speak_of_the_nearest_doors_and_of_all_near_ones_where_everything_is_told() -> None:
    first, second = cast.step("First."), cast.step("Second.")
    programs = (cast.program("a", next_steps=(first,)), cast.program("b", cast.MISSED_WORK, next_steps=(second,)))
    told = cast.assessment(programs=programs)
    assert present(cast.profile(), told, Dates(cast.TODAY)).next_steps == (first,)
    assert present(cast.profile(), told, Dates(cast.TODAY), everything=True).next_steps == (first, second)
