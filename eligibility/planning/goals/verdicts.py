"""Goals that rest on the verdicts of programs: looking at some programs, and seeing what their verdicts hang on."""

from collections.abc import Iterable

from eligibility.engine import Assessment, assess
from eligibility.engine.assessment import ProgramResult, RouteFinding
from eligibility.engine.fulfilled import FULFILLED
from eligibility.planning.narrow import with_those_asked
from eligibility.planning.places import parts_of
from eligibility.profile.model import Profile
from programs.rulebook import RulebookInForce


def look_at(book: RulebookInForce, profile: Profile, programs: Iterable[str]) -> Assessment:
    """Assess some programs with those whose verdicts they ask for, and nothing beside them."""
    return assess(profile, book, programs=with_those_asked(book, programs), grids=())


def hanging_on(results: Iterable[ProgramResult]) -> frozenset[str]:
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


def may_open(result: ProgramResult, places: frozenset[str]) -> bool:
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
