"""Which factors of a grid give other points in one assessment than in another, and what its limits take off."""

from eligibility.engine import Assessment
from eligibility.engine.assessment import Line

# By factor or section: points in the one assessment, and in the other.
Moved = dict[str, tuple[int, int]]


def moved(before: Assessment, after: Assessment, grid: str) -> Moved:
    """A grid's factors whose points differ, before and after."""
    was, now = (
        {line.id: line.points for line in one.scores[grid].walk() if line.role == "factor"} for one in (before, after)
    )
    return _different(was, now)


def limits_moved(before: Assessment, after: Assessment, grid: str) -> Moved:
    """What the limits of a grid's sections and groups take off, where that differs: with it the factors add up."""
    was, now = (
        {line.id: taken_off(line) for line in one.scores[grid].walk() if line.role in ("section", "group")}
        for one in (before, after)
    )
    return _different(was, now)


def taken_off(line: Line) -> int:
    """What a line's limit takes off the sum of what stands below it, as a number below zero; none is 0."""
    return min(0, line.points - sum(child.points for child in line.children)) if line.children else 0


def from_to(moved_points: Moved) -> dict[str, dict[str, int]]:
    """What moved, as plain values."""
    return {key: {"from": before, "to": after} for key, (before, after) in moved_points.items()}


def _different(was: dict[str, int], now: dict[str, int]) -> Moved:
    return {key: (was.get(key, 0), points) for key, points in now.items() if was.get(key, 0) != points}
