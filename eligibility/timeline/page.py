"""The timeline as its page shows it: what waiting costs, the two pictures, the days, and the tables behind them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import ProgramResult
from eligibility.engine.fulfilled import FULFILLED
from eligibility.pictures.periods import Period, axis, periods
from eligibility.pictures.steps import Level, Window, steps
from eligibility.pictures.time import Time
from eligibility.planning.timeline import Span, Step, Timeline
from eligibility.results import rounds, words
from eligibility.results.doors import group_of
from eligibility.results.rounds import RoundsView
from eligibility.timeline.happenings import Happening

CLOSED = "closed"
MINUS = "−"


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


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of the table behind the score: from when to when, how much, and what moved."""

    step: Step
    points: str
    change: str
    why: str
    is_best: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A program with its verdicts over time, in words and as a bar."""

    program: ProgramResult
    said: str
    picture: SafeString
    spans: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Programs whose verdict stays as it is the whole time."""

    verdict: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Everything the page says."""

    since: dt.date
    until: dt.date
    lead: str
    costs: tuple[str, ...]
    picture: SafeString
    rows: tuple[StepRow, ...]
    bars: tuple[Bar, ...]
    axis: SafeString
    unchanged: tuple[Unchanged, ...]
    days: tuple[Day, ...]
    score_name: str
    rounds: RoundsView | None


def present(found: Timeline, grid: str, happenings: Mapping[dt.date, tuple[Happening, ...]]) -> TimelinePage:
    """The page of a timeline. `grid` is the score that it follows, `happenings` are what each day brings."""
    time = Time(found.since, found.until)
    days = tuple(_day(found, grid, day, said) for day, said in happenings.items())
    told = {day.day: day for day in days}
    shown, rest = _bars(found, time)
    steps_of_grid = found.scores.get(grid, ())
    is_known = any(step.range[1] != step.range[0] or step.total for step in steps_of_grid) and not _says_nothing(
        found, grid
    )
    score = found.now.scores.get(grid)
    lead, costs = _words(found, grid, told) if is_known else (_unknown(score.name if score else ""), ())
    return TimelinePage(
        since=found.since,
        until=found.until,
        lead=lead,
        costs=costs,
        picture=_picture(found, grid, time, days) if is_known else SafeString(""),
        rows=_rows(found, grid) if is_known else (),
        bars=shown,
        axis=axis(time),
        unchanged=rest,
        days=days,
        score_name=score.name if score else "",
        rounds=rounds.view(found.now),
    )


def _says_nothing(found: Timeline, grid: str) -> bool:
    """Whether a score could be anything."""
    score = found.now.scores.get(grid)
    return score is None or (score.range[0] == 0 and score.range[1] == score.maximum)


def _unknown(name: str) -> str:
    if not name:
        return gettext("No score is known for you. These are the dates that follow from your answers.")
    return gettext(
        "Your score is not known yet: too many answers are missing. These are the dates that follow from them."
    )


# The sentences


def _words(found: Timeline, grid: str, told: Mapping[dt.date, Day]) -> tuple[str, tuple[str, ...]]:
    """When to apply, and what waiting costs."""
    best, now = found.best(grid)[0], found.scores[grid][0]
    ends = found.cost_of_waiting(grid)
    last = found.scores[grid][-1]
    if best.first == found.since:
        lead = (
            gettext("Your score is highest now: %(points)s. Nothing in it changes until %(day)s.")
            % {"points": _points(best), "day": words.day(found.until)}
            if best.last == found.until
            else gettext("Your score is highest now: %(points)s, until %(day)s. That is the best time to apply.")
            % {"points": _points(best), "day": words.day(best.last)}
        )
    else:
        lead = gettext(
            "Your score is highest from %(first)s to %(last)s: %(points)s, which is %(more)d more than today. "
            "That is the best time to apply, if nothing presses before."
        ) % {
            "first": words.day(best.first), "last": words.day(best.last), "points": _points(best),
            "more": best.total - now.total,
        }  # fmt: skip
    return lead, tuple(_costs(ends, best, last, told))


def _costs(falls: tuple[tuple[dt.date, int], ...], best: Step, last: Step, told: Mapping[dt.date, Day]) -> list[str]:
    after = [(day, points) for day, points in falls if day > best.last]
    if not after:
        return []
    said = []
    day, points = after[0]
    said.append(
        ngettext(
            "Waiting costs: from %(day)s you have %(count)d point less%(why)s.",
            "Waiting costs: from %(day)s you have %(count)d points less%(why)s.",
            -points,
        ) % {"day": words.day(day), "count": -points, "why": _because(told.get(day))}
    )  # fmt: skip
    worst_day, worst = min(after, key=lambda one: one[1])
    if worst_day != day:
        said.append(
            gettext("The largest loss is %(count)d points on %(day)s%(why)s.")
            % {"day": words.day(worst_day), "count": -worst, "why": _because(told.get(worst_day))}
        )
    if len(after) > 1:
        said.append(
            gettext("By %(day)s your score is %(points)s: %(count)d points below its highest.")
            % {"day": words.day(last.last), "points": _points(last), "count": best.total - last.total}
        )
    return said


def _because(day: Day | None) -> str:
    told = [one.within for one in day.happenings] if day else []
    return f" ({told[0]})" if told else ""


def _points(step: Step) -> str:
    low, high = step.range
    if low == high:
        return words.number(low)
    return gettext("%(low)s to %(high)s") % {"low": words.number(low), "high": words.number(high)}


def change_text(points: int) -> str:
    """How much more or less: +25, −5."""
    return f"+{words.number(points)}" if points > 0 else f"{MINUS}{words.number(-points)}"


# The score


def _picture(found: Timeline, grid: str, time: Time, days: tuple[Day, ...]) -> SafeString:
    best = found.best(grid)[0]
    label = (
        gettext("Highest: %(points)s, all the time")
        if best.first == found.since and best.last == found.until
        else gettext("Highest: until %(day)s")
        if best.first == found.since
        else gettext("Highest: from %(first)s")
    ) % {"points": _points(best), "day": words.day(best.last), "first": words.day(best.first)}
    described = "; ".join(
        gettext("from %(day)s %(points)s") % {"day": words.day(step.first), "points": _points(step)}
        for step in found.scores[grid]
    )
    return steps(
        key="score-over-time",
        title=gettext("Your score from %(first)s to %(last)s")
        % {"first": words.day(found.since), "last": words.day(found.until)},
        description=described,
        levels=[Level(one.first, one.last, *one.range) for one in found.scores[grid]],
        window=Window(best.first, best.last, label),
        days=[day.day for day in days],
        time=time,
    )


def _rows(found: Timeline, grid: str) -> tuple[StepRow, ...]:
    best = found.best(grid)
    all_steps = found.scores[grid]
    before = {after.first: one for one, after in pairwise(all_steps)}
    rows = []
    for step in all_steps:
        was = before.get(step.first)
        moved = step.total - was.total if was else 0
        rows.append(
            StepRow(step, _points(step), change_text(moved) if moved else "", _why(found, grid, step), step in best)
        )
    return tuple(rows)


def _why(found: Timeline, grid: str, step: Step) -> str:
    score = found.now.scores.get(grid)
    names = {line.id: line.name for line in score.walk()} if score else {}
    told = [(names.get(key, key), *points) for key, points in step.factors.items()]
    told += [(words.limit_name(names.get(key, key)), *points) for key, points in step.limits.items()]
    return "; ".join(
        gettext("%(factor)s: %(before)s, then %(after)s")
        % {"factor": name, "before": _with_sign(a), "after": _with_sign(b)}
        for name, a, b in told
    )


def _with_sign(points: int) -> str:
    """Points, with a minus where something is taken off."""
    return str(points) if points >= 0 else change_text(points)


# The programs


def verdict_text(verdict: str | None) -> str:
    """A verdict in a word or two, to stand inside a sentence."""
    return {
        "eligible": gettext("eligible"),
        "likely": gettext("likely"),
        "unknown": gettext("an answer is missing"),
        "not_eligible": gettext("not eligible"),
        None: gettext("no rules known"),
    }[verdict]


def _bars(found: Timeline, time: Time) -> tuple[tuple[Bar, ...], tuple[Unchanged, ...]]:
    """Programs that take applications and are open or change as bars; the names of all others by their verdict."""
    shown: list[Bar] = []
    others: dict[str, list[str]] = {}
    for program in found.now.programs:
        spans = found.programs[program.id]
        is_closed = group_of(program) == CLOSED
        if not is_closed and (len(spans) > 1 or spans[0].verdict in FULFILLED):
            shown.append(_bar(program, spans, time))
        else:
            said = gettext("closed, paused or only announced") if is_closed else verdict_text(spans[0].verdict)
            others.setdefault(said, []).append(program.name)
    shown.sort(key=lambda one: (len(one.spans) == 1, one.spans[0][0].verdict not in FULFILLED))
    return tuple(shown), tuple(Unchanged(said, tuple(names)) for said, names in others.items())


def _bar(program: ProgramResult, spans: tuple[Span, ...], time: Time) -> Bar:
    drawn = periods([Period(one.first, one.last, one.verdict) for one in spans], time)
    return Bar(program, _course(spans), drawn, tuple((one, verdict_text(one.verdict)) for one in spans))


def _course(spans: tuple[Span, ...]) -> str:
    if len(spans) == 1:
        said = gettext("%(verdict)s the whole time") % {"verdict": verdict_text(spans[0].verdict)}
    else:
        parts = [verdict_text(spans[0].verdict)]
        parts += [
            gettext("from %(day)s %(verdict)s") % {"day": words.day(one.first), "verdict": verdict_text(one.verdict)}
            for one in spans[1:]
        ]
        said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


# The days


def blank_day(day: dt.date, today: dt.date) -> Day:
    """A day of which only its distance is known."""
    away = (day - today).days
    left = ngettext("in %(count)d day", "in %(count)d days", away) % {"count": away} if away else gettext("today")
    return Day(day, left, (), (), (), is_urgent=False)


def _day(found: Timeline, grid: str, day: dt.date, happenings: tuple[Happening, ...]) -> Day:
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
        "before": after.total - points, "after": after.total, "change": change_text(points),
    }  # fmt: skip
    return [Move(grid, score.name, said, _why(found, grid, after), is_score=True)]


def _elsewhere(found: Timeline, grid: str, day: dt.date) -> tuple[Move, ...]:
    """By how much the scores of other systems move."""
    names = {key: score.name for key, score in found.now.scores.items()}
    moved = _moved_on(found, day)
    return tuple(Move(key, names.get(key, key), change_text(points)) for key, points in moved.items() if key != grid)


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
