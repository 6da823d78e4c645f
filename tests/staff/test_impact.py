"""What a change can reach, and who gets another answer: sound against assessing everything."""

import datetime as dt
from typing import Any

import pytest

from eligibility.engine import assess
from eligibility.examples import run_examples
from eligibility.impact.compare import Comparer
from eligibility.impact.count import counted
from eligibility.impact.people import number_of_people, people, person
from eligibility.impact.tally import Tally
from eligibility.profile import read_profile
from programs.rulebook import Rulebook, build
from programs.rulebook.touched import touched, touched_documents
from tests.seeded import seeded_rulebook

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return seeded_rulebook()


def changed(book: Rulebook, kind: str, identifier: str, **said: Any) -> Rulebook:
    """The rulebook with something else in the newest version of one document."""
    key = "conversions" if kind == "language_test" else "versions"
    documents = []
    for document in book.documents:
        if (document.kind, document.id) == (kind, identifier):
            *earlier, last = getattr(document, key)
            document = document.model_copy(update={key: (*earlier, last.model_copy(update=said))})  # noqa: PLW2901
        documents.append(document)
    return build(documents, book.occupations.values(), "changed", book.rounds, pool=book.pool, draws=book.draws)


def newest(book: Rulebook, kind: str, identifier: str) -> Any:
    document: Any = next(each for each in book.documents if (each.kind, each.id) == (kind, identifier))
    return (document.conversions if kind == "language_test" else document.versions)[-1]


def without_top_level(conversion: Any) -> dict[str, Any]:
    """A conversion's abilities, reading read a level lower at the top."""
    reading = conversion.abilities["reading"]
    levels = {level: score for level, score in reading.levels.items() if level != 9}
    return {**conversion.abilities, "reading": reading.model_copy(update={"levels": levels})}


CHANGES = {
    "a program": lambda book: changed(
        book, "program", "fsw", requirements=newest(book, "program", "fsw").requirements[-1:]
    ),
    "a grid": lambda book: changed(book, "grid", "crs", maximum=100),
    "a list": lambda book: changed(book, "occupation_list", "ee-category-healthcare", entries=()),
    "a table": lambda book: changed(
        book,
        "reference_table",
        "settlement-funds",
        rows=tuple(
            row.model_copy(update={"value": row.value * 30})
            for row in newest(book, "reference_table", "settlement-funds").rows
        ),
    ),
    "how work is counted": lambda book: changed(
        book,
        "reference_table",
        "counting",
        rows=tuple(
            row.model_copy(update={"value": 45} if row.at == "full_time_hours_per_week" else {})
            for row in newest(book, "reference_table", "counting").rows
        ),
    ),
    "a language test": lambda book: changed(
        book,
        "language_test",
        "ielts_gt",
        abilities=without_top_level(newest(book, "language_test", "ielts_gt")),
    ),
}
# Together a few hundred; where everything is assessed anyway, fewer show as much.
PEOPLE = {"a program": 70, "a grid": 40, "a list": 40, "a table": 30, "how work is counted": 8, "a language test": 30}


def everything(profile: Any, before: Any, after: Any) -> tuple[dict[str, str], dict[str, str]]:
    """What differs between two assessments of everything: verdicts, and totals as a program counts them too."""
    was, now = (assess(profile, each) for each in (before, after))
    verdicts = {
        old.id: f"{old.verdict or 'none'}>{new.verdict or 'none'}"
        for old, new in zip(was.programs, now.programs, strict=True)
        if old.verdict != new.verdict
    }
    totals = {
        key: (score.range, now.scores[key].range)
        for key, score in was.scores.items()
        if (score.range, score.by_program) != (now.scores[key].range, now.scores[key].by_program)
    }
    return verdicts, totals


@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_left_out_changes_nothing(book: Rulebook, kind: str) -> None:
    before, after = book.on(DAY), CHANGES[kind](book).on(DAY)
    comparer = Comparer(before, after)
    assert comparer.reach
    seen = 0
    for _name, written in people(PEOPLE[kind], DAY):
        profile = read_profile(written)
        found, (verdicts, totals) = comparer.difference(profile), everything(profile, before, after)
        assert found.verdicts == verdicts
        assert found.points.keys() == totals.keys()
        for grid, ((low, _), (new_low, _)) in totals.items():
            assert low == new_low or found.points[grid] == f"{new_low - low:+d}"
        seen += bool(found)
    assert seen, "the change should do something to somebody, or the test shows nothing"


@pytest.mark.parametrize("kind", ["a program", "a grid", "a list"])
def test_examples_that_are_not_reached_come_out_as_before(book: Rulebook, kind: str) -> None:
    after = CHANGES[kind](book)
    reached = touched_documents(book.documents, after.documents)
    assert {(each.kind, each.document) for each in run_examples(after)} <= reached
    assert 0 < len(reached) < len(book.documents) / 2


def test_how_work_is_counted_reaches_every_example(book: Rulebook) -> None:
    reached = touched_documents(book.documents, CHANGES["how work is counted"](book).documents)
    assert len(reached) == len(book.documents)


def test_the_same_rules_reach_nothing(book: Rulebook) -> None:
    assert not touched(book.on(DAY), book.on(DAY))
    assert not touched_documents(book.documents, book.documents)


def test_a_program_reaches_those_that_ask_for_its_verdict_and_no_grid(book: Rulebook) -> None:
    reach = touched(book.on(DAY), CHANGES["a program"](book).on(DAY))
    assert {"fsw", "category-stem"} <= reach.programs
    assert not reach.grids
    assert "cec" not in reach.programs


def test_a_tally_goes_on_where_it_was_and_is_the_same_in_two_processes(book: Rulebook) -> None:
    comparer = Comparer(book.on(DAY), CHANGES["a grid"](book).on(DAY))

    def count(tally: Tally, processes: int, shares: int = 99) -> Tally:
        for share, _number in zip(counted(comparer, 120, DAY, tally.people, processes), range(shares), strict=False):
            tally.add_all(share)
        return tally

    whole = count(Tally(), 1)
    assert whole.people == number_of_people(120)
    assert 0 < sum(whole.grids["crs"].values()) <= whole.changed
    broken_off = Tally.from_json(count(Tally(), 1, shares=1).as_json())
    assert 0 < broken_off.people < whole.people
    assert count(broken_off, 2) == whole
    assert count(Tally(), 2) == whole


def test_the_points_that_rank_the_pool_move_the_invitation_outlook(book: Rulebook) -> None:
    comparer = Comparer(book.on(DAY), CHANGES["a grid"](book).on(DAY))
    assert comparer.reaches_invitations
    tally = Tally()
    for share in counted(comparer, 300, DAY):
        tally.add_all(share)
    assert tally.invitations
    assert all(int(was) > int(now) for was, now in (pair.split(">") for pair in tally.invitations))
    assert not Comparer(book.on(DAY), CHANGES["a table"](book).on(DAY)).reach.grids


@pytest.mark.parametrize("name", ["demo:../secrets", "sample:0", "sample:x", "nobody", ""])
def test_only_people_who_were_made_up_are_found(name: str) -> None:
    with pytest.raises(LookupError):
        person(name, DAY)
