"""Plans as the page shows them: what to do, what it takes, and what comes of it, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from eligibility.engine.assessment import Assessment
from eligibility.engine.fulfilled import FULFILLED
from eligibility.planning.nearest import Nearest
from eligibility.planning.options import Option
from eligibility.planning.plans import Difference, Part, Plan, Planned
from eligibility.results import words
from eligibility.wizard.places import province_name

CERTAINTIES: dict[str, Promise] = {
    "sure": gettext_lazy("Sure"),
    "likely": gettext_lazy("Likely"),
    "possible": gettext_lazy("Possible"),
    "hard": gettext_lazy("Hard to get"),
}
# The first plans stand open; the others are folded away, and more than these say no more.
SHOWN, FOLDED = 4, 16
MOST_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Names:
    """What factors, requirements, programs and grids are called, from an assessment in the reader's language."""

    assessment: Assessment
    language: str

    def program(self, identifier: str) -> str:
        """A program's name."""
        return next((one.name for one in self.assessment.programs if one.id == identifier), identifier)

    def grid(self, identifier: str) -> str:
        """A grid's name."""
        score = self.assessment.scores.get(identifier)
        return score.name if score else identifier

    def factor(self, grid: str, identifier: str) -> str:
        """A factor's name."""
        score = self.assessment.scores.get(grid)
        lines = score.walk() if score else ()
        return next((line.name for line in lines if line.id == identifier), identifier.replace("_", " "))

    def limit(self, grid: str, identifier: str) -> str:
        """What a limit of a factor, a group or a section is called."""
        return words.limit_name(self.factor(grid, identifier))

    def requirement(self, program: str, identifier: str) -> str:
        """A requirement's text."""
        found = next((one for one in self.assessment.programs if one.id == program), None)
        requirements = found.requirements if found else ()
        return next((one.text for one in requirements if one.id == identifier), identifier)

    def step(self, option: Option) -> str:
        """What is to be done, with the place where it could be in several."""
        label = option.lever.label.in_language(self.language)
        if option.program is not None:
            return f"{label}: {self.program(option.program)}"
        place = [province_name(option.province)] if option.province else []
        place += [gettext("NOC %(code)s") % {"code": option.noc}] if option.noc else []
        return " – ".join([label, ", ".join(place)]) if place else label


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


def weeks_text(weeks: float) -> str:
    """How much work something is."""
    if weeks < 1:
        return gettext("less than a week") if weeks else gettext("no work")
    return ngettext("%(count)s week", "%(count)s weeks", round(weeks)) % {"count": words.number(round(weeks))}


def cost_text(cost: float) -> str:
    """What something costs."""
    return gettext("CAD %(cost)s") % {"cost": words.number(round(cost))} if cost else gettext("free")


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


def goal_text(written: str, names: Names) -> str:
    """A goal in words."""
    kind, _colon, rest = written.partition(":")
    if kind == "program":
        return gettext("To qualify for %(program)s") % {"program": names.program(rest)}
    if kind == "round":
        return gettext("To reach the last cut-off of a round you could be in")
    if kind == "door":
        return gettext("To open one more door")
    return gettext("%(grid)s: to reach %(points)s points") % {
        "points": words.number(int(rest)),
        "grid": names.grid(kind),
    }


def titles(options: Iterable[Option], names: Names) -> tuple[str, ...]:
    """The steps of a plan by name."""
    return tuple(names.step(option) for option in options)
