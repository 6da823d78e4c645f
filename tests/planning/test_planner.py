"""Plans: exact, smallest, and no more than evaluating the changed profile again."""

import datetime as dt
import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.people import people
from eligibility.engine import assess
from eligibility.engine.fulfilled import FULFILLED
from eligibility.facts import Facts
from eligibility.planning import GoalError, compare, plan, read_goal, swap
from eligibility.planning.changes import changed
from eligibility.planning.combined import goes_first
from eligibility.planning.goals import Goal
from eligibility.planning.nearest import nearest
from eligibility.planning.offered import levers_of, options_for
from eligibility.planning.options import Option, day_done
from eligibility.planning.search import MOST_TOGETHER, Search, asks_no_more
from eligibility.planning.swap import OWN, can_swap
from eligibility.profile import read_profile
from eligibility.profile.model import Partner, Profile
from programs.packs.schema import Grid, Levers
from programs.rulebook import Rulebook
from tests.profiles import asha, complete_profiles

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
# So few levers that every combination can be tried: of the person, of a partner, of time, and of who applies.
TRIED = (
    "english-clb-9",
    "french-nclc-7",
    "eca",
    "canadian-work-12",
    "nomination",
    "partner-stays",
    "swap",
    "wait-6",
    "wait-12",
    "job-offer",
    "settlement-funds",
)


def family_free(chosen: Sequence[Option]) -> bool:
    """Whether no two of these exclude each other."""
    return len({option.lever.family for option in chosen}) == len(chosen)


def reaches(profile: Profile, rulebook: Rulebook, goal: str, before: Profile) -> bool:
    """Whether a profile reaches a goal, asked of the whole rulebook; `before` is the person as they are."""
    kind, _, rest = goal.partition(":")
    book = rulebook.on(profile.as_of)
    if kind == "door":
        closed = {one.id for one in assess(before, rulebook.on(before.as_of)).programs if one.verdict not in FULFILLED}
        return any(one.verdict in FULFILLED and one.id in closed for one in assess(profile, book).programs)
    if kind == "round":
        return within_a_round(profile, rulebook, before.as_of)
    if kind == "program":
        return any(one.verdict in FULFILLED for one in assess(profile, book, programs=(rest,)).programs)
    return assess(profile, book, grids=(kind,), scores_only=True).scores[kind].total >= int(rest)


def within_a_round(profile: Profile, rulebook: Rulebook, known_on: dt.date) -> bool:
    """Whether somebody reaches the last cut-off, known on a day, of a kind of round that they can be in."""
    told = assess(profile, rulebook.on(profile.as_of))
    verdicts = {one.id: one.verdict for one in told.programs}
    last = {one.kind: one for one in rulebook.rounds if dt.timedelta() <= known_on - one.date < dt.timedelta(days=365)}
    nominated = bool(profile.nomination and profile.nomination.express_entry)
    return any(
        (nominated or not one.includes_nomination_points)
        and any(verdicts.get(key) in FULFILLED for key in ("fsw", "fst", "cec"))
        and (one.program is None or one.includes_nomination_points or verdicts.get(one.program) in FULFILLED)
        and one.date >= told.scores["crs"].effective_from
        and (one.cutoff or 0) <= told.scores["crs"].total
        for one in last.values()
    )


def smallest_by_trying(
    profile: Profile, rulebook: Rulebook, goal: str, options: Sequence[Option]
) -> set[frozenset[str]]:
    """The smallest sets that reach a goal, found by trying every combination."""

    def does(chosen: Sequence[Option], done: dt.date) -> bool:
        return all(reaches(changed(profile, chosen, rulebook, on=day), rulebook, goal, profile) for day in (None, done))

    def only_takes_time(option: Option, chosen: Sequence[Option], done: dt.date) -> bool:
        """Whether the others do as much, if they are held against the day on which this one is done, too."""
        return not goes_first(option) and does([other for other in chosen if other != option], done)

    reaching = [
        chosen
        for size in range(MOST_TOGETHER + 1)
        for chosen in combinations(options, size)
        if family_free(chosen) and does(chosen, day_done(chosen, profile.as_of))
    ]
    reaching = [
        chosen
        for chosen in reaching
        if not any(only_takes_time(option, chosen, day_done(chosen, profile.as_of)) for option in chosen)
    ]
    return {
        frozenset(option.id for option in chosen)
        for chosen in reaching
        if not any(other != chosen and asks_no_more(other, chosen) for other in reaching)
    }


