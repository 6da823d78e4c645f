"""What one version changed against another."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eligibility.catalogue import changes
from programs.packs.schema import Grid, Program
from programs.packs.schema.programs import ProgramVersion
from programs.packs.schema.tables import OccupationListVersion, ReferenceTableVersion
from programs.rulebook import Rulebook

CITED: dict[str, Any] = {"source": "https://example.org/", "as_of": "2026"}
CODES = st.sets(st.sampled_from(["10010", "20010", "21231", "31301", "72310"]))


def version(day: int, **texts: tuple[str, int]) -> ProgramVersion:
    """A version whose requirements are given as text and least age."""
    return ProgramVersion.model_validate(
        CITED
        | {
            "version": f"v{day}",
            "effective_from": dt.date(2026, 1, day),
            "requirements": [
                CITED | {"id": key, "text": text, "any_of": [[{"fact": "age", "op": ">=", "value": age}]]}
                for key, (text, age) in texts.items()
            ],
        }
    )


def test_new_gone_and_changed_requirements_are_told_apart() -> None:
    before = version(1, age=("Be 18.", 18), old=("Old.", 1), same=("Same.", 2))
    after = version(2, age=("Be 19.", 19), new=("New.", 3), same=("Same.", 2))
    found = {(change.kind, (change.after or change.before).id) for change in changes.requirements(before, after)}  # type: ignore[union-attr]
    assert found == {("changed", "age"), ("added", "new"), ("removed", "old")}


def test_a_test_that_changed_under_the_same_words_is_a_change() -> None:
    (change,) = changes.requirements(version(1, age=("Be grown up.", 18)), version(2, age=("Be grown up.", 21)))
    assert not change.text_changed
    assert [route[0].value for route in change.routes_gone] == [18]
    assert [route[0].value for route in change.routes_new] == [21]


def test_a_version_changes_nothing_against_itself(seeded: Rulebook) -> None:
    for program in seeded.of_kind(Program):
        for one in program.versions:
            assert changes.requirements(one, one) == ()
    for grid in seeded.of_kind(Grid):
        for one in grid.versions:
            assert changes.factors(one, one) == ()


@given(CODES, CODES)
def test_what_a_list_lost_and_gained_leads_from_one_to_the_other(was: set[str], now: set[str]) -> None:
    before, after = (
        OccupationListVersion.model_validate(
            CITED | {"version": "v", "effective_from": "2026-01-01", "entries": [{"noc": code} for code in codes]}
        )
        for codes in (was, now)
    )
    change = changes.occupations(before, after)
    assert (was - set(change.removed)) | set(change.added) == now
    assert bool(change) == (was != now)
    assert change.altered == ()


def test_a_note_that_changed_is_told_apart_from_an_occupation_that_came() -> None:
    before, after = (
        OccupationListVersion.model_validate(
            CITED | {"version": "v", "effective_from": "2026-01-01", "entries": [{"noc": "21231", "note": note}]}
        )
        for note in ("all", "some")
    )
    assert changes.occupations(before, after) == changes.ListChange((), (), ("21231",))


def test_figures_that_came_went_or_moved_are_named() -> None:
    before, after = (
        ReferenceTableVersion.model_validate(
            CITED
            | {
                "version": "v",
                "effective_from": "2026-01-01",
                "rows": [{"at": at, "value": value} for at, value in rows.items()],
            }
        )
        for rows in ({"1": 10.0, "2": 20.0, "3": 30.0}, {"1": 10.0, "2": 25.0, "4": 40.0})
    )
    assert changes.figures(before, after) == (
        changes.FigureChange("2", 20.0, 25.0),
        changes.FigureChange("4", None, 40.0),
        changes.FigureChange("3", 30.0, None),
    )


def test_the_points_that_left_the_crs_in_2025_are_named(seeded: Rulebook) -> None:
    crs = next(one for one in seeded.of_kind(Grid) if one.id == "crs")
    *_, before, after = sorted(crs.versions, key=lambda one: one.effective_from)
    found = {(change.kind, change.factor.id) for change in changes.factors(before, after)}
    assert found
    assert all(kind in ("removed", "changed") for kind, _ in found)
    assert any("offer" in identifier for _, identifier in found)
