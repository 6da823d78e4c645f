"""The timeline: what changes for a person from one day to another while nothing but time passes, and when.

Answers stay as they are told: a job without an end goes on, and a duration told as a number stays that number.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from eligibility.engine import Assessment, assess
from eligibility.planning.events import Event, of_person, of_rules
from eligibility.planning.moments import moments
from eligibility.planning.plans import difference
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A score from one day to another, both included, and the factors by which it differs from the one before."""

    first: dt.date
    last: dt.date
    total: int
    range: tuple[int, int]
    factors: dict[str, tuple[int, int]]

    def as_json(self) -> dict[str, Any]:
        """The step as plain values."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "total": self.total,
            "range": list(self.range),
            "factors": {key: {"from": before, "to": after} for key, (before, after) in self.factors.items()},
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
    """What time does by itself. `looked_at` are the days that were assessed."""

    profile: Profile
    rulebook: str
    since: dt.date
    until: dt.date
    scores: dict[str, tuple[Step, ...]]
    programs: dict[str, tuple[Span, ...]]
    events: tuple[Event, ...]
    looked_at: tuple[dt.date, ...]

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
        ProfileError: for scores a test cannot give and for codes the classification does not have.

    """
    if since < profile.as_of:
        raise ValueError(f"a timeline begins on the profile's day ({profile.as_of}) or later; {since} is earlier")
    if until < since:
        raise ValueError(f"a timeline ends after it begins ({since}); {until} is earlier")
    days = moments(profile, rulebook, since, until)
    seen = [(day, assess(_on(profile, day), rulebook.on(day))) for day in days]
    return Timeline(
        profile=profile,
        rulebook=rulebook.revision,
        since=since,
        until=until,
        scores={grid: tuple(_steps(seen, grid, until)) for grid in _grids(seen)},
        programs={program: tuple(_spans(seen, program, until)) for program in _programs(seen)},
        events=_events(profile, rulebook, seen, until),
        looked_at=tuple(days),
    )


Seen = Sequence[tuple[dt.date, Assessment]]


def _on(profile: Profile, day: dt.date) -> Profile:
    return profile.model_copy(update={"as_of": day})


def _grids(seen: Seen) -> list[str]:
    return list(dict.fromkeys(grid for _, assessment in seen for grid in assessment.scores))


def _programs(seen: Seen) -> list[str]:
    return list(dict.fromkeys(one.id for _, assessment in seen for one in assessment.programs))


def _steps(seen: Seen, grid: str, until: dt.date) -> Iterator[Step]:
    """A grid's steps; there is none while the grid is not in force."""
    changes = [(day, one) for day, one in _where_different(seen, lambda one: _figures(one, grid))]
    for place, (day, assessment) in enumerate(changes):
        score = assessment.scores.get(grid)
        if score is None:
            continue
        last = changes[place + 1][0] - ONE_DAY if place + 1 < len(changes) else until
        before = changes[place - 1][1] if place else assessment
        factors = difference(before, assessment).factors.get(grid, {})
        yield Step(day, last, score.total, score.range, factors)


def _figures(assessment: Assessment, grid: str) -> tuple[int, int] | None:
    score = assessment.scores.get(grid)
    return score.range if score is not None else None


def _verdict(assessment: Assessment, program: str) -> str | None:
    return next((one.verdict for one in assessment.programs if one.id == program), None)


def _spans(seen: Seen, program: str, until: dt.date) -> Iterator[Span]:
    changes = list(_where_different(seen, lambda one: _verdict(one, program)))
    for place, (day, assessment) in enumerate(changes):
        last = changes[place + 1][0] - ONE_DAY if place + 1 < len(changes) else until
        yield Span(day, last, _verdict(assessment, program))


def _where_different(seen: Seen, look: Any) -> Iterator[tuple[dt.date, Assessment]]:
    before: Any = object()
    for day, assessment in seen:
        found = look(assessment)
        if found != before:
            before = found
            yield day, assessment


def _events(profile: Profile, rulebook: Rulebook, seen: Seen, until: dt.date) -> tuple[Event, ...]:
    since = seen[0][0]
    found = [*of_person(profile, rulebook, since, until), *of_rules(rulebook, since, until)]
    effects = {day: _effect(before, after) for (_, before), (day, after) in pairwise(seen)}
    told = {event.day for event in found}
    found += [
        Event(day, "counted", "work")
        for day, (scores, verdicts) in effects.items()
        if day not in told and (scores or verdicts)
    ]
    with_effects = (
        Event(one.day, one.kind, one.about, one.detail, *effects.get(one.day, ({}, {})))
        for one in sorted(found, key=lambda one: (one.day, one.kind, one.about))
    )
    return tuple(with_effects)


def _effect(before: Assessment, after: Assessment) -> tuple[dict[str, int], dict[str, tuple[str | None, str | None]]]:
    was: dict[str, str | None] = {one.id: one.verdict for one in before.programs}
    now: dict[str, str | None] = {one.id: one.verdict for one in after.programs}
    verdicts = {key: (was.get(key), now.get(key)) for key in was | now if was.get(key) != now.get(key)}
    totals = difference(before, after).totals
    return {key: points for key, points in totals.items() if points}, verdicts
