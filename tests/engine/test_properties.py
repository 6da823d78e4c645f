"""What must hold for every profile: ranges are true, order does not matter, totals are sums of lines."""

import copy
import random
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.straight_crs import crs, fsw67
from eligibility.engine.assessment import Assessment
from programs.packs.schema import Grid
from programs.packs.schema.grids import Factor
from programs.rulebook import Rulebook
from tests.engine.conftest import Assess
from tests.profiles import complete_profiles, forgetful

MANY = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@MANY
@given(profile=complete_profiles())
def test_the_crs_agrees_with_an_independent_reading_of_the_tables(
    profile: dict[str, Any], assess_profile: Assess
) -> None:
    score = assess_profile(profile).scores["crs"]
    assert (score.total, score.complete) == (crs(profile), True)


@MANY
@given(profile=complete_profiles())
def test_the_fsw_points_agree_with_an_independent_reading_of_the_regulations(
    profile: dict[str, Any], assess_profile: Assess
) -> None:
    score = assess_profile(profile).scores["fsw67"]
    assert (score.total, score.complete) == (fsw67(profile), True)


@MANY
@given(pair=forgetful())
def test_a_range_always_holds_the_score_that_the_full_answers_give(
    pair: tuple[dict[str, Any], dict[str, Any]], assess_profile: Assess
) -> None:
    whole, partly = (assess_profile(profile) for profile in pair)
    for grid, score in whole.scores.items():
        low, high = partly.scores[grid].range
        assert low <= score.total <= high, grid
        assert partly.scores[grid].total == low


@MANY
@given(pair=forgetful())
def test_learning_an_unknown_answer_never_turns_a_decided_verdict(
    pair: tuple[dict[str, Any], dict[str, Any]], assess_profile: Assess
) -> None:
    whole, partly = (assess_profile(profile) for profile in pair)
    for before, after in zip(partly.programs, whole.programs, strict=True):
        if before.verdict != "unknown":
            assert before.verdict == after.verdict, before.id
        for early, late in zip(before.requirements, after.requirements, strict=True):
            if early.met is not None:
                assert early.met == late.met, (before.id, early.id)


def _shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {key: _shuffled(value[key], order) for key in keys}
    if isinstance(value, list):
        items = [_shuffled(item, order) for item in value]
        order.shuffle(items)
        return items
    return value


@MANY
@given(profile=complete_profiles(), order=st.randoms(use_true_random=False))
def test_the_order_of_answers_never_matters(
    profile: dict[str, Any], order: random.Random, assess_profile: Assess
) -> None:
    one, other = assess_profile(profile), assess_profile(_shuffled(copy.deepcopy(profile), order))
    assert {g: s.total for g, s in one.scores.items()} == {g: s.total for g, s in other.scores.items()}
    assert _verdicts(one) == _verdicts(other)


def _verdicts(assessment: Assessment) -> dict[str, Any]:
    return {p.id: (p.verdict, [f.met for f in p.requirements]) for p in assessment.programs}


def _taking_the_best(rulebook: Rulebook) -> set[tuple[str, str]]:
    """The factors, by grid and id, that take the best of their children instead of the sum."""

    def below(factors: Iterable[Factor]) -> Iterator[Factor]:
        for factor in factors:
            yield factor
            yield from below(factor.children)

    return {
        (grid.id, factor.id)
        for grid in rulebook.of_kind(Grid)
        for version in grid.versions
        for factor in below(version.factors)
        if factor.combine == "best"
    }


@MANY
@given(profile=complete_profiles())
def test_totals_are_the_sums_of_their_lines_under_the_caps(
    profile: dict[str, Any], assess_profile: Assess, rulebook: Rulebook
) -> None:
    best = _taking_the_best(rulebook)
    for score in assess_profile(profile).scores.values():
        assert score.total == min(score.maximum, sum(line.points for line in score.lines))
        for line in score.walk():
            assert line.cap is None or line.points <= line.cap
            if line.children:
                points = [child.points for child in line.children]
                combined = max(points) if (score.id, line.id) in best else sum(points)
                assert line.points == (combined if line.cap is None else min(combined, line.cap)), line.id
