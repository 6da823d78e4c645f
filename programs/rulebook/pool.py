"""Snapshots of the Express Entry pool, as the rulebook holds them."""

import bisect
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class PoolBand:
    """The candidates whose score lies from `low` to `high`, both included."""

    low: int
    high: int
    candidates: int


@dataclass(frozen=True, slots=True)
class PoolSnapshot:
    """The pool on one day. `bands` are the finest published, from the highest down; nobody is in two of them."""

    date: dt.date
    bands: tuple[PoolBand, ...]
    source: str

    @property
    def total(self) -> int:
        """Everyone in the pool that day."""
        return sum(band.candidates for band in self.bands)


# Date, lowest score, highest score, candidates, source.
BandRow = tuple[dt.date, int, int, int, str]


def snapshots(rows: Iterable[BandRow]) -> tuple[PoolSnapshot, ...]:
    """Bands that do not overlap, gathered by day, oldest first."""
    ordered = sorted(rows, key=lambda row: (row[0], -row[1]))
    return tuple(
        PoolSnapshot(day, tuple(PoolBand(*row[1:4]) for row in found), found[0][4])
        for day, group in groupby(ordered, key=lambda row: row[0])
        for found in [list(group)]
    )


def snapshot_on(pool: tuple[PoolSnapshot, ...], day: dt.date) -> PoolSnapshot | None:
    """The last snapshot on or before `day`; None where none was taken yet."""
    index = bisect.bisect_right(pool, day, key=lambda one: one.date)
    return pool[index - 1] if index else None
