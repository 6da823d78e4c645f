"""Days, and values that may not be known, at the edges: the very day, the very bound, nothing known at all."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from eligibility.facts.dates import (
    completed_months,
    completed_years,
    months_before,
    still_counts,
    years_after,
    years_before,
)
from eligibility.facts.values import (
    ANYTHING,
    DOES_NOT_APPLY,
    INFINITE,
    NO,
    YES,
    Met,
    Value,
    all_of,
    any_of,
    compare_name,
    compare_ordered,
    compare_set,
    known,
    name,
    negate,
    number,
    truth,
    unknown_name,
    unknown_number,
    unknown_truth,
)

D = dt.date


@pytest.mark.parametrize(
    ("count", "day", "many", "found"),
    [
        (years_before, D(2026, 11, 21), 3, D(2023, 11, 21)),
        (years_before, D(2024, 2, 29), 1, D(2023, 2, 28)),
        (years_before, D(2024, 2, 29), 4, D(2020, 2, 29)),
        (years_before, D(10, 5, 6), 9, D(1, 5, 6)),
        (years_before, D(10, 5, 6), 10, D.min),
        (years_after, D(2026, 11, 21), 3, D(2029, 11, 21)),
        (years_after, D(2024, 2, 29), 1, D(2025, 3, 1)),
        (years_after, D(2024, 2, 29), 4, D(2028, 2, 29)),
        (years_after, D(9990, 5, 6), 9, D(9999, 5, 6)),
        (years_after, D(9990, 5, 6), 10, D.max),
        (months_before, D(2026, 11, 21), 1, D(2026, 10, 21)),
        (months_before, D(2026, 11, 21), 12, D(2025, 11, 21)),
        (months_before, D(2026, 11, 21), -2, D(2027, 1, 21)),
        (months_before, D(2026, 1, 31), 1, D(2025, 12, 31)),
        (months_before, D(2026, 7, 31), 1, D(2026, 6, 30)),
        (months_before, D(2026, 3, 31), 1, D(2026, 2, 28)),
        (months_before, D(2024, 3, 31), 1, D(2024, 2, 29)),
        (months_before, D(2026, 3, 29), 1, D(2026, 2, 28)),
        (months_before, D(2026, 3, 28), 1, D(2026, 2, 28)),
        (months_before, D(1, 1, 15), 0, D(1, 1, 15)),
        (months_before, D(1, 1, 15), 1, D.min),
        (months_before, D(1, 12, 15), 11, D(1, 1, 15)),
        (months_before, D(9999, 1, 15), -11, D(9999, 12, 15)),
        (months_before, D(9999, 12, 15), -1, D.max),
    ],
)
def test_the_same_day_years_or_months_away(
    count: Callable[[dt.date, int], dt.date], day: dt.date, many: int, found: dt.date
) -> None:
    assert count(day, many) == found


@pytest.mark.parametrize(
    ("count", "start", "day", "found"),
    [
        (completed_years, D(1996, 11, 21), D(2026, 11, 21), 30),
        (completed_years, D(1996, 11, 22), D(2026, 11, 21), 29),
        (completed_years, D(1996, 12, 1), D(2026, 11, 21), 29),
        (completed_years, D(1996, 10, 30), D(2026, 11, 21), 30),
        (completed_months, D(2026, 11, 21), D(2027, 3, 21), 4),
        (completed_months, D(2026, 11, 21), D(2027, 3, 20), 3),
        (completed_months, D(2025, 3, 1), D(2027, 1, 31), 22),
        (completed_months, D(2026, 11, 21), D(2026, 12, 21), 1),
        (completed_months, D(2026, 11, 21), D(2026, 11, 22), 0),
        (completed_months, D(2026, 11, 21), D(2026, 9, 1), 0),
    ],
)
def test_completed_years_and_months(
    count: Callable[[dt.date, dt.date], int], start: dt.date, day: dt.date, found: int
) -> None:
    assert count(start, day) == found


def test_on_its_anniversary_a_result_no_longer_counts() -> None:
    assert still_counts(D(2024, 11, 22), D(2026, 11, 21), 2)
    assert not still_counts(D(2024, 11, 21), D(2026, 11, 21), 2)


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (known(0), Value(0, 0)),
        (known(511), Value(511, 511)),
        (known(512), Value(512, 512)),
        (known(-1), Value(-1, -1)),
        (known(1.5), Value(1.5, 1.5)),
        (known("ON"), Value("ON", "ON")),
        (known(True), YES),
        (unknown_name("a", "b"), Value(ANYTHING, ANYTHING, ("a", "b"))),
        (unknown_truth("a", "b"), Value(False, True, ("a", "b"))),
        (unknown_number("a"), Value(0, INFINITE, ("a",))),
        (unknown_number("a", low=2, high=5), Value(2, 5, ("a",))),
        (truth(None, "a"), Value(False, True, ("a",))),
        (truth(True, "a"), YES),
        (truth(False, "a"), NO),
        (name(None, "a"), Value(ANYTHING, ANYTHING, ("a",))),
        (name("ON", "a"), Value("ON", "ON")),
        (number(None, "a"), Value(0, INFINITE, ("a",))),
        (number(None, "a", low=2, high=5), Value(2, 5, ("a",))),
        (number(7.5, "a"), Value(7.5, 7.5)),
        (number(0, "a"), Value(0, 0)),
    ],
)
def test_values_are_made_of_answers(made: Value, value: Value) -> None:
    assert made == value
    assert (type(made.low), type(made.high)) == (type(value.low), type(value.high))
    assert not made.estimated


def test_a_value_is_known_where_both_ends_are_the_same() -> None:
    assert known(3).is_known
    assert DOES_NOT_APPLY.is_known
    assert not Value(3, 4).is_known
    assert not unknown_name("a").is_known
    assert repr(ANYTHING) == "ANYTHING"


@pytest.mark.parametrize(
    ("parts", "every", "one"),
    [
        ((), True, False),
        ((True, True), True, True),
        ((True, False), False, True),
        ((False, False), False, False),
        ((True, None), None, True),
        ((None, True), None, True),
        ((False, None), False, None),
        ((None, False), False, None),
        ((None, None), None, None),
    ],
)
def test_all_and_any_of_what_may_not_be_known(parts: tuple[Met, ...], every: Met, one: Met) -> None:
    assert all_of(parts) is every
    assert any_of(parts) is one


def test_the_opposite_of_what_is_not_known_is_not_known() -> None:
    assert [negate(part) for part in (True, False, None)] == [False, True, None]


# For the bound 5: a value, and what each comparison says of it.
OPERATORS = (">=", ">", "<", "<=", "==", "!=")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (4, 4, (False, False, True, True, False, True)),
        (5, 5, (True, False, False, True, True, False)),
        (6, 6, (True, True, False, False, False, True)),
        (3, 4, (False, False, True, True, False, True)),
        (4, 5, (None, False, None, True, None, None)),
        (5, 6, (True, None, False, None, None, None)),
        (6, 7, (True, True, False, False, False, True)),
        (4, 6, (None, None, None, None, None, None)),
    ],
)
def test_a_range_is_held_against_a_bound(low: int, high: int, said: tuple[Met, ...]) -> None:
    assert tuple(compare_ordered(Value(low, high), op, 5) for op in OPERATORS) == said


@pytest.mark.parametrize(
    ("value", "inside"),
    [
        (known(2), True),
        (known(3), False),
        (Value(2, 3), None),
        (Value(3, 4), None),
        (Value(1, 2), None),
        (Value(5, 9), False),
        (Value(0, 1), False),
    ],
)
def test_a_range_is_held_against_several_numbers(value: Value, inside: Met) -> None:
    assert compare_ordered(value, "in", (2, 4)) is inside
    assert compare_ordered(value, "not_in", (2, 4)) is (None if inside is None else not inside)


def test_what_does_not_apply_is_only_unlike() -> None:
    assert [compare_ordered(DOES_NOT_APPLY, op, 5) for op in OPERATORS] == [False] * 5 + [True]
    assert not compare_ordered(DOES_NOT_APPLY, "in", (5,))
    assert compare_ordered(DOES_NOT_APPLY, "not_in", (5,))


@pytest.mark.parametrize(
    ("value", "wanted", "same"),
    [
        (known("ON"), "ON", True),
        (known("ON"), "BC", False),
        (known("ON"), ("BC", "ON"), True),
        (known("ON"), ("BC", "AB"), False),
        (unknown_name("a"), "ON", None),
        (YES, True, True),
        (NO, True, False),
        (unknown_truth("a"), True, None),
        (unknown_truth("a"), False, None),
        (unknown_truth("a"), (True, False), True),
        (DOES_NOT_APPLY, "ON", False),
    ],
)
def test_a_name_is_held_against_names(value: Value, wanted: Any, same: Met) -> None:
    for op in ("==", "in"):
        assert compare_name(value, op, wanted) is same
    for op in ("!=", "not_in"):
        assert compare_name(value, op, wanted) is negate(same)


@pytest.mark.parametrize(
    ("value", "wanted", "found"),
    [
        (known(frozenset({"ON", "BC"})), ("BC", "AB"), True),
        (known(frozenset({"ON"})), ("BC", "AB"), False),
        (known(frozenset({"ON"})), "ON", True),
        (known(frozenset({"ON"})), "O", False),
        (Value(frozenset({"ON"}), ANYTHING), "ON", True),
        (Value(frozenset({"ON"}), ANYTHING), "BC", None),
        (DOES_NOT_APPLY, "BC", False),
    ],
)
def test_a_set_is_held_against_names(value: Value, wanted: Any, found: Met) -> None:
    assert compare_set(value, "contains", wanted) is found
    assert compare_set(value, "in", wanted) is found
    assert compare_set(value, "contains_none", wanted) is negate(found)
