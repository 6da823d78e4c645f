"""What a change can reach, and who gets another answer: sound against assessing everything."""

import datetime as dt
from typing import Any

import pytest

from eligibility.engine import assess
from eligibility.impact.people import number_of_people, people, person
from eligibility.impact.tally import Tally, compare
from eligibility.impact.touched import touched
from eligibility.profile import read_profile
from programs.packs.seed import seed_rulebook
from programs.rulebook import Rulebook, build

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return seed_rulebook()


def changed(book: Rulebook, kind: str, identifier: str, **said: Any) -> Rulebook:
    """The rulebook with something else in the newest version of one document."""
    documents = []
    for document in book.documents:
        if (document.kind, document.id) == (kind, identifier):
            *earlier, last = document.versions
            document = document.model_copy(update={"versions": (*earlier, last.model_copy(update=said))})  # noqa: PLW2901
        documents.append(document)
    return build(documents, book.occupations.values(), "changed", book.rounds)


def newest(book: Rulebook, kind: str, identifier: str) -> Any:
    return next(each for each in book.documents if (each.kind, each.id) == (kind, identifier)).versions[-1]


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
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_changes_that_is_not_reached(book: Rulebook, change: Any) -> None:
    before, after = book.on(DAY), change(book).on(DAY)
    reach = touched(before, after)
    assert reach
    seen = False
    for _name, written in people(8, DAY):
        was, now = (assess(read_profile(written), each) for each in (before, after))
        verdicts = [{each.id: each.verdict for each in side.programs} for side in (was, now)]
        moved = {key for key in verdicts[0] if verdicts[0][key] != verdicts[1].get(key)}
        scored = {key for key, score in was.scores.items() if score.range != now.scores[key].range}
        assert moved <= reach.programs
        assert scored <= reach.grids
        seen = seen or bool(moved or scored)
    assert seen, "the change should do something to somebody, or the test shows nothing"


def test_the_same_rules_reach_nothing(book: Rulebook) -> None:
    assert not touched(book.on(DAY), book.on(DAY))


def test_a_program_reaches_those_that_ask_for_its_verdict_and_no_grid(book: Rulebook) -> None:
    reach = touched(book.on(DAY), CHANGES["a program"](book).on(DAY))
    assert {"fsw", "category-stem"} <= reach.programs
    assert not reach.grids
    assert "cec" not in reach.programs


def test_a_tally_that_is_put_aside_goes_on_where_it_was(book: Rulebook) -> None:
    before, after = book.on(DAY), CHANGES["a grid"](book).on(DAY)
    reach = touched(before, after)

    def count(tally: Tally, until: int) -> Tally:
        for name, written in people(12, DAY, start=tally.people):
            if tally.people == until:
                break
            tally.add(name, *compare(read_profile(written), before, after, reach))
        return tally

    whole = count(Tally(), 99)
    assert whole.people == number_of_people(12)
    assert count(Tally.from_json(count(Tally(), 5).as_json()), 99) == whole
    assert sum(whole.grids["crs"].values()) == whole.people


@pytest.mark.parametrize("name", ["demo:../secrets", "sample:0", "sample:x", "nobody", ""])
def test_only_people_who_were_made_up_are_found(name: str) -> None:
    with pytest.raises(LookupError):
        person(name, DAY)
