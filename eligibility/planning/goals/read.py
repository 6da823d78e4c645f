"""Goals as they are written on the command line and kept with a plan."""

import datetime as dt
from collections.abc import Sequence

from eligibility.engine import assess
from eligibility.engine.fulfilled import FULFILLED
from eligibility.express_entry import POOL
from eligibility.planning.goals.goal import Goal, GoalError
from eligibility.planning.goals.points import PointsGoal
from eligibility.planning.goals.programs import DoorGoal, ProgramGoal
from eligibility.planning.goals.rounds import RoundGoal
from eligibility.profile.model import Profile
from programs.packs.schema import Grid, Program
from programs.rulebook import Rulebook

# No grid gives more points than can be written so.
MOST_DIGITS = 5
WRITE = "write crs:500 (any grid and its points), round, program:ID or door"


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
