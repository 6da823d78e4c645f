"""What the results say of the pool, of rounds on another scale, and of provincial draws."""

import datetime as dt
from typing import Any

from eligibility.engine.assessment import Assessment, Invitations, KindOfRound
from eligibility.engine.pool import standing_in
from eligibility.results import draws, pool, rounds
from programs.packs.schema.common import Text
from programs.packs.seed import draws as seed_draws
from programs.rulebook import Draw, Draws, PoolBand, PoolSnapshot, Rulebook
from tests.results import cast

SNAPSHOT = PoolSnapshot(
    dt.date(2026, 9, 27),
    (PoolBand(481, 1200, 2000), PoolBand(471, 480, 500), PoolBand(0, 470, 7500)),
    "https://example.org",
)
GRID = cast.crs()._replace(id="ab-worker-eoi", name="Alberta's grid", maximum=100, effective_from=dt.date(2025, 8, 7))


def draw(identifier: str, day: str, low: int | None, **changes: Any) -> Draw:
    given: dict[str, Any] = {
        "id": identifier,
        "authority": "ab",
        "programs": ("ab-opportunity",),
        "date": dt.date.fromisoformat(day),
        "precision": "day",
        "kind": Text(en="Everyone", fr="Tout le monde"),
        "invitations": 100,
        "fewer_than": None,
        "grid": GRID.id if low is not None else None,
        "lowest_score": low,
        "highest_score": None,
        "note": None,
        "source": "https://example.org/draws",
        "as_of": "2026-10",
        "confidence": "confirmed",
    }
    return Draw(**given | changes)


def assessment(*found: Draw) -> Assessment:
    return cast.assessment(scores={GRID.id: GRID}, draws=Draws(found))


def kind_of_round(**changes: Any) -> KindOfRound:
    given: dict[str, Any] = {
        "kind": "cec", "name": "Canadian Experience Class", "rounds": 3, "eligible_for": True, "would_have_reached": 1,
        "might_have_reached": 1, "other_scale": 0, "last_cutoff": 518, "lowest_cutoff": 507, "median_cutoff": 516.0,
        "last_date": dt.date(2026, 9, 29), "includes_nomination_points": False, "source": "https://example.org",
    }  # fmt: skip
    return KindOfRound(**given | changes)


def rounds_view(*kinds: KindOfRound) -> rounds.RoundsView:
    reached = sum(one.would_have_reached for one in kinds)
    found = Invitations(12, sum(one.rounds for one in kinds), reached, kinds, standing_in(SNAPSHOT, cast.crs()))
    view = rounds.view(cast.assessment(invitations=found))
    assert view is not None
    return view


def test_the_pool_says_how_many_were_above_alongside_and_below() -> None:
    view = pool.view(standing_in(SNAPSHOT, cast.crs(total=478, range=(478, 478))))
    assert view.sentence == (
        "On 27 September 2026 there were 10,000 people in the Express Entry pool. 2,000 of them had a score in a "
        "higher band than yours, 500 were in your band (471 to 480), and 7,500 were below it."
    )
    assert [row.yours for row in view.rows] == [False, True, False]
    assert view.chart.count("nb-chart__pointer") == 1


def test_a_range_over_several_bands_is_said_to_be_one() -> None:
    view = pool.view(standing_in(SNAPSHOT, cast.crs(total=400, range=(400, 478))))
    assert "any of 2 bands, from 0 to 480 points: between 2,000 and 2,500 people" in view.sentence


def test_an_unknown_score_and_another_scale_point_at_no_band() -> None:
    unknown = pool.view(standing_in(SNAPSHOT, cast.crs(total=0, range=(0, 1200))))
    later = pool.view(standing_in(SNAPSHOT, cast.crs(effective_from=dt.date(2026, 11, 3))))
    assert "depends on answers" in unknown.sentence
    assert "another scale" in later.sentence
    for view in (unknown, later):
        assert not view.marks_yours
        assert "nb-chart__pointer" not in view.chart


def test_a_cut_off_on_another_scale_is_marked_and_no_line_beside_the_score() -> None:
    former = kind_of_round(other_scale=3, would_have_reached=0, might_have_reached=0, lowest_cutoff=None)
    partly = kind_of_round(kind="french", other_scale=1)
    found = Invitations(12, 6, 0, (former, partly))
    assert [mark.value for mark in rounds.marks(found)] == [518]
    assert len(rounds.marks(Invitations(12, 3, 0, (former,)))) == 0
    view = rounds_view(former)
    assert view.rows[0].scale == "another scale: before the CRS changed"
    assert view.rows[0].reached == "–"
    assert "their cut-offs are on another scale" in view.sentence
    assert rounds_view(partly).rows[0].scale.startswith("1 of them before the CRS changed")


def test_a_score_that_is_a_range_reaches_a_range_of_rounds() -> None:
    view = rounds_view(kind_of_round(might_have_reached=3))
    assert view.rows[0].reached == "1 to 3 of 3"
    assert view.sentence.endswith("would have reached the cut-off of 1 to 3.")


def test_draws_stand_beside_the_grid_they_were_counted_on() -> None:
    found = draws.beside(
        GRID, assessment(draw("a", "2026-09-23", 58), draw("b", "2026-02-20", 45), draw("c", "2025-11-21", 99))
    )
    assert found is not None
    assert "2 draws of the last 12 months" in found.sentence
    assert "between 45 and 58" in found.sentence
    (row,) = found.kinds
    assert (row.count, row.last, row.last_day, row.lowest, row.highest) == (2, "58", "23 September 2026", "45", "58")


def test_draws_before_the_grid_changed_are_not_compared() -> None:
    newer = GRID._replace(effective_from=dt.date(2026, 10, 1))
    found = draws.beside(newer, assessment(draw("a", "2026-09-23", 58)))
    assert found is not None
    assert found.kinds == ()
    assert "on another scale" in found.sentence
    old = draws.beside(GRID, assessment(draw("a", "2024-09-12", 88)))
    assert old is not None
    assert "the last was on 12 September 2024" in old.sentence
    assert draws.beside(cast.crs(), assessment(draw("a", "2026-09-23", 58))) is None


def test_a_program_shows_its_last_draws_with_what_the_province_said() -> None:
    shown = assessment(
        draw("a", "2026-09-23", 58),
        draw("b", "2026-06-01", None, precision="month", invitations=None, fewer_than=10),
        draw("c", "2026-05-01", 400, highest_score=450, grid="a-grid-not-here"),
        draw("d", "2026-12-01", 10),
    )
    rows = draws.of_program(shown, "ab-opportunity")
    assert [row.day for row in rows] == ["23 September 2026", "June 2026", "1 May 2026"]
    assert [row.invitations for row in rows] == ["100", "fewer than 10", "100"]
    assert [row.score for row in rows] == ["58", "", "400 to 450"]
    assert [row.scale for row in rows] == ["Alberta's grid", "", ""]
    assert draws.of_program(shown, "fsw") == ()


def test_every_draw_names_programs_and_grids_of_the_rulebook(seeded: Rulebook) -> None:
    known = {(document.kind, document.id) for document in seeded.documents}
    for one in seed_draws():
        assert all(("program", program) in known for program in one.programs), one.id
        assert one.grid is None or ("grid", one.grid) in known, one.id
        assert one.kind.fr, one.id
    assert len(seeded.draws) == len(list(seed_draws()))
    assert seeded.draws_of("ab-opportunity", since=dt.date(2026, 9, 1))[0].lowest_score == 58
