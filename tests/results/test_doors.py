"""Programs find their place by verdict and intake, and each says in words what decides it."""

import pytest

from eligibility.engine.assessment import ProgramResult
from eligibility.results.doors import LONG, door, group_of, groups
from eligibility.results.person import Person
from eligibility.results.reasons import Reasons, reasons
from tests.results import cast


def told(program: ProgramResult, person: Person | None = None) -> Reasons:
    """The reasons behind the door of a program."""
    return reasons(door(program), cast.assessment(), person or Person())


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (cast.program("a"), "open"),
        (cast.program("a", cast.finding(), cast.A_PERSON), "open"),
        (cast.program("a", intake=None), "unsure"),
        (cast.program("a", cast.UNKNOWN_FUNDS), "need_answer"),
        (cast.program("a", cast.MISSED_WORK), "one_step"),
        (cast.program("a", cast.MISSED_WORK, cast.A_PERSON), "one_step"),
        (cast.program("a", cast.MISSED_WORK, cast.UNKNOWN_FUNDS), "not_now"),
        (cast.program("a", cast.MISSED_WORK, cast.MISSED_WORK), "not_now"),
        (cast.program("a", verdict=None), "unchecked"),
    ],
)
def test_verdict_and_missed_requirements_place_a_program(program: ProgramResult, expected: str) -> None:
    assert group_of(program) == expected


@pytest.mark.parametrize("status", ["paused", "closed", "cap_reached", "announced"])
@pytest.mark.parametrize("requirement", [cast.finding(), cast.MISSED_WORK, cast.UNKNOWN_FUNDS])
def test_a_program_that_takes_nobody_goes_by_its_intake_whatever_the_verdict(status, requirement) -> None:
    program = cast.program("a", requirement, intake=cast.intake(status))
    assert group_of(program) == "closed"


def test_a_closed_program_still_tells_its_verdict_beside_the_intake() -> None:
    shown = door(cast.program("a", intake=cast.intake("cap_reached")))
    assert (shown.mark.shape, shown.intake.shape) == ("eligible", "intake_closed")
    assert shown.intake.word == "Full since 1 January 2015"


def test_likely_is_said_in_words() -> None:
    shown = door(cast.program("a", cast.finding(), cast.A_PERSON))
    assert shown.mark.word == "Likely – a person must confirm the rest"
    assert shown.deciding == "You meet 1 of 2 requirements. One is for a person to confirm."


def test_a_missed_requirement_says_by_how_much() -> None:
    shown = door(cast.program("a", cast.MISSED_WORK))
    assert shown.deciding.endswith("in the last three years. 12 months short.")


def test_further_misses_are_counted() -> None:
    shown = door(cast.program("a", cast.MISSED_WORK, cast.MISSED_WORK, cast.MISSED_WORK))
    assert shown.deciding.endswith("2 more are missed.")


def test_an_undecided_program_names_the_answers_that_decide_it() -> None:
    shown = door(cast.program("a", cast.UNKNOWN_FUNDS))
    assert shown.deciding == "To tell, we need the money you could bring."
    assert [question.page for question in told(cast.program("a", cast.UNKNOWN_FUNDS)).rows[0].questions] == ["money"]


def test_what_is_missed_stands_before_what_is_met() -> None:
    program = cast.program("a", cast.finding(), cast.A_PERSON, cast.UNKNOWN_FUNDS, cast.MISSED_WORK)
    shown = told(program)
    assert [row.state for row in shown.rows] == ["missed", "answer", "confirm", "met"]


def test_a_requirement_with_one_comparison_is_not_taken_apart() -> None:
    shown = told(cast.program("a"))
    assert shown.rows[0].routes == ()


def test_of_a_requirement_that_is_met_only_the_way_it_is_met_is_shown() -> None:
    met, missed = cast.finding().routes[0], cast.MISSED_WORK.routes[0]
    shown = told(cast.program("a", cast.finding(routes=(missed, met))))
    assert shown.rows[0].routes == ()
    shown = told(cast.program("a", cast.finding(met=False, routes=(missed, missed))))
    assert len(shown.rows[0].routes) == 2


def test_empty_groups_are_left_out_and_far_ones_are_folded() -> None:
    found = groups(cast.ashas_programs())
    assert [(group.key, group.is_near) for group in found] == [
        ("open", True),
        ("one_step", True),
        ("need_answer", True),
        ("not_now", False),
        ("closed", False),
    ]


def test_every_program_stands_in_exactly_one_group() -> None:
    found = groups(cast.ashas_programs())
    shown = [door.program.id for group in found for door in group.doors]
    assert sorted(shown) == sorted(program.id for program in cast.ashas_programs())


def test_a_long_group_folds_its_long_categories() -> None:
    programs = [cast.program(f"stream-{n}", category="pnp_stream") for n in range(LONG)]
    (group,) = groups([*programs, cast.program("fsw")])
    assert [(section.title, section.folded) for section in group.sections] == [
        ("Express Entry programs", False),
        ("Provincial nomination", True),
    ]


def test_the_likelier_door_comes_first() -> None:
    hopeful = cast.program("b", name="B", outlook=cast.outlook("with_effort"))
    (group,) = groups([cast.program("a", name="A", outlook=cast.NO_ROUND), hopeful])
    assert [door.program.id for door in group.doors] == ["b", "a"]


def test_facts_stand_under_the_headings_people_look_for() -> None:
    shown = told(cast.ashas_programs()[0])
    assert [topic.title for topic in shown.topics] == ["What it costs", "What your family may get"]


def test_ways_to_stay_for_a_time_stand_last_and_apart() -> None:
    study = cast.program("study", category="work_permit", leads_to="study_permit", outlook=cast.outlook("yes"))
    (group,) = groups([study, cast.program("gts", category="work_permit", leads_to="work_permit")])
    assert [(section.title, [one.program.id for one in section.doors]) for section in group.sections] == [
        ("Work permits", ["gts"]),
        ("Ways to stay as a student or visitor", ["study"]),
    ]


@pytest.mark.parametrize(
    ("program", "brief"),
    [
        (cast.program("a", cast.MISSED_WORK, cast.MISSED_WORK), "2 requirements missed"),
        (cast.program("a", cast.MISSED_WORK, cast.UNKNOWN_FUNDS), "1 requirement missed"),
        (cast.program("a", cast.MISSED_WORK, intake=cast.intake("paused")), "Paused since 1 January 2015"),
        (cast.program("a", intake=cast.intake("closed")), "Closed since 1 January 2015; you would meet its rules"),
        (cast.program("a", verdict=None), ""),
        (cast.program("a", verdict=None, intake=None), "Whether it takes applications is not known here"),
    ],
)
def test_a_far_door_says_why_in_a_few_words(program: ProgramResult, brief: str) -> None:
    assert door(program).brief == brief


def test_facts_about_family_that_one_does_not_have_are_left_out() -> None:
    program = cast.ashas_programs()[0]
    assert [topic.title for topic in told(program, Person(may_have_partner=False)).topics] == ["What it costs"]


def test_next_steps_that_are_done_are_left_out() -> None:
    test, profile = cast.step("Take a test.", "language_results"), cast.step("Make a profile.", "express_entry_profile")
    shown = told(cast.program("a", next_steps=(test, profile)), Person(done=frozenset({"language_results"})))
    assert shown.next_steps == (profile,)
