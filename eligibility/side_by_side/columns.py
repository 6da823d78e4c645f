"""What stands beside each other: a column for each assessment, and cells that say how they differ from the first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import Assessment
from eligibility.results import words
from eligibility.results.words import Mark

Differs = Literal["", "more", "less", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """One assessment and what it is called. The first of several is what the others are compared with."""

    key: str
    name: str
    assessment: Assessment
    address: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """A requirement that moved: how, what it asks, and what stands against it in this column."""

    how: str
    text: str
    yours: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says in a row. `difference` says in words how it differs from the first column."""

    column: str
    text: str
    differs: Differs = ""
    difference: str = ""
    mark: Mark | None = None
    why: tuple[Why, ...] = ()
    more: str = ""
    lines: tuple["LineOfCell", ...] = ()
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class LineOfCell:
    """One of several things in a cell, marked if the first column does not have it."""

    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The same thing in every column."""

    name: str
    cells: tuple[Cell, ...]
    address: str = ""
    depth: int = 0
    note: str = ""

    @property
    def differs(self) -> bool:
        """Whether any column says something else than the first."""
        return any(cell.differs for cell in self.cells)


def points_cell(column: Column, reach: tuple[int, int] | None, first: tuple[int, int] | None) -> Cell:
    """Points beside those of the first column. None where a column has no such line."""
    text = words.range_text(*reach) if reach is not None else "–"
    if reach == first:
        return Cell(column.name, text)
    if reach is None or first is None or (reach[0] - first[0]) * (reach[1] - first[1]) < 0:
        return Cell(column.name, text, "other", gettext("another range"))
    step = reach[0] - first[0] or reach[1] - first[1]
    figures = {"count": abs(step)}
    if reach[0] - first[0] != reach[1] - first[1]:
        said = gettext("more") if step > 0 else gettext("fewer")
    elif step > 0:
        said = ngettext("%(count)d more", "%(count)d more", step) % figures
    else:
        said = ngettext("%(count)d fewer", "%(count)d fewer", -step) % figures
    return Cell(column.name, text, "more" if step > 0 else "less", said)


def keys_of(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every key that any column has, in the order in which they come first."""
    return tuple(dict.fromkeys(key for each in found for key in each))
