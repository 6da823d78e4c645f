"""A score is shown as the engine gave it: one figure or a range, a bar, and a table that adds up."""

from eligibility.engine.assessment import Score
from eligibility.results import scores
from tests.results import cast

PARTLY = cast.crs(
    total=412,
    range=(412, 471),
    complete=False,
    missing=("language_tests[0].writing", "education[0].eca"),
    lines=(
        cast.line("core", 362, 500, role="section", high=411),
        cast.line("transferability", 50, 100, role="section", high=100),
    ),
)


def shown(score: Score) -> scores.ScoreView:
    return scores.view(score, ())


def test_a_complete_score_is_one_figure() -> None:
    view = shown(cast.crs())
    assert (view.low, view.maximum, view.is_range) == ("478", "1,200", False)


def test_an_incomplete_score_is_a_range_and_names_what_would_settle_it() -> None:
    view = shown(PARTLY)
    assert (view.low, view.high, view.is_range) == ("412", "471", True)
    assert [question.page for question in view.settles] == ["language", "education"]


def test_a_range_over_everything_is_called_unknown() -> None:
    assert shown(cast.crs(total=0, range=(0, 1200))).says_nothing


def test_a_range_narrower_than_everything_is_shown_as_one() -> None:
    view = shown(cast.crs(total=0, range=(0, 1090)))
    assert (view.says_nothing, view.is_range, view.low, view.high) == (False, True, "0", "1,090")


def test_what_could_be_added_never_goes_past_the_range() -> None:
    assert scores._possible_shares(PARTLY) == (49, 10)


def test_the_table_holds_every_line_with_its_depth() -> None:
    rows = shown(cast.crs()).rows
    assert [row.line.id for row in rows] == [line.id for line in cast.crs().walk()]
    depths = {row.line.id: row.depth for row in rows}
    assert (depths["core"], depths["first_language"], depths["listening"]) == (0, 1, 2)


def test_sections_and_factors_link_their_source() -> None:
    shows = {row.line.id: row.shows_source for row in shown(cast.crs()).rows}
    assert shows["core"]
    assert shows["age"]
    assert not shows["listening"]


def test_other_readings_stand_beside_their_factor() -> None:
    (remark,) = shown(cast.crs()).remarks
    assert remark.factor == "Foreign work language"


def test_the_pass_mark_is_compared_in_words() -> None:
    assert shown(cast.fsw67()).standing == "You pass the mark of 67, with 7 points to spare."
    assert shown(cast.fsw67(total=67, range=(67, 67))).standing == "You reach the pass mark of 67 exactly."
    assert shown(cast.fsw67(total=66, range=(66, 66))).standing == "You are 1 point short of the pass mark of 67."
    undecided = shown(cast.fsw67(total=60, range=(60, 70), missing=("birth_date",))).standing
    assert undecided == "Whether you reach the pass mark of 67 depends on what is still missing."


def test_the_picture_says_its_figures_in_its_description() -> None:
    chart = shown(cast.crs()).chart
    assert "Core human capital factors: 378 of 500" in chart
    assert "478 of 1,200" in chart
