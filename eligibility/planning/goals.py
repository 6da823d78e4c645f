"""Goals: what a plan is to reach, and how one sees from an assessment whether it is reached.

Each goal names the programs and the grids that decide it, so that nothing else need be looked at.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from eligibility.engine import Assessment, assess
from eligibility.engine.assessment import Invitations, KindOfRound, ProgramResult, RouteFinding
from eligibility.engine.fulfilled import FULFILLED
from eligibility.engine.invitations import Outlook
from eligibility.express_entry import POOL
from eligibility.facts import Facts
from eligibility.planning.narrow import grids_of, narrowed, with_those_asked
from eligibility.planning.places import COMES_ALONG, parts_of
from eligibility.profile.model import Profile
from programs.packs.schema import Grid, Program
from programs.rulebook import Rulebook, RulebookInForce

# No grid gives more points than can be written so.
MOST_DIGITS = 5
WRITE = "write crs:500 (any grid and its points), round, program:ID or door"


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


def _look(book: RulebookInForce, profile: Profile, programs: Iterable[str]) -> Assessment:
    """Assess some programs with those whose verdicts they ask for, and nothing beside them."""
    return assess(profile, book, programs=with_those_asked(book, programs), grids=())


def _of_programs(results: Iterable[ProgramResult]) -> frozenset[str]:
    """What the verdicts of these programs hang on, where those whose verdicts they ask for are among them.

    What only a person can judge, and what no figure is known for, hangs on no answer. A program that is out of
    reach stays so, and nothing more hangs on it.
    """
    return undecided_by(result for result in results if result.verdict not in ("not_eligible", None))


def undecided_by(results: Iterable[ProgramResult]) -> frozenset[str]:
    """The parts in which the answers stand that would decide requirements of these programs."""
    return parts_of(
        answer
        for result in results
        for finding in result.requirements
        if finding.met is None
        for route in finding.routes
        if route.met is None
        for condition in route.conditions
        for answer in condition.missing
    )


def _may_open(result: ProgramResult, places: frozenset[str]) -> bool:
    """Whether a program may come to be open, where only answers in these places change.

    What hangs on an answer elsewhere, that the person has not given, stays undecided whatever is done.
    """
    if result.verdict in FULFILLED or result.verdict in ("not_eligible", None):
        return result.verdict in FULFILLED
    return all(
        any(may_be_met(route, places) for route in finding.routes)
        for finding in result.requirements
        if finding.met is None and not finding.needs_a_person
    )


def may_be_met(route: RouteFinding, places: frozenset[str]) -> bool:
    """Whether a route may come to be met, where only answers in these places change."""
    undecided = [one for one in route.conditions if one.met is None and not one.is_judgement]
    return route.met is not False and all(not one.missing or parts_of(one.missing) & places for one in undecided)


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
        return _look(self.book(rulebook, profile.as_of), profile, (self.program,))

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the one program, with the grids that it uses."""
        book = self.book(rulebook, profile.as_of)
        return assess(profile, book, programs=(self.program,), grids=grids_of(book, self.program))

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether nothing that a machine can check is missing."""
        return any(one.verdict in FULFILLED for one in assessment.programs if one.id == self.program)

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether nothing is surely missed."""
        return any(_may_open(one, places) for one in assessment.programs if one.id == self.program)

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> "Goal":
        """The same goal: there is one way to it."""
        return self

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """What the program's requirements hang on."""
        return _of_programs(assessment.programs)


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
        return _look(self.book(rulebook, profile.as_of), profile, self.closed)

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess the programs that are not open yet."""
        return assess(profile, self.book(rulebook, profile.as_of), programs=self.closed, grids=())

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether one of them is open now."""
        return any(one.verdict in FULFILLED for one in assessment.programs if one.id in self.closed)

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether one of them may be."""
        return any(_may_open(one, places) for one in assessment.programs if one.id in self.closed)

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> "Goal":
        """The programs that may still open."""
        may_open = [one.id for one in assessment.programs if one.id in self.closed and _may_open(one, places)]
        return DoorGoal(tuple(may_open))

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """What those hang on that may open."""
        return _of_programs(assessment.programs)


@dataclass(frozen=True, slots=True)
class RoundGoal:
    """To be within the last cut-off of a round of invitations that one could be in."""

    programs: tuple[str, ...]
    grid: str
    today: dt.date
    rulebook: Rulebook = field(compare=False, repr=False)
    _kept: dict[Hashable, Invitations] = field(default_factory=dict, compare=False, repr=False)

    @property
    def written(self) -> str:
        """The goal as it is written on the command line."""
        return "round"

    @property
    def takes_best_results(self) -> bool:
        """What a program asks may be missed for a result that is better elsewhere."""
        return False

    def book(self, rulebook: Rulebook, day: dt.date) -> RulebookInForce:
        """The rules of a day that decide the goal."""
        return narrowed(rulebook.on(day), self.programs, (self.grid,))

    def look(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """Assess what rounds ask for: the programs that lead into the pool, and the categories.

        Of rounds after today nothing is known, so a later day is held against those that are known today.
        """
        book = self.book(rulebook, profile.as_of)
        found = assess(profile, book, grids=(self.grid,))
        return found if profile.as_of == self.today else replace(found, invitations=self._known(profile, book, found))

    def _known(self, profile: Profile, book: RulebookInForce, found: Assessment) -> Invitations | None:
        score = found.scores.get(self.grid)
        if score is None or found.invitations is None:
            return None
        verdicts = {one.id: one.verdict or "unknown" for one in found.programs}
        nomination = Facts(profile, book).value("nomination_express_entry")
        key = (score.effective_from, score.range, tuple(verdicts.items()), nomination)
        if key not in self._kept:
            pool = [one.document.id for one in book.programs if one.document.category == POOL]
            outlook = Outlook(score, lambda program: verdicts.get(program, "unknown"), pool, nomination)
            self._kept[key] = outlook.over(book.rounds, (), self.today)
        return self._kept[key]

    def tell(self, profile: Profile, rulebook: Rulebook) -> Assessment:
        """The same: nothing more is told."""
        return self.look(profile, rulebook)

    def within(self, assessment: Assessment) -> list[KindOfRound]:
        """The kinds of round that the person could be in and whose last cut-off the score reaches."""
        kinds = assessment.invitations.by_kind if assessment.invitations else ()
        total = assessment.scores[self.grid].total if self.grid in assessment.scores else 0
        return [kind for kind in kinds if kind.eligible_for is True and _reaches(total, kind)]

    def is_reached(self, assessment: Assessment) -> bool:
        """Whether there is such a kind of round."""
        return bool(self.within(assessment))

    def is_possible(self, assessment: Assessment, places: frozenset[str]) -> bool:
        """Whether there may be one."""
        kinds = assessment.invitations.by_kind if assessment.invitations else ()
        high = assessment.scores[self.grid].range[1] if self.grid in assessment.scores else 0
        return any(kind.eligible_for is not False and _reaches(high, kind) for kind in kinds)

    def without_hopeless(self, assessment: Assessment, places: frozenset[str]) -> "Goal":
        """The same goal: there is one way to it."""
        return self

    def hangs_on(self, assessment: Assessment) -> frozenset[str]:
        """What decides the kinds of round whose cut-off may still be reached: who is in them, and the score."""
        score = assessment.scores.get(self.grid)
        kinds = assessment.invitations.by_kind if assessment.invitations else ()
        if score is None:
            return frozenset()
        ahead = [kind for kind in kinds if kind.eligible_for is not False and _reaches(score.range[1], kind)]
        undecided = frozenset(kind.kind for kind in ahead if kind.eligible_for is None)
        found = frozenset({COMES_ALONG, "nomination"}) | self._of_kinds(undecided, assessment)
        if all(_reaches(score.total, kind) for kind in ahead):
            return found
        return found | parts_of(score.missing)

    def _of_kinds(self, kinds: frozenset[str], assessment: Assessment) -> frozenset[str]:
        """What it hangs on whether one could be in these kinds of round."""
        book = self.rulebook.on(assessment.as_of)
        asked = {one.program for one in book.rounds if one.kind in kinds}
        programs = {program for program in asked if program is not None}
        if None in asked:
            programs |= {one.document.id for one in book.programs if one.document.category == POOL}
        deciding = frozenset(with_those_asked(book, programs))
        return _of_programs(one for one in assessment.programs if one.id in deciding)


def _reaches(total: int, kind: KindOfRound) -> bool:
    return kind.last_cutoff is not None and kind.rounds > kind.other_scale and total >= kind.last_cutoff


def read_goal(written: str, profile: Profile, rulebook: Rulebook) -> Goal:
    """The goal that is written, for this person.

    Raises:
        GoalError: saying what is wrong and what would be right.

    """
    kind, _, rest = written.partition(":")
    if written == "door":
        return _door(profile, rulebook)
    if written == "round":
        return _round(rulebook, profile.as_of)
    if kind == "program":
        if rest not in {document.id for document in rulebook.of_kind(Program)}:
            raise GoalError(f"there is no program {rest!r} in the rulebook; {WRITE}")
        return ProgramGoal(rest)
    if kind not in {document.id for document in rulebook.of_kind(Grid)}:
        raise GoalError(f"{written!r} is not a goal; {WRITE}")
    if not (rest.isascii() and rest.isdecimal() and len(rest) <= MOST_DIGITS):
        raise GoalError(f"{rest[:20]!r} is not a number of points; {WRITE}")
    return PointsGoal(kind, int(rest))


def _door(profile: Profile, rulebook: Rulebook) -> DoorGoal:
    now = assess(profile, rulebook.on(profile.as_of))
    return DoorGoal(tuple(one.id for one in now.programs if one.verdict is not None and one.verdict not in FULFILLED))


def _round(rulebook: Rulebook, day: dt.date) -> RoundGoal:
    book = rulebook.on(day)
    pool = [program.document for program in book.programs if program.document.category == POOL]
    shared = _shared_grids(pool)
    if not pool or not shared:
        raise GoalError("no rounds of invitations can be told: no programs lead into a pool that a grid ranks")
    asked = {one.program for one in book.rounds if one.program is not None}
    known = [program.document.id for program in book.programs]
    wanted = asked | {document.id for document in pool}
    return RoundGoal(tuple(key for key in known if key in wanted), shared[0], day, rulebook)


def _shared_grids(pool: Sequence[Program]) -> list[str]:
    first = pool[0].grids if pool else ()
    return [grid for grid in first if all(grid in document.grids for document in pool)]
