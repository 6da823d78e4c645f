"""The invitation outlook: like with like, and nothing compared across a change of scale."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.assessment import Invitations, Score
from eligibility.engine.invitations import Outlook
from eligibility.engine.pool import standing_in
from eligibility.facts.values import truth
from programs.rulebook import PoolBand, PoolSnapshot, Round
from tests.results import cast

TODAY = dt.date(2026, 11, 21)
BANDS = ((601, 1200, 10), (501, 600, 20), (451, 500, 30), (401, 450, 40), (0, 400, 50))
SNAPSHOT = PoolSnapshot(dt.date(2026, 9, 27), tuple(PoolBand(*band) for band in BANDS), "https://example.org/pool")
EARLIER = dataclasses.replace(SNAPSHOT, date=dt.date(2026, 3, 1))


def score(low: int, high: int | None = None, since: dt.date = dt.date(2020, 10, 20)) -> Score:
    return cast.crs(total=low, range=(low, low if high is None else high), effective_from=since)


def held(number: str, day: dt.date, cutoff: int | None, kind: str = "cec", nomination: bool = False) -> Round:
    return Round(number, day, kind, "program", kind, 100, cutoff, nomination, "https://example.org")


ROUNDS = (
    held("1", dt.date(2025, 11, 21), 100),
    held("2", dt.date(2025, 11, 22), 500),
    held("3", dt.date(2026, 3, 1), 520),
    held("4", dt.date(2026, 9, 1), 540),
    held("5", dt.date(2026, 9, 2), 740, "pnp", nomination=True),
    held("6", dt.date(2026, 11, 22), 100),
)


def outlook(of: Score, *, eligible: bool = True, nomination: bool | None = False) -> Invitations:
    fact = truth(nomination, "nomination")
    chosen = Outlook(of, lambda _program: "eligible" if eligible else "not_eligible", ["cec"], fact)
    return chosen.over(ROUNDS, (EARLIER, SNAPSHOT), TODAY)


def kind(found: Invitations, name: str = "cec") -> Any:
    return next(one for one in found.by_kind if one.kind == name)


def test_the_window_is_twelve_months_and_ends_today() -> None:
    found = outlook(score(530))
    assert found.rounds == 4
    cec = kind(found)
    assert (cec.rounds, cec.would_have_reached) == (3, 2)
    assert (cec.last_cutoff, cec.lowest_cutoff, cec.median_cutoff) == (540, 500, 520)


def test_a_round_one_could_not_be_in_never_counts() -> None:
    assert outlook(score(1200), eligible=False).could_have_been_invited == 0


@pytest.mark.parametrize(
    ("nomination", "points", "reached"), [(True, 745, 1), (True, 739, 0), (False, 1200, 0), (None, 1200, 0)]
)
def test_a_nomination_round_is_only_for_those_whose_score_holds_a_nomination(
    nomination: bool | None, points: int, reached: int
) -> None:
    pnp = kind(outlook(score(points), nomination=nomination), "pnp")
    assert pnp.would_have_reached == reached
    assert pnp.eligible_for is nomination


def test_a_range_reaches_some_for_sure_and_perhaps_more() -> None:
    cec = kind(outlook(score(505, 545)))
    assert (cec.would_have_reached, cec.might_have_reached) == (1, 3)


def test_rounds_before_the_grid_changed_are_counted_and_not_compared() -> None:
    found = outlook(score(1200, since=dt.date(2026, 4, 1)))
    cec = kind(found)
    assert (cec.rounds, cec.other_scale, cec.would_have_reached, cec.lowest_cutoff) == (3, 2, 1, 540)
    later = kind(outlook(score(1200, since=dt.date(2026, 11, 3))))
    assert later.last_is_on_another_scale
    assert (later.would_have_reached, later.lowest_cutoff, later.median_cutoff) == (0, None, None)


def test_the_last_snapshot_before_today_says_where_a_score_stands() -> None:
    standing = outlook(score(478)).pool
    assert standing is not None
    assert (standing.date, standing.total) == (dt.date(2026, 9, 27), 150)
    assert (standing.above, standing.alongside, standing.below) == ((30, 30), 30, (90, 90))
    assert [band.low for band in standing.bands if band.yours] == [451]


def test_a_range_over_bands_is_a_range_of_people() -> None:
    standing = standing_in(SNAPSHOT, score(440, 510))
    assert [band.low for band in standing.bands if band.yours] == [501, 451, 401]
    assert (standing.above, standing.alongside, standing.below) == ((10, 60), 90, (50, 120))


def test_a_snapshot_before_the_grid_changed_is_on_another_scale() -> None:
    standing = standing_in(SNAPSHOT, score(478, since=dt.date(2026, 11, 3)))
    assert standing.other_scale
    assert not any(band.yours for band in standing.bands)
    assert "above" not in standing.as_json()
    of_that_day = standing_in(SNAPSHOT, score(478, since=SNAPSHOT.date))
    assert (of_that_day.other_scale, of_that_day.source) == (False, "https://example.org/pool")


@given(st.integers(0, 1200), st.integers(0, 1200))
def test_everyone_is_above_alongside_or_below(one: int, other: int) -> None:
    standing = standing_in(SNAPSHOT, score(min(one, other), max(one, other)))
    assert standing.above[0] + standing.alongside + standing.below[0] == standing.total
    assert standing.above[1] + standing.below[0] <= standing.total
    assert standing.above[0] <= standing.above[1]
    assert standing.below[0] <= standing.below[1]


CATEGORY = dataclasses.replace(ROUNDS[2], number="7", kind="french", round_type="category", name="French")
GENERAL = dataclasses.replace(ROUNDS[2], number="8", kind="general", round_type="general", name="General")


@pytest.mark.parametrize(
    ("verdicts", "eligible_for"),
    [
        ({"cec": "eligible"}, [("cec", True), ("general", True), ("french", False)]),
        ({"cec": "likely"}, [("cec", True), ("general", True), ("french", False)]),
        ({"cec": "unknown"}, [("cec", None), ("french", False), ("general", None)]),
        ({"fsw": "eligible"}, [("general", True), ("cec", False), ("french", False)]),
        (
            {"category-french": "likely", "cec": "unknown"},
            [("french", True), ("cec", None), ("general", None)],
        ),
    ],
)
def test_kinds_one_could_have_been_in_come_first_and_then_those_with_most_rounds(
    verdicts: dict[str, str], eligible_for: list[tuple[str, bool | None]]
) -> None:
    def verdict_of(program: str) -> str:
        return verdicts.get(program, "not_eligible")

    chosen = Outlook(score(530), verdict_of, ["fsw", "cec"], truth(False))
    found = chosen.over((*ROUNDS[1:4], CATEGORY, GENERAL), (), TODAY)
    assert [(kind.kind, kind.eligible_for) for kind in found.by_kind] == eligible_for
    assert (found.pool, found.window_months) == (None, 12)


def test_a_round_of_the_very_day_the_grid_changed_is_comparable_and_its_very_cutoff_reached() -> None:
    changed = kind(outlook(score(520, since=dt.date(2026, 3, 1))))
    assert (changed.other_scale, changed.would_have_reached, changed.might_have_reached) == (1, 1, 1)
    today = Outlook(score(100), lambda _: "eligible", ["cec"], truth(False)).over(ROUNDS, (), dt.date(2026, 11, 22))
    assert (today.rounds, kind(today).last_cutoff, kind(today).would_have_reached) == (4, 100, 1)


def test_the_last_round_of_a_kind_is_told() -> None:
    pnp = kind(outlook(score(745), nomination=True), "pnp")
    told = (pnp.name, pnp.last_date, pnp.includes_nomination_points, pnp.source)
    assert told == ("pnp", dt.date(2026, 9, 2), True, "https://example.org")