def few_options(profile: Profile, rulebook: Rulebook) -> tuple[Option, ...]:
    levers = [lever for lever in levers_of(rulebook) if lever.id in TRIED]
    return options_for(profile, rulebook, levers)


def found_by_search(profile: Profile, rulebook: Rulebook, written: str, options: Any) -> set[frozenset[str]]:
    goal: Goal = read_goal(written, profile, rulebook)
    search = Search(profile, rulebook, goal, options)
    return {frozenset(option.id for option in chosen) for chosen in search.smallest_sets()}


@FEW
@given(person=complete_profiles(), more=st.integers(1, 160))
def test_no_set_is_missed_and_none_is_larger_than_it_need_be(
    rulebook: Rulebook, person: dict[str, Any], more: int
) -> None:
    profile = read_profile(person)
    options = few_options(profile, rulebook)
    now = assess(profile, rulebook.on(profile.as_of), grids=("crs",), scores_only=True).scores["crs"].total
    goal = f"crs:{now + more}"
    assert found_by_search(profile, rulebook, goal, options) == smallest_by_trying(profile, rulebook, goal, options)


@settings(FEW, max_examples=4)
@given(person=complete_profiles(), program=st.sampled_from(["fsw", "cec", "category-french"]))
def test_programs_are_searched_as_exactly(rulebook: Rulebook, person: dict[str, Any], program: str) -> None:
    profile = read_profile(person)
    wanted = {"english-clb-9", "french-nclc-7", "eca", "canadian-work-12", "settlement-funds", "job-offer", "wait-12"}
    levers = [lever for lever in levers_of(rulebook) if lever.id in wanted]
    options = [option for option in options_for(profile, rulebook, levers) if option.province in (None, "ON")]
    goal = f"program:{program}"
    assert found_by_search(profile, rulebook, goal, options) == smallest_by_trying(profile, rulebook, goal, options)


@pytest.mark.parametrize(
    ("goal", "wanted"),
    [
        ("round", {"english-clb-7", "french-nclc-7", "eca", "settlement-funds", "swap", "express-entry-profile"}),
        ("door", {"english-writing-up", "eca", "canadian-work-12", "settlement-funds", "swap"}),
        ("program:fsw", {"partner-english-clb-7", "settlement-funds", "canadian-work-12", "swap", "partner-stays"}),
    ],
)
def test_rounds_doors_and_the_partners_places_are_searched_as_exactly(
    rulebook: Rulebook, goal: str, wanted: set[str]
) -> None:
    levers = [lever for lever in levers_of(rulebook) if lever.id in wanted]
    found = 0
    for person in [one for one in people(20) if one["partner"]][:5]:
        profile = read_profile({**person, "settlement_funds_cad": 10000})
        options = options_for(profile, rulebook, levers)
        by_search = found_by_search(profile, rulebook, goal, options)
        assert by_search == smallest_by_trying(profile, rulebook, goal, options)
        found += len(by_search)
    assert found


def test_what_time_takes_away_and_another_step_gives_back_is_not_missed(rulebook: Rulebook) -> None:
    """A year on, funds and results count otherwise: sets whose parts only help together must be found."""
    wanted = {"settlement-funds", "canadian-work-12", "english-clb-9", "eca", "wait-12"}
    levers = [lever for lever in levers_of(rulebook) if lever.id in wanted]
    sizes = set()
    for person in [one for one in people(30) if not one["partner"]][:6]:
        profile = read_profile({**person, "settlement_funds_cad": 1000})
        options = options_for(profile, rulebook, levers)
        by_search = found_by_search(profile, rulebook, "program:fsw", options)
        assert by_search == smallest_by_trying(profile, rulebook, "program:fsw", options)
        sizes |= {len(one) for one in by_search}
    assert max(sizes) > 1


