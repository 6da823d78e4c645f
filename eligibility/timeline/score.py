"""The score that the timeline follows: as a picture, as the table behind it, and by which factors it moves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from eligibility.pictures.steps import Level, Window, steps
from eligibility.pictures.time import Time
from eligibility.planning.timeline import Step, Timeline
from eligibility.results import words


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of the table behind the score: from when to when, how much, and what moved."""

    step: Step
    points: str
    change: str
    why: str
    is_best: bool


def points_text(step: Step) -> str:
    """A step's points, or the range in which they lie."""
    return words.range_text(*step.range)


def is_known(found: Timeline, grid: str) -> bool:
    """Whether there is a score to follow: not where it could be anything today, nor where it is 0 all the time."""
    score = found.now.scores.get(grid)
    if score is None or score.range == (0, score.maximum):
        return False
    return any(step.range != (0, 0) for step in found.scores.get(grid, ()))


def picture(found: Timeline, grid: str, time: Time, days: Iterable[dt.date]) -> SafeString:
    """The score as a line of steps, its best window and the days on which something happens marked."""
    best = found.best(grid)[0]
    if best.first > found.since:
        label = gettext("Highest: from %(first)s")
    elif best.last < found.until:
        label = gettext("Highest: until %(last)s")
    else:
        label = gettext("Highest: %(points)s, all the time")
    said = label % {"points": points_text(best), "last": words.day(best.last), "first": words.day(best.first)}
    described = "; ".join(
        gettext("from %(day)s %(points)s") % {"day": words.day(step.first), "points": points_text(step)}
        for step in found.scores[grid]
    )
    return steps(
        key="score-over-time",
        title=gettext("Your score from %(first)s to %(last)s")
        % {"first": words.day(found.since), "last": words.day(found.until)},
        description=described,
        levels=[Level(one.first, one.last, *one.range) for one in found.scores[grid]],
        window=Window(best.first, best.last, said),
        days=list(days),
        time=time,
    )


def rows(found: Timeline, grid: str) -> tuple[StepRow, ...]:
    """The table behind the picture."""
    best = found.best(grid)
    every = found.scores[grid]
    moved = [0, *(after.total - before.total for before, after in pairwise(every))]
    return tuple(
        StepRow(step, points_text(step), words.signed(points) if points else "", why(found, grid, step), step in best)
        for step, points in zip(every, moved, strict=True)
    )


def why(found: Timeline, grid: str, step: Step) -> str:
    """The factors that moved the score to this step, and what its limits take off."""
    score = found.now.scores.get(grid)
    names = {line.id: line.name for line in score.walk()} if score else {}
    told = [(names.get(key, key), *points) for key, points in step.factors.items()]
    told += [(words.limit_name(names.get(key, key)), *points) for key, points in step.limits.items()]
    return "; ".join(
        gettext("%(factor)s: %(before)s, then %(after)s")
        % {"factor": name, "before": words.points_or_less(a), "after": words.points_or_less(b)}
        for name, a, b in told
    )
