"""The days of the timeline: how far away each is, what happens on it, and what changes with it."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

from eligibility.planning.timeline import Timeline
from eligibility.results import words
from eligibility.timeline.happenings import Happening
from eligibility.timeline.programs import verdict_text
from eligibility.timeline.score import why


@dataclass(frozen=True, slots=True)
class Move:
    """What changes in one total or one program."""

    about: str
    name: str
    said: str
    why: str = ""
    is_score: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day, what happens on it, and what changes with it."""

    day: dt.date
    left: str
    happenings: tuple[Happening, ...]
    moves: tuple[Move, ...]
    elsewhere: tuple[Move, ...]
    is_urgent: bool


def blank_day(day: dt.date, today: dt.date) -> Day:
    """A day of which only its distance is known."""
    away = (day - today).days
    left = ngettext("in %(count)d day", "in %(count)d days", away) % {"count": away} if away else gettext("today")
    return Day(day, left, (), (), (), is_urgent=False)


def day_of(found: Timeline, grid: str, day: dt.date, happenings: tuple[Happening, ...]) -> Day:
    """A day of the timeline, with what moves on it: in the score `grid`, in other scores, in programs."""
    return replace(
        blank_day(day, found.since),
        happenings=happenings,
        moves=(*_total(found, grid, day), *_verdicts(found, day)),
        elsewhere=_elsewhere(found, grid, day),
        is_urgent=any(one.item is not None and one.item.is_urgent for one in happenings),
    )


def _total(found: Timeline, grid: str, day: dt.date) -> list[Move]:
    """What the score that is followed was, what it is from this day on, and by which factors."""
    points, score = _moved_on(found, day).get(grid), found.now.scores.get(grid)
    after = next((step for step in found.scores.get(grid, ()) if step.first == day), None)
    if points is None or score is None or after is None:
        return []
    said = gettext("%(before)d, then %(after)d (%(change)s)") % {
        "before": after.total - points, "after": after.total, "change": words.signed(points),
    }  # fmt: skip
    return [Move(grid, score.name, said, why(found, grid, after), is_score=True)]


def _elsewhere(found: Timeline, grid: str, day: dt.date) -> tuple[Move, ...]:
    """By how much the scores of other systems move."""
    names = {key: score.name for key, score in found.now.scores.items()}
    moved = _moved_on(found, day)
    return tuple(Move(key, names.get(key, key), words.signed(points)) for key, points in moved.items() if key != grid)


def _moved_on(found: Timeline, day: dt.date) -> dict[str, int]:
    return next((event.scores for event in found.events if event.day == day), {})


def _verdicts(found: Timeline, day: dt.date) -> list[Move]:
    moves = next((event.verdicts for event in found.events if event.day == day), {})
    names = {one.id: one.name for one in found.now.programs}
    return [
        Move(
            key,
            names.get(key, key),
            gettext("%(before)s, then %(after)s") % {"before": verdict_text(was), "after": verdict_text(now)},
        )
        for key, (was, now) in moves.items()
    ]
