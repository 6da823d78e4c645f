"""Draws of provinces and territories, as the rulebook holds them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from programs.packs.schema.common import Text


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw, for one group of people.

    Scores are on the scale of `grid`; where that is None the scale is none of ours, and they are never compared.
    `highest_score` is there only for a draw with an upper end: people above it were not invited. Of a draw whose
    `precision` is "month" the date is the first of that month. `fewer_than` stands in place of `invitations`
    where the province said no more than that.
    """

    id: str
    authority: str
    programs: tuple[str, ...]
    date: dt.date
    precision: Literal["day", "month"]
    kind: Text
    invitations: int | None
    fewer_than: int | None
    grid: str | None
    lowest_score: int | None
    highest_score: int | None
    note: Text | None
    source: str
    as_of: str
    confidence: str


class Draws:
    """All draws, oldest first, found by program and by grid."""

    def __init__(self, draws: Iterable[Draw] = ()) -> None:
        """Sort them, and note which concern which program and which grid."""
        self._all = tuple(sorted(draws, key=lambda one: (one.date, one.id)))
        by_program: dict[str, list[Draw]] = {}
        by_grid: dict[str, list[Draw]] = {}
        for draw in self._all:
            for program in draw.programs:
                by_program.setdefault(program, []).append(draw)
            if draw.grid is not None:
                by_grid.setdefault(draw.grid, []).append(draw)
        self._by_program: Mapping[str, Sequence[Draw]] = by_program
        self._by_grid: Mapping[str, Sequence[Draw]] = by_grid

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Draws) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)

    def of_program(self, program: str, since: dt.date | None = None, until: dt.date | None = None) -> tuple[Draw, ...]:
        """The draws that invited for a program, newest first, from `since` to `until`, both included."""
        return _newest_first(self._by_program.get(program, ()), since, until)

    def on_grid(self, grid: str, since: dt.date | None = None, until: dt.date | None = None) -> tuple[Draw, ...]:
        """The draws whose scores are on the scale of a grid, newest first, from `since` to `until`, both included."""
        return _newest_first(self._by_grid.get(grid, ()), since, until)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Draw]:
        return iter(self._all)


def _newest_first(draws: Sequence[Draw], since: dt.date | None, until: dt.date | None) -> tuple[Draw, ...]:
    return tuple(
        draw
        for draw in reversed(draws)
        if (since is None or since <= draw.date) and (until is None or draw.date <= until)
    )
