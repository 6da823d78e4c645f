"""The goals of qualifying: for one program, or for any that is not open yet."""

import datetime as dt
from dataclasses import dataclass

from eligibility.engine import Assessment, assess
from eligibility.engine.fulfilled import FULFILLED
from eligibility.planning.goals.goal import Goal
from eligibility.planning.goals.verdicts import hanging_on, look_at, may_open
from eligibility.planning.narrow import grids_of
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook, RulebookInForce


@dataclass(frozen=True, slots=True)
class ProgramGoal:
    """To qualify for a program."""

    program: str

    @property
    def written(self) -> str:
        """The goal as it is written on the command line."""
        return f"program:{self.program}"

    @property
    def takes_best_results(self) -> bool:
        """What a program asks may be missed for a result that is better elsewhere."""
        return False

    def book(self, rulebook: Rulebook, day: dt.date) -> RulebookInForce:
        """The rules of a day that decide the goal."""
        return rulebook.on(day)

    def look(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the one program, with those whose verdicts it asks for."""
        return look_at(self.book(rulebook, profile.as_of), profile, (self.program,))

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the one program, with the grids that it uses."""
        book = self.book(rulebook, profile.as_of)
        return assess(profile, book, programs=(self.program,), grids=grids_of(book, self.program))

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether nothing that a machine can check is missing."""
        return any(one.verdict in FULFILLED for one in assessment.programs if one.id == self.program)

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether nothing is surely missed."""
        return any(may_open(one, places) for one in assessment.programs if one.id == self.program)

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> "Goal":
        """The same goal: there is one way to it."""
        return self

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """What the program's requirements hang on."""
        return hanging_on(assessment.programs)


@dataclass(frozen=True, slots=True)
class DoorGoal:
    """To qualify for one more program: any of those that are not open yet."""

    closed: tuple[str, ...]

    @property
    def written(self) -> str:
        """The goal as it is written on the command line."""
        return "door"

    @property
    def takes_best_results(self) -> bool:
        """What a program asks may be missed for a result that is better elsewhere."""
        return False

    def book(self, rulebook: Rulebook, day: dt.date) -> RulebookInForce:
        """The rules of a day that decide the goal."""
        return rulebook.on(day)

    def look(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the programs that are not open yet, with those whose verdicts they ask for."""
        return look_at(self.book(rulebook, profile.as_of), profile, self.closed)

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the programs that are not open yet."""
        return assess(profile, self.book(rulebook, profile.as_of), programs=self.closed, grids=())

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether one of them is open now."""
        return any(one.verdict in FULFILLED for one in assessment.programs if one.id in self.closed)

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether one of them may be."""
        return any(may_open(one, places) for one in assessment.programs if one.id in self.closed)

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> "Goal":
        """The programs that may still open."""
        still = [one.id for one in assessment.programs if one.id in self.closed and may_open(one, places)]
        return DoorGoal(tuple(still))

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """What those hang on that may open."""
        return hanging_on(assessment.programs)
