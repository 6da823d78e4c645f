"""Plans: for each smallest set of changes, what it takes, what it is predicted to give, and why.

A prediction is nothing but the assessment of the changed profile, which goes with the plan: anyone can evaluate it
again and gets the same figures.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from eligibility.engine import Assessment
from eligibility.engine.assessment import ProgramResult
from eligibility.engine.fulfilled import FULFILLED
from eligibility.planning.goals import Goal
from eligibility.planning.offered import levers_of, options_for
from eligibility.planning.options import Option, months_taken
from eligibility.planning.points_moved import Moved, from_to, limits_moved, moved
from eligibility.planning.search import Search
from eligibility.profile.model import Profile
from programs.packs.schema.levers import Certainty, Lever
from programs.rulebook import Rulebook

CERTAINTIES: tuple[str, ...] = get_args(Certainty)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes from one assessment to another: points by grid and factor, and requirements that become met.

    `limits` are what sections and groups take off for counting only so much at most.
    """

    totals: dict[str, int]
    factors: dict[str, Moved]
    limits: dict[str, Moved]
    requirements: dict[str, tuple[str, ...]]
    opened: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The difference as plain values; only what changed."""
        return {
            "scores": self.totals,
            "factors": {grid: from_to(changed) for grid, changed in self.factors.items()},
            "limits": {grid: from_to(changed) for grid, changed in self.limits.items()},
            "requirements_met": {program: list(ids) for program, ids in self.requirements.items()},
            "programs_opened": list(self.opened),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """One lever of a plan, and what it would do alone."""

    option: Option
    alone: Difference

    def as_json(self, language: str) -> dict[str, Any]:
        """The lever with its figures and what they rest on."""
        lever = self.option.lever
        return {
            "id": self.option.id,
            "label": lever.label.in_language(language),
            "province": self.option.province,
            "effort_weeks": lever.effort_weeks,
            "cost_cad": lever.cost_cad,
            "certainty": lever.certainty,
            "is_estimate": lever.basis.is_estimate,
            "basis": lever.basis.text.in_language(language),
            "source": lever.basis.source,
            "basis_as_of": lever.basis.as_of,
            "confidence": lever.basis.confidence,
            "alone": self.alone.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """A smallest set of changes that reaches the goal: no part of it, and no smaller step of one, does."""

    parts: tuple[Part, ...]
    months: int
    together: Difference
    predicted: Assessment
    profile: Profile
    has_fewest: bool

    @property
    def effort_weeks(self) -> float:
        """The weeks that the person puts in."""
        return sum(part.option.lever.effort_weeks for part in self.parts)

    @property
    def cost_cad(self) -> float:
        """What it costs, in Canadian dollars."""
        return sum(part.option.lever.cost_cad for part in self.parts)

    @property
    def certainty(self) -> str:
        """As sure as the least sure of its parts."""
        return max((part.option.lever.certainty for part in self.parts), key=CERTAINTIES.index, default=CERTAINTIES[0])

    @property
    def done_on(self) -> dt.date:
        """The day on which everything is done, if it is begun at once: the prediction is of this day."""
        return self.profile.as_of

    def rank(self) -> tuple[Any, ...]:
        """Plans go by effort, then cost, then certainty; equal ones by time, then by name."""
        names = tuple(part.option.id for part in self.parts)
        unsure = CERTAINTIES.index(self.certainty)
        return (self.effort_weeks, self.cost_cad, unsure, len(self.parts), self.months, names)

    def as_json(self, language: str) -> dict[str, Any]:
        """The plan as plain values, the changed profile included."""
        return {
            "levers": [part.as_json(language) for part in self.parts],
            "effort_weeks": self.effort_weeks,
            "cost_cad": self.cost_cad,
            "certainty": self.certainty,
            "months": self.months,
            "done_on": self.done_on.isoformat(),
            "has_fewest": self.has_fewest,
            "predicted": figures(self.predicted),
            "together": self.together.as_json(),
            "profile": self.profile.model_dump(mode="json", exclude_none=True),
        }


@dataclass(frozen=True, slots=True)
class Planned:
    """What a search for plans found."""

    goal: Goal
    profile: Profile
    rulebook: str
    now: Assessment
    reached: bool
    plans: tuple[Plan, ...]
    search: Search

    @property
    def offered(self) -> tuple[Option, ...]:
        """What the person could do."""
        return tuple(self.search.options)

    @property
    def looked_at(self) -> int:
        """How many assessments it took."""
        return self.search.looked_at

    def alone(self) -> tuple[Part, ...]:
        """What each thing that they could do would do by itself."""
        return tuple(_part(self.search, option, self.now) for option in self.search.options)

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """The answer as plain values. `can_be_reached` is false where no set of up to four changes does it."""
        return {
            "id": self.profile.id,
            "as_of": self.profile.as_of.isoformat(),
            "rulebook": self.rulebook,
            "goal": self.goal.written,
            "is_reached": self.reached,
            "can_be_reached": self.reached or bool(self.plans),
            "now": figures(self.now),
            "levers_offered": [option.id for option in self.offered],
            "plans": [plan.as_json(language) for plan in self.plans],
        }


def figures(assessment: Assessment) -> dict[str, Any]:
    """The scores and the verdicts that were looked at."""
    return {
        "scores": {key: {"total": one.total, "range": list(one.range)} for key, one in assessment.scores.items()},
        "programs": {one.id: one.verdict for one in assessment.programs if one.verdict is not None},
    }


def difference(before: Assessment, after: Assessment) -> Difference:
    """What is different in one assessment from another of the same programs and grids."""
    shared = [key for key in after.scores if key in before.scores]
    were_open = {one.id for one in before.programs if one.verdict in FULFILLED}
    opened = [one for one in after.programs if one.verdict in FULFILLED and one.id not in were_open]
    return Difference(
        totals={key: after.scores[key].total - before.scores[key].total for key in shared},
        factors={key: moved(before, after, key) for key in shared},
        limits={key: limits_moved(before, after, key) for key in shared},
        requirements=_met(before, opened),
        opened=tuple(one.id for one in opened),
    )


def _met(before: Assessment, opened: Sequence[ProgramResult]) -> dict[str, tuple[str, ...]]:
    """The requirements of the programs that came to be open which are met now and were not before."""
    missing = {one.id: {f.id for f in one.requirements if f.met is not True} for one in before.programs}
    return {
        one.id: tuple(f.id for f in one.requirements if f.met is True and f.id in missing.get(one.id, ()))
        for one in opened
    }


def plan(
    profile: Profile,
    rulebook: Rulebook,
    day: dt.date,
    goal: Goal,
    levers: Sequence[Lever] | None = None,
) -> Planned:
    """Find every smallest set of changes, up to four together, that reaches the goal.

    Args:
        profile: the person's answers.
        rulebook: all rules, of every day.
        day: the day on which the person begins, no earlier than the profile's.
        goal: what to reach, as `read_goal` reads it.
        levers: what can be done; those of the rulebook when None.

    Raises:
        ProfileError: for scores a test cannot give and for codes the classification does not have.

    """
    start = profile.model_copy(update={"as_of": day})
    now = goal.tell(start, rulebook)
    options = options_for(start, rulebook, levers_of(rulebook) if levers is None else levers)
    search = Search(start, rulebook, goal, options)
    found = search.smallest_sets()
    fewest = min((len(chosen) for chosen in found), default=0)
    plans = [plan_of(search, chosen, now, fewest) for chosen in found if chosen]
    return Planned(
        goal=goal,
        profile=start,
        rulebook=rulebook.revision,
        now=now,
        reached=goal.is_reached(now),
        plans=tuple(sorted(plans, key=Plan.rank)),
        search=search,
    )


def plan_of(search: Search, chosen: tuple[Option, ...], now: Assessment, fewest: int) -> Plan:
    """What a set takes and gives; `fewest` is how many the smallest sets have."""
    profile, predicted = search.told_of(chosen)
    parts = tuple(_part(search, option, now) for option in chosen)
    together = difference(now, predicted)
    return Plan(parts, months_taken(chosen), together, predicted, profile, len(chosen) == fewest)


def _part(search: Search, option: Option, now: Assessment) -> Part:
    return Part(option, difference(now, search.told_of((option,))[1]))