def test_each_ability_is_raised_by_itself(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    option = next(o for o in options_for(profile, rulebook, levers_of(rulebook)) if o.id == "english-writing-up")
    (before,) = Facts(profile, rulebook.on(profile.as_of)).choices()
    (after,) = Facts(changed(profile, (option,), rulebook), rulebook.on(profile.as_of)).choices()
    gained = [new.low - old.low for old, new in zip(before.english.levels, after.english.levels, strict=True)]
    assert gained == [0, 0, 1, 0]


def test_two_abilities_raised_in_one_sitting_are_one_step_whose_test_is_paid_for_once(rulebook: Rulebook) -> None:
    """Two abilities short of the next level: the points of both are asked for, and one alone is not enough."""
    clb = {"listening": 9, "reading": 8, "writing": 8, "speaking": 9}
    profile = read_profile(asha(language_tests=[{"test": "clb", "language": "en", "date": "2026-05-01", **clb}]))
    levers = [lever for lever in levers_of(rulebook) if lever.family == "english"]
    both = next(one for one in options_for(profile, rulebook, levers) if one.id == "english-reading-writing-up")
    book = rulebook.on(profile.as_of)
    points = assess(changed(profile, (both,), rulebook), book, grids=("crs",), scores_only=True).scores["crs"].total
    goal = read_goal(f"crs:{points}", profile, rulebook)
    (found,) = plan(profile, rulebook, profile.as_of, goal, levers).plans
    assert [part.option.id for part in found.parts] == ["english-reading-writing-up"]
    alone = {one.id: one for one in levers}
    assert found.cost_cad == alone["english-reading-up"].cost_cad == alone["english-writing-up"].cost_cad
    assert found.effort_weeks < alone["english-reading-up"].effort_weeks + alone["english-writing-up"].effort_weeks


def test_a_test_of_one_language_is_no_second_sitting(rulebook: Rulebook) -> None:
    """Levers of two families could be in one plan, and its test would be paid for twice."""
    (collection,) = rulebook.of_kind(Levers)
    written = collection.model_dump(mode="json", by_alias=True, exclude_none=True)
    next(one for one in written["levers"] if one["id"] == "english-reading-up")["family"] = "english-reading"
    with pytest.raises(ValueError, match="english-reading-up is of the family english-reading.*one sitting"):
        Levers.model_validate(written)


def test_an_offer_is_in_each_teer_category_worked_in(rulebook: Rulebook) -> None:
    (job,) = asha()["work"]
    manager = {**job, "noc": "20012", "start": "2017-01-01", "end": "2019-12-31"}
    profile = read_profile(asha(work=[job, manager]))
    options = [one for one in options_for(profile, rulebook, levers_of(rulebook)) if one.lever.id == "job-offer"]
    offered = {changed(profile, (option,), rulebook).job_offer for option in options}
    assert {(one.province, one.noc) for one in offered} == {  # type: ignore[union-attr]
        (province, noc) for province in ("ON", "BC") for noc in ("21231", "20012")
    }


def test_a_nomination_comes_from_a_stream_one_qualifies_for_or_nearly_does(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    options = [one for one in options_for(profile, rulebook, levers_of(rulebook)) if one.lever.id == "nomination"]
    assert options
    results = {one.id: one for one in assess(profile, rulebook.on(profile.as_of)).programs}
    qualifies = any(results[str(option.program)].verdict in FULFILLED for option in options)
    for option in options:
        stream = results[str(option.program)]
        assert stream.verdict in FULFILLED if qualifies else len(stream.missed) == 1
        nomination = changed(profile, (option,), rulebook).nomination
        assert nomination.province == stream.authority.upper()  # type: ignore[union-attr]


def test_the_present_employer_moves_only_whom_it_has_an_office_for(rulebook: Rulebook) -> None:
    moves = {"intra-company-move", "talent-stream-present-employer"}

    def offered(affiliate: bool) -> set[str]:
        profile = read_profile(asha(us_job={"employer_has_canadian_affiliate": affiliate}))
        return {one.lever.id for one in options_for(profile, rulebook, levers_of(rulebook))} & moves

    assert offered(True) == moves
    assert offered(False) == set()


@pytest.mark.parametrize("goal", ["crs:520", "program:cec", "round", "door"])
def test_a_prediction_is_what_evaluating_the_changed_profile_gives(rulebook: Rulebook, goal: str) -> None:
    profile = read_profile(asha())
    planned = plan(profile, rulebook, profile.as_of, read_goal(goal, profile, rulebook)).as_json()
    assert planned["can_be_reached"]
    assert planned["plans"] == sorted(planned["plans"], key=lambda one: (one["effort_weeks"], one["cost_cad"]))
    for one in planned["plans"]:
        again = read_profile(json.loads(json.dumps(one["profile"])))
        told = assess(again, rulebook.on(again.as_of))
        assert (
            one["predicted"]["scores"].items()
            <= {key: {"total": score.total, "range": list(score.range)} for key, score in told.scores.items()}.items()
        )
        assert one["predicted"]["programs"].items() <= {each.id: each.verdict for each in told.programs}.items()
        for grid, points in one["together"]["scores"].items():
            # What factors give more or less, with what limits take off, is the difference.
            parts = [*one["together"]["factors"][grid].values(), *one["together"]["limits"][grid].values()]
            assert sum(part["to"] - part["from"] for part in parts) == points
        assert one["effort_weeks"] == sum(lever["effort_weeks"] for lever in one["levers"])
        assert one["done_on"] == again.as_of.isoformat()
        assert again.as_of >= profile.as_of + dt.timedelta(weeks=one["effort_weeks"])
        assert one["cost_cad"] == sum(lever["cost_cad"] for lever in one["levers"])
        assert all(lever["basis"] and lever["is_estimate"] for lever in one["levers"])


def test_a_goal_that_no_set_reaches_is_said_to_be_out_of_reach(rulebook: Rulebook) -> None:
    profile = read_profile(asha(language_tests=[]))
    planned = plan(profile, rulebook, profile.as_of, read_goal("crs:1200", profile, rulebook))
    assert planned.plans == ()
    assert planned.as_json()["can_be_reached"] is False


def test_a_birthday_before_the_work_is_done_is_counted(rulebook: Rulebook) -> None:
    """Who turns thirty in three months has fewer points once a year of French is done."""
    young, older = (read_profile(asha(birth_date=day)) for day in ("1999-06-01", "1997-02-21"))
    found = []
    for profile in (young, older):
        now = assess(profile, rulebook.on(profile.as_of), grids=("crs",), scores_only=True).scores["crs"].total
        french = [one for one in levers_of(rulebook) if one.id == "french-nclc-7"]
        goal = read_goal(f"crs:{now + 1}", profile, rulebook)
        (one,) = plan(profile, rulebook, profile.as_of, goal, french).plans
        assert one.done_on == profile.as_of + dt.timedelta(weeks=52)
        found.append(one.together.factors["crs"].get("age"))
    assert found == [None, (110, 105)]


def test_what_comes_nearest_is_the_most_that_any_set_gives(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    levers = [lever for lever in levers_of(rulebook) if lever.id in TRIED and lever.id != "job-offer"]
    planned = plan(profile, rulebook, profile.as_of, read_goal("crs:1200", profile, rulebook), levers)
    found = nearest(planned, rulebook)
    assert found is not None
    totals = [
        min(
            assess(after, rulebook.on(after.as_of), grids=("crs",), scores_only=True).scores["crs"].total
            for after in (
                changed(profile, chosen, rulebook),
                changed(profile, chosen, rulebook, on=day_done(chosen, profile.as_of)),
            )
        )
        for size in range(MOST_TOGETHER + 1)
        for chosen in combinations(planned.offered, size)
        if family_free(chosen)
    ]
    assert 1200 - found.points_short == max(totals) == found.plan.predicted.scores["crs"].total


def test_what_comes_nearest_is_found_where_the_grid_ends_before_some_steps_do(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    last = profile.as_of + dt.timedelta(days=200)
    documents = [_ending(one, last) if isinstance(one, Grid) and one.id == "crs" else one for one in rulebook.documents]
    ending = Rulebook(documents, rulebook.occupations.values(), "ending", rulebook.rounds)
    levers = [lever for lever in levers_of(ending) if lever.id in ("canadian-work-12", "english-clb-10")]
    planned = plan(profile, ending, profile.as_of, read_goal("crs:1200", profile, ending), levers)
    found = nearest(planned, ending)
    assert found is not None
    assert [part.option.id for part in found.plan.parts] == ["english-clb-10"]
    assert found.points_short == 1200 - found.plan.predicted.scores["crs"].total


def _ending(grid: Grid, last: dt.date) -> Grid:
    versions = tuple(
        each if each.effective_to else each.model_copy(update={"effective_to": last}) for each in grid.versions
    )
    return grid.model_copy(update={"versions": versions})


def test_what_comes_nearest_to_a_program_says_what_is_still_missing(rulebook: Rulebook) -> None:
    profile = read_profile(asha(settlement_funds_cad=1000))
    planned = plan(profile, rulebook, profile.as_of, read_goal("program:fst", profile, rulebook))
    found = nearest(planned, rulebook)
    assert found is not None
    program = planned.now.program("fst")
    missing = {one.id for one in program.requirements if one.met is False or not one.needs_a_person}
    missing -= {one.id for one in program.requirements if one.met}
    assert [part.option.id for part in found.plan.parts] == ["settlement-funds"]
    assert missing - set(found.requirements_left) == {"settlement-funds"}


def test_a_goal_already_reached_needs_no_change(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    told = plan(profile, rulebook, profile.as_of, read_goal("crs:400", profile, rulebook)).as_json()
    assert (told["is_reached"], told["plans"]) == (True, [])


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("crs", "not a number"),
        ("crs:many", "not a number"),
        ("crs:" + "9" * 5000, "not a number"),
        ("program:nowhere", "no program"),
        ("luck", "not a goal"),
    ],
)
def test_a_goal_that_cannot_be_read_is_refused_with_what_would_be_right(
    rulebook: Rulebook, goal: str, said: str
) -> None:
    with pytest.raises(GoalError, match=said):
        read_goal(goal, read_profile(asha()), rulebook)


def test_no_lever_changes_what_nobody_can_change(rulebook: Rulebook) -> None:
    """Birth dates and citizenships stay with the person, and finished jobs and studies stay as they were."""
    for person in people(6):
        profile = read_profile(person)
        for option in options_for(profile, rulebook, levers_of(rulebook)):
            if option.lever.family == "swap":
                continue
            after = changed(profile, (option,), rulebook)
            assert (after.birth_date, after.citizenships) == (profile.birth_date, profile.citizenships)
            assert after.as_of >= profile.as_of
            assert read_profile(after.model_dump(mode="json")) == after


@settings(FEW, max_examples=50)
@given(complete_profiles())
def test_swapping_twice_gives_the_profile_back(person: dict[str, Any]) -> None:
    profile = read_profile(person)
    if can_swap(profile):
        assert swap(swap(profile)) == profile
        assert swap(profile).birth_date == profile.partner.birth_date  # type: ignore[union-attr]
    else:
        with pytest.raises(ValueError, match="no partner"):
            swap(profile)


@settings(FEW, max_examples=50)
@given(complete_profiles(), st.sampled_from([None, "applicant", "partner"]))
def test_all_that_two_people_have_of_their_own_changes_places(person: dict[str, Any], side: str | None) -> None:
    """Swapping twice gives the profile back even if something is forgotten: so each thing is looked for by its name."""
    assert set(OWN) == set(Partner.model_fields) - {"accompanying", "canadian_citizen_or_pr"}
    assert set(OWN) <= set(Profile.model_fields)
    relatives = [{"relation": "sibling", "status": "citizen", "of": side}]
    before = read_profile({**person, "relatives_in_canada": relatives})
    if not can_swap(before):
        return
    after = swap(before)
    assert before.partner is not None
    assert after.partner is not None
    for key in OWN:
        assert getattr(after, key) == getattr(before.partner, key), key
        assert getattr(after.partner, key) == getattr(before, key), key
    shared = set(Profile.model_fields) - {*OWN, "partner", "relatives_in_canada"}
    assert {key: getattr(after, key) for key in shared} == {key: getattr(before, key) for key in shared}
    turned = {"applicant": "partner", "partner": "applicant", None: None}[side]
    assert [relative.of for relative in after.relatives_in_canada or ()] == [turned]


def test_a_couple_is_compared_in_all_four_arrangements(rulebook: Rulebook) -> None:
    person = next(one for one in people(20) if one["partner"])
    profile = read_profile(person)
    ways = {one.id: one for one in compare(profile, rulebook)}
    assert set(ways) == {"you_together", "you_alone", "partner_together", "partner_alone"}
    assert ways["partner_alone"].profile.birth_date == profile.partner.birth_date  # type: ignore[union-attr]
    alone = assess(ways["you_alone"].profile, rulebook.on(profile.as_of)).scores["crs"].total
    assert ways["you_alone"].as_json()["scores"]["crs"] == alone


def test_work_in_canada_takes_time_and_ends_the_job_abroad(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    option = next(o for o in options_for(profile, rulebook, levers_of(rulebook)) if o.id == "canadian-work-12")
    after = changed(profile, (option,), rulebook)
    assert after.as_of == dt.date(2027, 11, 21)
    abroad, there = after.work or ()
    assert (abroad.end, there.start) == (dt.date(2026, 11, 20), dt.date(2026, 11, 21))
    assert (there.noc, there.country) == (abroad.noc, "CA")
