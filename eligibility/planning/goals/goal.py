"""A goal: what a plan is to reach, and how one sees from an assessment whether it is reached.

Each goal names the programs and the grids that decide it, so that nothing else need be looked at.
"""

import datetime as dt
from typing import Protocol

from eligibility.engine import Assessment
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook, RulebookInForce


class GoalError(ValueError):
    """A goal that cannot be read, or that names what there is not."""


class Goal(Protocol):
    """What a plan is to reach."""

    @property
    def written(self) -> str:
        """The goal as it is written on the command line."""

    @property
    def takes_best_results(self) -> bool:
        """Whether of several language results nothing matters but what the best of them gives."""

    def book(self, rulebook: Rulebook, day: dt.date) -> RulebookInForce:
        """The rules of a day that decide the goal."""

    def look(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess a profile in what decides the goal, and in nothing else."""

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess a profile in all that is told of the goal."""

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether it surely is reached."""

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether it may be, where only answers in these parts of the profile could still come to be known."""

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> "Goal":
        """The goal without the ways to it that are out of reach then."""

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """The parts of the profile in which answers not known could decide it."""
