"""The timeline: what changes for a person from one day to another while nothing but time passes, and when.

Answers stay as they are told: a job without an end goes on, and a duration told as a number stays that number.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from eligibility.engine import Assessment, assess
from eligibility.engine.check import check_profile
from eligibility.planning.events import Event, of_person, of_rules
from eligibility.planning.moments import moments
from eligibility.planning.points_moved import Moved, from_to, limits_moved, moved
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A score from one day to another, both included, and the factors by which it differs from the one before.

    `limits` are what sections and groups take off for counting only so much at most.
    """

    first: dt.date
    last: dt.date
    total: int
    range: tuple[int, int]
    factors: Moved
    limits: Moved

    def as_json(self) -> dict[str, Any]:
        """The step as plain values."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "total": self.total,
            "range": list(self.range),
            "factors": from_to(self.factors),
            "limits": from_to(self.limits),
        }


@dataclass(frozen=True, slots=True)
class Span:
    """A program's verdict from one day to another, both included; None while it has no rules."""

    first: dt.date
    last: dt.date
    verdict: str | None

    def as_json(self) -> dict[str, Any]:
        """The span as plain values."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat(), "verdict": self.verdict}


@dataclass(frozen=True, slots=True)
class Timeline:
    """What time does by itself. `looked_at` are the days that were assessed, `now` is what holds on the first."""

    profile: Profile
    rulebook: str
    since: dt.date
    until: dt.date
    scores: dict[str, tuple[Step, ...]]
    programs: dict[str, tuple[Span, ...]]
    events: tuple[Event, ...]
    looked_at: tuple[dt.date, ...]
    now: Assessment

    def best(self, grid: str) -> tuple[Step, ...]:
        """The steps on which a grid's total is at its highest."""
        steps = self.scores.get(grid, ())
        most = max((step.total for step in steps), default=0)
        return tuple(step for step in steps if step.total == most)

    def cost_of_waiting(self, grid: str) -> tuple[tuple[dt.date, int], ...]:
        """The days on which a grid's total falls, and by how much."""
        pairs = pairwise(self.scores.get(grid, ()))
        return tuple((after.first, after.total - before.total) for before, after in pairs if after.total < before.total)

    def as_json(self) -> dict[str, Any]:
        """The timeline as plain values."""
        return {
            "id": self.profile.id,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "rulebook": self.rulebook,
            "events": [event.as_json() for event in self.events],
            "scores": {key: [step.as_json() for step in steps] for key, steps in self.scores.items()},
            "programs": {key: [span.as_json() for span in spans] for key, spans in self.programs.items()},
            "best": {
                key: {
                    "total": self.best(key)[0].total,
                    "windows": [{"from": s.first.isoformat(), "to": s.last.isoformat()} for s in self.best(key)],
                }
                for key in self.scores
            },
            "waiting_costs": {
                key: [{"on": day.isoformat(), "points": points} for day, points in self.cost_of_waiting(key)]
                for key in self.scores
            },
        }


def timeline(profile: Profile, rulebook: Rulebook, since: dt.date, until: dt.date) -> Timeline:
    """Every day from `since` to `until` on which something changes for this person, exact to the day.

    Raises:
        ValueError: if `since` is before the profile's own day, or `until` before `since`.
        ProfileError: for scores a test cannot give, for codes the classification does not have, and for a first day
            on which no rules are in force.

    """
    if since < profile.as_of:
        raise ValueError(f"a timeline begins on the profile's day ({profile.as_of}) or later; {since} is earlier")
    if until < since:
        raise ValueError(f"a timeline ends after it begins ({since}); {until} is earlier")
    # Before the days are looked for, which asks the rules how work counts.
    check_profile(_on(profile, since), rulebook.on(since))
    days = moments(profile, rulebook, since, until)
    seen = [(day, assess(_on(profile, day), rulebook.on(day))) for day in days]
    verdicts = [(day, _verdicts(assessment)) for day, assessment in seen]
    return Timeline(
        profile=profile,
        rulebook=rulebook.revision,
        since=since,
        until=until,
        scores={grid: tuple(_steps(seen, grid, until)) for grid in _grids(seen)},
        programs={program: tuple(_spans(verdicts, program, until)) for program in _programs(verdicts)},
        events=_events(profile, rulebook, seen, verdicts, until),
        looked_at=tuple(days),
        now=seen[0][1],
    )


