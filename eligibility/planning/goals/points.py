"""The goal of so many points of a grid."""

import datetime as dt
from dataclasses import dataclass

from eligibility.engine import Assessment, assess
from eligibility.planning.goals.goal import Goal
from eligibility.planning.narrow import narrowed
from eligibility.planning.places import COMES_ALONG, parts_of
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook, RulebookInForce


@dataclass(frozen=True, slots=True)
class PointsGoal:
    """A grid's total of so many points at least."""

    grid: str
    points: int

    @property
    def written(self) -> str:
        """The goal as it is written on the command line."""
        return f"{self.grid}:{self.points}"

    @property
    def takes_best_results(self) -> bool:
        """A grid takes those that give most."""
        return True

    def book(self, rulebook: Rulebook, day: dt.date) -> RulebookInForce:
        """The rules of a day that decide the goal."""
        return narrowed(rulebook.on(day), (), (self.grid,))

    def look(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Score the one grid."""
        book = self.book(rulebook, profile.as_of)
        return assess(profile, book, grids=(self.grid,), scores_only=True)

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """The same: nothing more is told."""
        return self.look(profile, rulebook)

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether the low end of the range is high enough."""
        return self.sure_points(assessment) >= self.points

    def sure_points(self, assessment: Assessment) -> int:
        """The low end of the range; 0 on a day on which the grid is not in force."""
        score = assessment.scores.get(self.grid)
        return score.total if score is not None else 0

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether the high end is; what nobody can come to know only makes the range wider."""
        score = assessment.scores.get(self.grid)
        return score is not None and score.range[1] >= self.points

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> "Goal":
        """The same goal: there is one way to it."""
        return self

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """What the score hangs on; who counts as a partner changes columns and caps, so it always may."""
        score = assessment.scores.get(self.grid)
        return parts_of(score.missing) | {COMES_ALONG} if score is not None else frozenset()
