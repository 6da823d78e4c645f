"""The set of changes that comes nearest to a goal which none reaches: exact, by the same search.

The search is asked for less until it finds something: for fewer points of a grid, or for a program with so many
requirements left. What it finds first is nearest, and of several such sets the one that asks for the least.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.engine import Assessment
from eligibility.engine.assessment import Finding
from eligibility.planning.goals import Goal, PointsGoal, ProgramGoal, may_be_met, undecided_by
from eligibility.planning.plans import Plan, Planned, plan_of
from eligibility.planning.search import MOST_TOGETHER, Chosen, Search
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook, RulebookInForce


@dataclass(frozen=True, slots=True)
class Nearest:
    """The plan that comes nearest, and what is missing still: points, or requirements of the program by their ids."""

    plan: Plan
    points_short: int = 0
    requirements_left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearlyGoal:
    """To meet all but so many requirements of a program. What only a person can judge is not counted."""

    qualifies: ProgramGoal
    left: int

    @property
    def written(self) -> str:
        """The goal that this comes near to."""
        return self.qualifies.written

    @property
    def takes_best_results(self) -> bool:
        """Requirements may be met by any result."""
        return False

    def book(self, rulebook: Rulebook, day: dt.date) -> RulebookInForce:
        """The rules of a day that decide the goal."""
        return self.qualifies.book(rulebook, day)

    def look(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the one program, with those whose verdicts it asks for."""
        return self.qualifies.look(profile, rulebook)

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the one program, with the grids that it uses."""
        return self.qualifies.tell(profile, rulebook)

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether no more are missing."""
        return len(self.missing(assessment)) <= self.left

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether no more surely are, where only answers in these places change."""
        lost = [
            one
            for one in self._checked(assessment)
            if one.met is False or (one.met is None and not any(may_be_met(route, places) for route in one.routes))
        ]
        return len(lost) <= self.left

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> Goal:
        """The same goal: there is one way to it."""
        return self

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """What the requirements hang on that are not decided."""
        return undecided_by(assessment.programs)

    def missing(self, assessment: Assessment) -> tuple[str, ...]:
        """The requirements that are not met."""
        return tuple(one.id for one in self._checked(assessment) if one.met is not True)

    def _checked(self, assessment: Assessment) -> Iterable[Finding]:
        program = self.qualifies.program
        for result in assessment.programs:
            if result.id == program:
                yield from (one for one in result.requirements if one.met is False or not one.needs_a_person)


def nearest(planned: Planned, rulebook: Rulebook) -> Nearest | None:
    """What comes nearest where nothing reaches the goal; None where no change does, or for other goals.

    Only how far one is from points and from one program can be counted.
    """
    match planned.goal:
        case PointsGoal() as goal:
            return _most_points(planned, rulebook, goal)
        case ProgramGoal() as goal:
            return _fewest_left(planned, rulebook, goal)
    return None


def _most_points(planned: Planned, rulebook: Rulebook, goal: PointsGoal) -> Nearest | None:
    now = planned.now.scores.get(goal.grid)
    if now is None:
        return None
    most = max(now.total, _easily_had(planned.search, goal))
    while (found := _sets(planned, rulebook, PointsGoal(goal.grid, most + 1))) is not None:
        most = max(_sure_points(found[0], goal, chosen) for chosen in found[1])
    if most == now.total:
        return None
    best = _sets(planned, rulebook, PointsGoal(goal.grid, most))
    return Nearest(_least(planned, *best), points_short=goal.points - most) if best else None


def _easily_had(search: Search, goal: PointsGoal) -> int:
    """Points that can be had, and seldom many fewer than the most: so the search need not be asked from far below.

    The step that brings most is taken, four times, and then each of the four exchanged for a better one.
    """
    chosen: Chosen = ()
    for _ in range(MOST_TOGETHER):
        chosen = _better(search, goal, chosen)
    points, before = _sure_points(search, goal, chosen), -1
    while points > before:
        before = points
        for option in chosen:
            chosen = _better(search, goal, tuple(one for one in chosen if one != option))
        points = max(before, _sure_points(search, goal, chosen))
    return points


def _better(search: Search, goal: PointsGoal, chosen: Chosen) -> Chosen:
    """What is chosen with the one step more that brings most; the same where there is no other."""
    families = {option.lever.family for option in chosen}
    steps = [(*chosen, option) for option in search.options if option.lever.family not in families]
    return max(steps, key=lambda each: goal.sure_points(search.result_of(each)[1]), default=chosen)


def _sure_points(search: Search, goal: PointsGoal, chosen: Chosen) -> int:
    """The points that a set gives by what it does, and still gives when its work is done."""
    return min(goal.sure_points(told) for _profile, told in (search.result_of(chosen), search.told_of(chosen)))


def _fewest_left(planned: Planned, rulebook: Rulebook, goal: ProgramGoal) -> Nearest | None:
    missing = NearlyGoal(goal, 0).missing(planned.now)
    for left in range(1, len(missing)):
        nearly = NearlyGoal(goal, left)
        found = _sets(planned, rulebook, nearly)
        if found is not None:
            plan = _least(planned, *found)
            return Nearest(plan, requirements_left=nearly.missing(plan.predicted))
    return None


def _sets(planned: Planned, rulebook: Rulebook, goal: Goal) -> tuple[Search, list[Chosen]] | None:
    search = Search(planned.profile, rulebook, goal, planned.search.options)
    found = search.smallest_sets()
    return (search, found) if any(found) else None


def _least(planned: Planned, search: Search, found: list[Chosen]) -> Plan:
    """The set that asks for the least, as plans go."""
    fewest = min(map(len, found))
    return min((plan_of(search, chosen, planned.now, fewest) for chosen in found), key=Plan.rank)
