"""When to apply, and what waiting costs, in sentences."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext, ngettext

from eligibility.planning.timeline import Timeline
from eligibility.results import words
from eligibility.timeline.days import Day
from eligibility.timeline.score import points_text


def lead(found: Timeline, grid: str) -> str:
    """When to apply, by the score `grid`."""
    best, now = found.best(grid)[0], found.scores[grid][0]
    if best.first > found.since:
        said = gettext(
            "Your score is highest from %(first)s to %(last)s: %(points)s, which is %(more)d more than today. "
            "That is the best time to apply, if nothing presses before."
        )
    elif best.last < found.until:
        said = gettext("Your score is highest now: %(points)s, until %(last)s. That is the best time to apply.")
    else:
        said = gettext("Your score is highest now: %(points)s. Nothing in it changes until %(last)s.")
    return said % {
        "first": words.day(best.first),
        "last": words.day(best.last),
        "points": points_text(best),
        "more": best.total - now.total,
    }


def costs(found: Timeline, grid: str, told: Mapping[dt.date, Day]) -> tuple[str, ...]:
    """What waiting costs after the best time is over; nothing where it costs nothing. `told` says what happens when."""
    best, last = found.best(grid)[0], found.scores[grid][-1]
    falls = [(day, -points) for day, points in found.cost_of_waiting(grid) if day > best.last]
    if not falls:
        return ()
    (first_day, first), (worst_day, worst) = falls[0], max(falls, key=lambda fall: fall[1])
    said = [
        ngettext(
            "Waiting costs: from %(day)s you have %(count)d point less%(why)s.",
            "Waiting costs: from %(day)s you have %(count)d points less%(why)s.",
            first,
        )
        % {"day": words.day(first_day), "count": first, "why": _because(told.get(first_day))}
    ]
    if worst_day != first_day:
        said.append(
            gettext("The largest loss is %(count)d points on %(day)s%(why)s.")
            % {"day": words.day(worst_day), "count": worst, "why": _because(told.get(worst_day))}
        )
    short = best.total - last.total
    if len(falls) > 1 and short:
        said.append(
            ngettext(
                "By %(day)s your score is %(points)s: %(count)d point below its highest.",
                "By %(day)s your score is %(points)s: %(count)d points below its highest.",
                short,
            )
            % {"day": words.day(last.last), "points": points_text(last), "count": short}
        )
    return tuple(said)


def _because(day: Day | None) -> str:
    """The first thing that happens on a day, in brackets behind a sentence's end."""
    told = [one.within for one in day.happenings] if day else []
    return f" ({told[0]})" if told else ""
