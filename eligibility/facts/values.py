"""Values that may not be known, and the logic of met, not met and unknown.

A value is a range from the lowest to the highest it could be. It is known where both ends are the same.
Answers that would settle it are named in `missing`.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

Met = bool | None
INFINITE: Final = 10**9


class _Anything:
    """The end of a range that could be any name (a province, a code, a choice)."""

    def __repr__(self) -> str:
        return "ANYTHING"


ANYTHING: Final = _Anything()


class Value(NamedTuple):
    """What is known of a fact.

    `low` and `high` are numbers for ordered facts, booleans for yes-or-no facts, and the same name (or
    ANYTHING) for names. None stands for "does not apply": there is no job offer whose province one could ask.
    """

    low: Any
    high: Any
    missing: tuple[str, ...] = ()
    estimated: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is exactly one value it could have."""
        return self.low is not ANYTHING and self.low == self.high


# The whole numbers met most (levels, years, ages, months), made once.
_SMALL: Final = tuple([Value(number, number) for number in range(512)])
YES: Final = Value(True, True)
NO: Final = Value(False, False)


def known(value: Any) -> Value:
    """A value that is known."""
    if type(value) is int and 0 <= value < 512:
        return _SMALL[value]
    return Value(value, value)


def unknown_name(*missing: str) -> Value:
    """A name that is not known."""
    return Value(ANYTHING, ANYTHING, missing)


def unknown_truth(*missing: str) -> Value:
    """A yes or no that is not known."""
    return Value(False, True, missing)


def unknown_number(*missing: str, low: float = 0, high: float = INFINITE) -> Value:
    """A number that is not known beyond its bounds."""
    return Value(low, high, missing)


DOES_NOT_APPLY: Final = Value(None, None)


def truth(value: bool | None, *missing: str) -> Value:
    """A yes or no, unknown where the answer is None."""
    return Value(False, True, missing) if value is None else YES if value else NO


def name(value: Any, *missing: str) -> Value:
    """A name, unknown where the answer is None."""
    return Value(ANYTHING, ANYTHING, missing) if value is None else Value(value, value)


def number(value: float | None, *missing: str, low: float = 0, high: float = INFINITE) -> Value:
    """A number, unknown within its bounds where the answer is None."""
    return Value(low, high, missing) if value is None else known(value)


def all_of(parts: Iterable[Met]) -> Met:
    """Met if every part is, not met if one is not, else unknown.

    >>> all_of([True, None]), all_of([None, False]), all_of([])
    (None, False, True)
    """
    result: Met = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            result = None
    return result


def any_of(parts: Iterable[Met]) -> Met:
    """Met if one part is, not met if none can be, else unknown.

    >>> any_of([False, None]), any_of([None, True]), any_of([])
    (None, True, False)
    """
    result: Met = False
    for part in parts:
        if part is True:
            return True
        if part is None:
            result = None
    return result


def negate(part: Met) -> Met:
    """The opposite; unknown stays unknown."""
    return None if part is None else not part


def _ordered(op: str) -> Callable[[Any, Any, Any], Met]:
    def at_least(low: Any, high: Any, bound: Any) -> Met:
        return True if low >= bound else False if high < bound else None

    def more_than(low: Any, high: Any, bound: Any) -> Met:
        return True if low > bound else False if high <= bound else None

    def equal(low: Any, high: Any, bound: Any) -> Met:
        return True if low == high == bound else False if bound < low or bound > high else None

    return {
        ">=": at_least,
        ">": more_than,
        "<": lambda low, high, bound: negate(at_least(low, high, bound)),
        "<=": lambda low, high, bound: negate(more_than(low, high, bound)),
        "==": equal,
        "!=": lambda low, high, bound: negate(equal(low, high, bound)),
    }[op]


_NUMERIC = {op: _ordered(op) for op in (">=", ">", "<", "<=", "==", "!=")}


def compare_ordered(value: Value, op: str, bound: Any) -> Met:
    """Compare a number (or a rank) with a bound, or with a set of bounds for `in` and `not_in`."""
    if value.low is None:
        return op in ("!=", "not_in")
    if op in ("in", "not_in"):
        inside = _ordered_inside(value, bound)
        return inside if op == "in" else negate(inside)
    return _NUMERIC[op](value.low, value.high, bound)


def _ordered_inside(value: Value, bounds: tuple[Any, ...]) -> Met:
    if value.is_known:
        return value.low in bounds
    return None if any(value.low <= bound <= value.high for bound in bounds) else False


def compare_name(value: Value, op: str, wanted: Any) -> Met:
    """Compare a name or a yes or no: ==, !=, in, not_in."""
    names = wanted if isinstance(wanted, tuple) else (wanted,)
    if value.is_known:
        inside: Met = value.low in names
    elif isinstance(value.low, bool) and {True, False} <= set(names):
        inside = True
    else:
        inside = None
    return inside if op in ("==", "in") else negate(inside)


def compare_set(value: Value, op: str, wanted: Any) -> Met:
    """Compare a set of names: `contains` and `in` ask for at least one of the wanted, `contains_none` for none.

    `low` is what is surely in the set; `high` is the same set if nothing more can be in it, else ANYTHING.
    """
    names = set(wanted) if isinstance(wanted, tuple) else {wanted}
    surely = value.low if isinstance(value.low, frozenset) else frozenset()
    found: Met = True if surely & names else (None if value.high is ANYTHING else False)
    return negate(found) if op == "contains_none" else found
