"""Counting, person by person, what a change of the rules does.

A tally is plain data, so that it can be put aside and gone on with, and added to another.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from eligibility.impact.compare import Difference

# How many people of each kind of change are kept, to be opened one by one.
KEPT = 25


@dataclass
class Tally:
    """The counts so far.

    `programs` holds, for each program, how many people went from which verdict to which; `grids` holds, for each
    grid, how many people's totals changed by how many points; `invitations` how many went from so many rounds that
    they could have been invited in to so many. Who gets the same answer stands in none of them. `cases` names some of
    the people of each change. `failed` names those who could not be assessed, with the reason.
    """

    people: int = 0
    changed: int = 0
    programs: dict[str, dict[str, int]] = field(default_factory=dict)
    grids: dict[str, dict[str, int]] = field(default_factory=dict)
    invitations: dict[str, int] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    failed: list[list[str]] = field(default_factory=list)
    failures: int = 0

    def as_json(self) -> dict[str, Any]:
        """The tally as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Tally":
        """A tally to go on with."""
        return cls(**data)

    def add(self, name: str, found: Difference) -> None:
        """Count one person, known by `name`."""
        self.people += 1
        self.changed += bool(found)
        for program, pair in found.verdicts.items():
            _count(self.programs.setdefault(program, {}), pair)
            self._keep(f"{program} {pair}", name)
        for grid, points in found.points.items():
            _count(self.grids.setdefault(grid, {}), points)
            self._keep(f"{grid} {direction(points)}", name)
        if found.invitations is not None:
            was, now = found.invitations
            _count(self.invitations, f"{was}>{now}")
            self._keep(f"invitations {way_of_rounds(was, now)}", name)

    def add_failure(self, name: str, why: str) -> None:
        """Count one person who cannot be assessed under one of the rulebooks."""
        self.people += 1
        self.failures += 1
        if len(self.failed) < KEPT:
            self.failed.append([name, why])

    def add_all(self, other: "Tally") -> None:
        """Count the people of another tally, who come after those of this one."""
        self.people += other.people
        self.changed += other.changed
        self.failures += other.failures
        for mine, theirs in ((self.programs, other.programs), (self.grids, other.grids)):
            for key, counts in theirs.items():
                _count_all(mine.setdefault(key, {}), counts)
        _count_all(self.invitations, other.invitations)
        for change, names in other.cases.items():
            for name in names:
                self._keep(change, name)
        self.failed += other.failed[: KEPT - len(self.failed)]

    def _keep(self, change: str, name: str) -> None:
        kept = self.cases.setdefault(change, [])
        if len(kept) < KEPT:
            kept.append(name)


def _count(counts: dict[str, int], what: str, times: int = 1) -> None:
    counts[what] = counts.get(what, 0) + times


def _count_all(counts: dict[str, int], others: dict[str, int]) -> None:
    for what, times in others.items():
        _count(counts, what, times)


def direction(points: str) -> str:
    """Whether a score goes up or down, or is new, gone, or the same in all and different in a part.

    >>> [direction(points) for points in ("+3", "-10", "new")]
    ['up', 'down', 'new']
    """
    return {"+": "up", "-": "down"}.get(points[0], points)


def way_of_rounds(was: int, now: int) -> str:
    """Which way it goes with the rounds that someone could have been invited in.

    >>> [way_of_rounds(*pair) for pair in ((0, 2), (3, 0), (1, 2), (2, 1))]
    ['first', 'last', 'more', 'fewer']
    """
    if was == 0:
        return "first"
    if now == 0:
        return "last"
    return "more" if now > was else "fewer"
