"""Plans as the page shows them: what to do, what it takes, and what comes of it, in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import Assessment
from eligibility.engine.fulfilled import FULFILLED
from eligibility.planning.nearest import Nearest
from eligibility.planning.plans import Difference, Part, Plan, Planned
from eligibility.plans.wording import CERTAINTIES, Names, cost_text, weeks_text
from eligibility.results import words

# The first plans stand open; the others are folded away, and more than these say no more.
SHOWN, FOLDED = 4, 16
MOST_NEAREST = 5


@dataclass(frozen=True, slots=True)
class FactorMoved:
    """A factor's points before and after."""

    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class GridMoved:
    """A grid's total before and after, with the factors that move it."""

    name: str
    before: str
    after: str
    change: str
    factors: tuple[FactorMoved, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A program that comes to be open, and what is then met that was not."""

    name: str
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing to do."""

    id: str
    label: str
    weeks: str
    cost: str
    certainty: str
    is_estimate: bool
    basis: str
    source: str | None
    alone: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as a card."""

    parts: tuple[str, ...]
    ids: tuple[str, ...]
    weeks: str
    cost: str
    certainty: str
    done_on: dt.date
    has_fewest: bool
    has_estimates: bool
    steps: tuple[StepView, ...]
    grids: tuple[GridMoved, ...]
    opened: tuple[Opened, ...]
    is_chosen: bool

    @property
    def title(self) -> str:
        """What is to be done, in a line."""
        return " + ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Alone:
    """One change, and what it does alone, where nothing reaches the goal."""

    label: str
    does: str


@dataclass(frozen=True, slots=True)
class NearestView:
    """The plan that comes nearest to a goal that none reaches, and what is missing still."""

    plan: PlanView
    short: str
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlansPage:
    """What the page says of a goal."""

    reached: bool
    plans: tuple[PlanView, ...]
    folded: tuple[PlanView, ...]
    left_out: int
    offered: int
    alone: tuple[Alone, ...]
    missed: tuple[str, ...]
    goal: str

    @property
    def can_be_asked_for_nearest(self) -> bool:
        """Whether nothing reaches the goal, and how far one stays from it can be counted."""
        return not self.reached and not self.plans and self.goal not in ("round", "door")


def present(planned: Planned, names: Names, chosen: frozenset[str]) -> PlansPage:
    """The plans made ready for the page; `chosen` are the steps of the plan that the person chose."""
    views = [_plan(plan, planned, names, chosen) for plan in planned.plans[: SHOWN + FOLDED]]
    stuck = not planned.reached and not planned.plans
    return PlansPage(
        reached=planned.reached,
        plans=tuple(views[:SHOWN]),
        folded=tuple(views[SHOWN:]),
        left_out=max(0, len(planned.plans) - len(views)),
        offered=len(planned.offered),
        alone=_alone(planned, names) if stuck else (),
        missed=_missed(planned, names) if stuck else (),
        goal=planned.goal.written,
    )


def _plan(plan: Plan, planned: Planned, names: Names, chosen: frozenset[str]) -> PlanView:
    ids = tuple(part.option.id for part in plan.parts)
    return PlanView(
        parts=tuple(names.step(part.option) for part in plan.parts),
        ids=ids,
        weeks=weeks_text(plan.effort_weeks),
        cost=cost_text(plan.cost_cad),
        certainty=str(CERTAINTIES[plan.certainty]),
        done_on=plan.done_on,
        has_fewest=plan.has_fewest,
        has_estimates=any(part.option.lever.basis.is_estimate for part in plan.parts),
        steps=tuple(_step(part, planned.now, names) for part in plan.parts),
        grids=_grids(plan.together, planned.now, names),
        opened=tuple(
            Opened(
                names.program(program),
                tuple(names.requirement(program, one) for one in plan.together.requirements.get(program, ())),
            )
            for program in plan.together.opened
        ),
        is_chosen=frozenset(ids) == chosen,
    )


def _step(part: Part, now: Assessment, names: Names) -> StepView:
    lever = part.option.lever
    return StepView(
        id=part.option.id,
        label=names.step(part.option),
        weeks=weeks_text(lever.effort_weeks),
        cost=cost_text(lever.cost_cad),
        certainty=str(CERTAINTIES[lever.certainty]),
        is_estimate=lever.basis.is_estimate,
        basis=lever.basis.text.in_language(names.language),
        source=lever.basis.source,
        alone=_does(part.alone, names),
    )


def _grids(together: Difference, now: Assessment, names: Names) -> tuple[GridMoved, ...]:
    return tuple(
        GridMoved(
            names.grid(grid),
            words.number(now.scores[grid].total),
            words.number(now.scores[grid].total + change),
            words.signed(change),
            (
                *(_moved(names.factor(grid, one), *points) for one, points in together.factors[grid].items()),
                *(_moved(names.limit(grid, one), *points) for one, points in together.limits[grid].items()),
            ),
        )
        for grid, change in together.totals.items()
        if change or together.factors[grid]
    )


def _moved(name: str, was: int, after: int) -> FactorMoved:
    return FactorMoved(name, words.points_or_less(was), words.points_or_less(after), words.signed(after - was))


def _does(difference: Difference, names: Names) -> str:
    """What a change does, in a line."""
    said = [
        gettext("%(grid)s %(change)s") % {"grid": names.grid(grid), "change": words.signed(change)}
        for grid, change in difference.totals.items()
        if change
    ]
    said += [gettext("opens %(program)s") % {"program": names.program(program)} for program in difference.opened]
    return "; ".join(said) if said else gettext("nothing by itself: it counts with the others")


def nearest_view(found: Nearest, planned: Planned, names: Names, chosen: frozenset[str]) -> NearestView:
    """The plan that comes nearest, made ready for the page."""
    program = planned.goal.written.partition(":")[2]
    short = ngettext("%(count)s point short", "%(count)s points short", found.points_short)
    return NearestView(
        plan=_plan(found.plan, planned, names, chosen),
        short=short % {"count": words.number(found.points_short)} if found.points_short else "",
        left=tuple(names.requirement(program, one) for one in found.requirements_left),
    )


def _alone(planned: Planned, names: Names) -> tuple[Alone, ...]:
    """What brings most by itself, where no set of changes reaches the goal."""
    gains = [(part, max(part.alone.totals.values(), default=0)) for part in planned.alone()]
    best = sorted([each for each in gains if each[1] > 0], key=lambda each: -each[1])
    return tuple(Alone(names.step(part.option), _does(part.alone, names)) for part, _gain in best[:MOST_NEAREST])


def _missed(planned: Planned, names: Names) -> tuple[str, ...]:
    """The requirements that stand in the way, where one program is asked for."""
    asked = planned.goal.written.partition(":")[2]
    return tuple(
        names.requirement(one.id, finding.id)
        for one in planned.now.programs
        if one.id == asked and one.verdict not in FULFILLED
        for finding in one.requirements
        if finding.met is not True and not finding.needs_a_person
    )
