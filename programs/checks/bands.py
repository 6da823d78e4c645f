"""Whether the bands of a points table leave gaps, overlap, or forget a value."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from programs.checks.problems import Location
from programs.checks.walk import parts
from programs.packs.schema import Grid
from programs.packs.schema.grids import Axis, Band, PointsTable
from programs.packs.schema.measures import Measure
from programs.packs.sentences import value_word
from programs.rulebook import Vocabulary

Finding = tuple[Location, str]


def band_problems(grid: Grid, words: Vocabulary) -> Iterator[Finding]:
    """Everything wrong with the bands of a grid's tables, with the place where it stands."""
    for location, part in parts(grid):
        if isinstance(part, PointsTable):
            for name, axis in (("rows", part.rows), ("columns", part.columns)):
                if axis is not None:
                    for message in axis_problems(axis, words):
                        yield (*location, name), message


def axis_problems(axis: Axis, words: Vocabulary) -> Iterator[str]:
    """Everything wrong with one axis' bands."""
    ranged = [band for band in axis.bands if not band.values]
    named = [band for band in axis.bands if band.values]
    if ranged and named:
        yield "some bands are ranges and some are named values; use one form for all"
    elif ranged:
        yield from range_problems(ranged)
    else:
        values = values_to_cover(axis, words)
        yield from _value_problems(named, values, axis.measure)
        yield from () if _is_by_province(axis, words) else _forgotten(named, values, axis.measure)


def range_problems(bands: Sequence[Band]) -> Iterator[str]:
    """Gaps and overlaps between ranges of whole numbers.

    >>> list(range_problems([Band(max=17), Band(min=19, max=20)]))
    ['no band covers 18']
    """
    ordered = sorted(bands, key=lambda band: float("-inf") if band.min is None else band.min)
    for lower, upper in pairwise(ordered):
        if lower.max is None or upper.min is None:
            yield f"the bands {_said(lower)} and {_said(upper)} overlap, since one has no end"
        elif upper.min <= lower.max:
            yield f"the bands {_said(lower)} and {_said(upper)} overlap"
        elif upper.min > lower.max + 1:
            missing = f"{lower.max + 1}" if upper.min == lower.max + 2 else f"{lower.max + 1} to {upper.min - 1}"
            yield f"no band covers {missing}"


def _value_problems(bands: Sequence[Band], needed: Sequence[object], measure: Measure) -> Iterator[str]:
    seen: list[object] = []
    for band in bands:
        for value in band.values:
            if value in seen:
                yield f"“{_word(measure, value)}” stands in two bands"
            elif needed and value not in needed:
                yield f"there is no value “{value}”; it takes {', '.join(_word(measure, each) for each in needed)}"
            seen.append(value)


def _forgotten(bands: Sequence[Band], needed: Sequence[object], measure: Measure) -> Iterator[str]:
    forgotten = [_word(measure, value) for value in needed if not any(value in band.values for band in bands)]
    if forgotten:
        yield f"no band covers {', '.join(forgotten)}"


def _word(measure: Measure, value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value_word(measure, value)


def _is_by_province(axis: Axis, words: Vocabulary) -> bool:
    entry = words.facts.get(axis.measure.fact or "")
    return entry is not None and entry.by_province


def values_to_cover(axis: Axis, words: Vocabulary) -> list[object]:
    """The values that an axis can take, where they are a closed list."""
    measure = axis.measure
    if measure.credential is not None:
        allowed = measure.credential.levels
        levels = [level.key for level in words.levels if not allowed or level.key in allowed]
        return list(levels) if measure.credential.gives == "level" else []
    entry = words.facts.get(measure.fact or "")
    if entry is None:
        return []
    if entry.type == "level":
        return [level.key for level in words.levels]
    if entry.type == "boolean":
        return [True, False]
    return list(entry.choices)


def _said(band: Band) -> str:
    return f"{'…' if band.min is None else band.min} to {'…' if band.max is None else band.max}"
