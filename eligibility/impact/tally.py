"""Counting, person by person, what a change of the rules does.

A tally is plain data, so that it can be put aside and gone on with.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from eligibility.engine import Assessment, assess
from eligibility.impact.touched import Touched
from eligibility.profile import Profile
from programs.rulebook import RulebookInForce

# How many people of each kind of change are kept, to be opened one by one.
KEPT = 25
# Verdicts as the counts name them; "none" is a program without rules on the day.
VERDICTS = ("eligible", "likely", "unknown", "not_eligible", "none")


@dataclass
class Tally:
    """The counts so far.

    `programs` holds, for each program, how many people went from which verdict to which; `grids` holds, for each
    grid, how many people's totals changed by how many points. `cases` names some of them for each of both.
    `failed` names those who could not be assessed, with the reason.
    """

    people: int = 0
    changed: int = 0
    programs: dict[str, dict[str, int]] = field(default_factory=dict)
    grids: dict[str, dict[str, int]] = field(default_factory=dict)
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

    def add(self, name: str, before: Assessment, after: Assessment) -> None:
        """Count one person, known by `name`."""
        self.people += 1
        differs = self._add_verdicts(name, before, after)
        differs |= self._add_totals(name, before, after)
        self.changed += differs

    def add_failure(self, name: str, why: str) -> None:
        """Count one person who cannot be assessed under one of the rulebooks."""
        self.people += 1
        self.failures += 1
        if len(self.failed) < KEPT:
            self.failed.append([name, why])

    def _add_verdicts(self, name: str, before: Assessment, after: Assessment) -> bool:
        was = {result.id: result.verdict or "none" for result in before.programs}
        now = {result.id: result.verdict or "none" for result in after.programs}
        differs = False
        for program in was.keys() | now.keys():
            pair = f"{was.get(program, 'none')}>{now.get(program, 'none')}"
            counts = self.programs.setdefault(program, {})
            counts[pair] = counts.get(pair, 0) + 1
            if was.get(program, "none") != now.get(program, "none"):
                differs = True
                self._keep(f"{program} {pair}", name)
        return differs

    def _add_totals(self, name: str, before: Assessment, after: Assessment) -> bool:
        differs = False
        for grid in before.scores.keys() | after.scores.keys():
            was, now = before.scores.get(grid), after.scores.get(grid)
            if was is None or now is None:
                points = "new" if was is None else "gone"
            else:
                points = f"{now.total - was.total:+d}"
                if points == "+0" and was.range != now.range:
                    points = "range"
            counts = self.grids.setdefault(grid, {})
            counts[points] = counts.get(points, 0) + 1
            if points != "+0":
                differs = True
                self._keep(f"{grid} {direction(points)}", name)
        return differs

    def _keep(self, change: str, name: str) -> None:
        kept = self.cases.setdefault(change, [])
        if len(kept) < KEPT:
            kept.append(name)


def direction(points: str) -> str:
    """Whether a score goes up or down, or is new, gone, or the same with another range.

    >>> [direction(points) for points in ("+3", "-10", "new")]
    ['up', 'down', 'new']
    """
    return {"+": "up", "-": "down"}.get(points[0], points)


def compare(
    profile: Profile, before: RulebookInForce, after: RulebookInForce, reach: Touched, language: str = "en"
) -> tuple[Assessment, Assessment]:
    """A person's assessments under both rulebooks, of what the change can reach alone.

    Raises:
        ProfileError: if one of the rulebooks cannot assess the profile.

    """
    programs, grids = sorted(reach.programs), sorted(reach.grids)
    was, now = (assess(profile, book, language, programs=programs, grids=grids) for book in (before, after))
    return was, now
