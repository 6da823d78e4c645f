"""Whether periods of effect overlap, or leave days with no rule between them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from programs.checks.problems import Location, Severity
from programs.packs.schema import LanguageTest, Pack
from programs.packs.schema.tables import Conversion

Finding = tuple[Severity, Location, str]
Span = tuple[dt.date, dt.date | None]
ONE_DAY = dt.timedelta(days=1)


def period_problems(document: Pack) -> Iterator[Finding]:
    """Overlaps (errors) and gaps (worth a second look) between the periods of a document."""
    for key in ("versions", "outlook"):
        spans = [(part.effective_from, part.effective_to) for part in getattr(document, key, ())]
        yield from _between(key, spans)
    yield from _between("intake", [(part.from_, part.to) for part in getattr(document, "intake", ())])
    yield from _backwards(document)
    if isinstance(document, LanguageTest):
        yield from _conversion_problems(document)


def _between(key: str, spans: Sequence[Span]) -> Iterator[Finding]:
    order = sorted(range(len(spans)), key=lambda index: spans[index][0])
    for before, after in pairwise(order):
        end, start = spans[before][1], spans[after][0]
        if end is None or end >= start:
            ends = "has no end" if end is None else f"ends on {end}"
            message = f"this one starts on {start} while the one before {ends}; the periods overlap"
            yield "error", (key, after), message
        elif end + ONE_DAY < start:
            yield "warning", (key, after), f"nothing is in force from {end + ONE_DAY} to {start - ONE_DAY}"


def _backwards(document: Pack) -> Iterator[Finding]:
    for index, part in enumerate(getattr(document, "intake", ())):
        if part.to is not None and part.to < part.from_:
            yield "error", ("intake", index, "to"), f"the last day ({part.to}) is before the first ({part.from_})"


def _conversion_problems(test: LanguageTest) -> Iterator[Finding]:
    """Two conversions of one scale that hold for the same day and the same test are one too many."""
    for index, later in enumerate(test.conversions):
        for earlier in test.conversions[:index]:
            same_days = _meet(_accepted(earlier), _accepted(later)) and _meet(_taken(earlier), _taken(later))
            if later.scale == earlier.scale and same_days:
                message = f"it holds for the same tests on the same days as “{earlier.id}”"
                yield "error", ("conversions", index), message


def _accepted(conversion: Conversion) -> tuple[Any, Any]:
    return conversion.effective_from, conversion.effective_to


def _taken(conversion: Conversion) -> tuple[Any, Any]:
    return conversion.taken_from, conversion.taken_to


def _meet(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    first_start, first_end = one[0] or dt.date.min, one[1] or dt.date.max
    second_start, second_end = other[0] or dt.date.min, other[1] or dt.date.max
    return bool(first_start <= second_end and second_start <= first_end)
