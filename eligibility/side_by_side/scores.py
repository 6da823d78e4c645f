"""Points of several assessments beside each other: every system, and one system factor by factor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eligibility.engine.assessment import Line, Score
from eligibility.express_entry import CRS, FSW
from eligibility.side_by_side.columns import Column, Row, keys_of, points_cell

Path = tuple[str, ...]
# Shown first, and whatever they are.
EXPRESS_ENTRY = (CRS, FSW)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One system's points by section and factor, the lines that differ apart from the whole table."""

    name: str
    total: Row
    rows: tuple[Row, ...]

    @property
    def differing(self) -> tuple[Row, ...]:
        """The lines that differ in some column, without those above them that only add them up."""
        return tuple(row for row in self.rows if row.differs)


@dataclass(frozen=True, slots=True)
class Totals:
    """The points of Express Entry, and those of other systems that differ."""

    express_entry: tuple[Row, ...]
    others: tuple[Row, ...]


def totals(columns: Sequence[Column]) -> Totals:
    """Every system's points in a row, those of others only if they differ."""
    found = keys_of(column.assessment.scores for column in columns)
    others = (_total(columns, key) for key in found if key not in EXPRESS_ENTRY)
    return Totals(
        tuple(_total(columns, key) for key in EXPRESS_ENTRY if key in found),
        tuple(row for row in others if row.differs),
    )


def _score(column: Column, key: str) -> Score | None:
    return column.assessment.scores.get(key)


def _total(columns: Sequence[Column], key: str) -> Row:
    scores = [_score(column, key) for column in columns]
    name = next(score.name for score in scores if score)
    first = scores[0].range if scores[0] else None
    return Row(
        name,
        tuple(
            points_cell(column, score.range if score else None, first)
            for column, score in zip(columns, scores, strict=True)
        ),
    )


def breakdown(columns: Sequence[Column], key: str) -> Breakdown | None:
    """One system line by line; None if no column has it."""
    scores = [_score(column, key) for column in columns]
    if not any(scores):
        return None
    lines = [dict(_lines(score.lines)) if score else {} for score in scores]
    rows = []
    for path in dict.fromkeys(path for held in lines for path in held):
        found = [held.get(path) for held in lines]
        named = next(line for line in found if line)
        if not any(line and line.high for line in found):
            continue
        reaches = [(line.points, line.high) if line else None for line in found]
        cells = tuple(points_cell(column, reach, reaches[0]) for column, reach in zip(columns, reaches, strict=True))
        rows.append(Row(named.name, cells, depth=len(path) - 1))
    total = _total(columns, key)
    return Breakdown(total.name, total, tuple(rows))


def _lines(lines: Sequence[Line], above: Path = ()) -> Iterator[tuple[Path, Line]]:
    for line in lines:
        if line.role == "part":
            continue
        path = (*above, line.id)
        yield path, line
        yield from _lines(line.children, path)