T = TypeVar("T")
Seen = Sequence[tuple[dt.date, Assessment]]
Verdicts = dict[str, str | None]


def _on(profile: Profile, day: dt.date) -> Profile:
    return profile.model_copy(update={"as_of": day})


def _grids(seen: Seen) -> list[str]:
    return list(dict.fromkeys(grid for _, assessment in seen for grid in assessment.scores))


def _programs(verdicts: Sequence[tuple[dt.date, Verdicts]]) -> list[str]:
    return list(dict.fromkeys(program for _, on_that_day in verdicts for program in on_that_day))


def _steps(seen: Seen, grid: str, until: dt.date) -> Iterator[Step]:
    """A grid's steps; there is none while the grid is not in force."""
    changes = [(day, one) for day, one in _where_different(seen, lambda one: _figures(one, grid))]
    for place, (day, assessment) in enumerate(changes):
        score = assessment.scores.get(grid)
        if score is None:
            continue
        last = changes[place + 1][0] - ONE_DAY if place + 1 < len(changes) else until
        before = changes[place - 1][1] if place else assessment
        was_scored = grid in before.scores
        factors = moved(before, assessment, grid) if was_scored else {}
        limits = limits_moved(before, assessment, grid) if was_scored else {}
        yield Step(day, last, score.total, score.range, factors, limits)


def _figures(assessment: Assessment, grid: str) -> tuple[int, int] | None:
    score = assessment.scores.get(grid)
    return score.range if score is not None else None


def _verdicts(assessment: Assessment) -> Verdicts:
    return {one.id: one.verdict for one in assessment.programs}


def _spans(verdicts: Sequence[tuple[dt.date, Verdicts]], program: str, until: dt.date) -> Iterator[Span]:
    changes = list(_where_different(verdicts, lambda one: one.get(program)))
    for place, (day, on_that_day) in enumerate(changes):
        last = changes[place + 1][0] - ONE_DAY if place + 1 < len(changes) else until
        yield Span(day, last, on_that_day.get(program))


def _where_different(seen: Sequence[tuple[dt.date, T]], look: Callable[[T], Any]) -> Iterator[tuple[dt.date, T]]:
    before: Any = object()
    for day, one in seen:
        found = look(one)
        if found != before:
            before = found
            yield day, one


def _events(
    profile: Profile, rulebook: Rulebook, seen: Seen, verdicts: Sequence[tuple[dt.date, Verdicts]], until: dt.date
) -> tuple[Event, ...]:
    since = seen[0][0]
    found = [*of_person(profile, rulebook, since, until), *of_rules(rulebook, since, until)]
    points = {day: _points(before, after) for (_, before), (day, after) in pairwise(seen)}
    moves = {day: _moves(before, after) for (_, before), (day, after) in pairwise(verdicts)}
    told = {event.day for event in found}
    found += [Event(day, "counted", "work") for day in points if day not in told and (points[day] or moves[day])]
    with_effects = (
        Event(one.day, one.kind, one.about, one.detail, points.get(one.day, {}), moves.get(one.day, {}))
        for one in sorted(found, key=lambda one: (one.day, one.kind, one.about))
    )
    return tuple(with_effects)


def _points(before: Assessment, after: Assessment) -> dict[str, int]:
    """By how much each total moves."""
    shared = [key for key in after.scores if key in before.scores]
    totals = {key: after.scores[key].total - before.scores[key].total for key in shared}
    return {key: points for key, points in totals.items() if points}


def _moves(was: Verdicts, now: Verdicts) -> dict[str, tuple[str | None, str | None]]:
    """The programs whose verdict changes, and from what to what."""
    if was == now:
        return {}
    return {key: (was.get(key), now.get(key)) for key in was | now if was.get(key) != now.get(key)}
