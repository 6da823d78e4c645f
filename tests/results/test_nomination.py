"""What a nomination would make of the CRS: the grid's own points, within the grid's own caps, beside real rounds."""

from typing import Any

import pytest

from eligibility.engine import assess
from eligibility.results.doors import door
from eligibility.results.nomination import Nominated, is_way_to_nomination, nominated
from programs.packs.schema import Grid
from programs.rulebook import Rulebook
from tests.profiles import demo_profile
from tests.results import cast


def of(rulebook: Rulebook, name: str, **changes: Any) -> Nominated | None:
    profile = demo_profile(name, **changes)
    book = rulebook.on(profile.as_of)
    return nominated(profile, assess(profile, book), book)


def with_points(rulebook: Rulebook, points: int) -> Rulebook:
    """The same rules, in which a nomination gives other points."""

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.get("id") == "nomination" and "points" in value:
            return value | {"points": points}
        return {key: changed(item) for key, item in value.items()}

    documents = [
        Grid.model_validate(changed(document.model_dump(mode="json", by_alias=True)))
        if isinstance(document, Grid) and document.id == "crs"
        else document
        for document in rulebook.documents
    ]
    return Rulebook(documents, rulebook.occupations.values(), "changed", rulebook.rounds)


def test_the_points_come_from_the_grid(seeded: Rulebook) -> None:
    told = of(seeded, "asha-software-engineer")
    assert told is not None
    assert (told.now, told.then, told.points) == ((478, 478), (1078, 1078), 600)
    changed = of(with_points(seeded, 300), "asha-software-engineer")
    assert changed is not None
    assert (changed.then, changed.points) == ((778, 778), 300)


def test_points_the_section_holds_already_do_not_come_on_top(seeded: Rulebook) -> None:
    told = of(seeded, "french-speaker")
    assert told is not None
    assert (told.now, told.then) == ((533, 533), (1068, 1068))
    assert "That part of the grid ends at 600" in told.explained


def test_a_score_that_is_a_range_stays_one(seeded: Rulebook) -> None:
    told = of(seeded, "laid-off-20-days-left")
    assert told is not None
    assert told.line == "CRS 189 to 340 now, 789 to 940 with this nomination"


def test_an_unknown_nomination_is_not_counted_in_the_score_of_now(seeded: Rulebook) -> None:
    told = of(seeded, "asha-software-engineer", nomination=None)
    assert told is not None
    assert told.now == (478, 478)


def test_it_is_held_against_the_last_round_of_nominees(seeded: Rulebook) -> None:
    told = of(seeded, "asha-software-engineer")
    assert told is not None
    assert told.compared == (
        "The last round for people with a nomination, on 28 September 2026, went down to 725. "
        "With one, your score would have reached it."
    )


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("asha-software-engineer", {"nomination": {"province": "ON", "express_entry": True}}),
        ("asha-software-engineer", {"work": []}),
        ("knows-almost-nothing", {}),
    ],
    ids=["who holds one", "who cannot enter the pool", "of whom nothing is known"],
)
def test_nothing_is_told_to(seeded: Rulebook, name: str, changes: dict[str, Any]) -> None:
    assert of(seeded, name, **changes) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"express_entry_linked": False}, False),
        ({"express_entry_linked": False, "express_entry_option": True}, True),
        ({"leads_to": "permanent_residence"}, False),
        ({"intake": cast.intake("closed")}, False),
    ],
)
def test_only_an_open_stream_that_may_use_express_entry_is_a_way_to_a_nomination_that_counts(changes, expected) -> None:
    stream = {"category": "pnp_stream", "leads_to": "nomination"} | changes
    assert is_way_to_nomination(door(cast.program("a", cast.MISSED_WORK, **stream))) is expected
