"""How many people of a population each program would take: to find rules that take nobody, or everybody.

No Django here. Verdict and intake stay apart: a closed program is counted by its verdicts like any other.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from eligibility.engine import assess
from eligibility.engine.assessment import ProgramResult
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook

Match = Literal["eligible", "likely", "unknown", "one_step", "not_eligible", "unchecked"]
MATCHES: tuple[Match, ...] = ("eligible", "likely", "unknown", "one_step", "not_eligible", "unchecked")


@dataclass(frozen=True, slots=True)
class ProgramMatches:
    """A program with how many people came out how, and the requirements that most of them miss."""

    id: str
    authority: str
    intake: str
    people: int
    counts: dict[Match, int]
    missed: tuple[tuple[str, int], ...]

    @property
    def matching(self) -> int:
        """How many the program would take, as far as the rules tell."""
        return self.counts["eligible"] + self.counts["likely"]

    @property
    def is_checked(self) -> bool:
        """Whether there were rules to hold anybody against."""
        return self.counts["unchecked"] < self.people


def match_of(program: ProgramResult) -> Match:
    """How one person stands to one program; one step away means one requirement missed and no answer wanted."""
    if program.verdict is None:
        return "unchecked"
    if program.verdict == "not_eligible":
        return "one_step" if len(program.steps) == 1 and not program.to_answer else "not_eligible"
    return program.verdict


def match_table(people: Iterable[Profile], rulebook: Rulebook, on: dt.date | None = None) -> list[ProgramMatches]:
    """Every program with how many of the people it would take, on the day they answered or on another.

    Programs come by authority and id. A program that is not in the rules on anybody's day is not there.
    """
    counts: dict[str, Counter[Match]] = {}
    missed: dict[str, Counter[str]] = {}
    last: dict[str, ProgramResult] = {}
    for person in people:
        profile = person if on is None else person.model_copy(update={"as_of": on})
        for result in assess(profile, rulebook.on(profile.as_of)).programs:
            last[result.id] = result
            counts.setdefault(result.id, Counter())[match_of(result)] += 1
            missed.setdefault(result.id, Counter()).update(finding.id for finding in result.missed)
    return [
        ProgramMatches(
            id=identifier,
            authority=result.authority,
            intake=result.intake.status if result.intake else "",
            people=counts[identifier].total(),
            counts={match: counts[identifier][match] for match in MATCHES},
            missed=tuple(sorted(missed[identifier].items(), key=lambda pair: (-pair[1], pair[0]))),
        )
        for identifier, result in sorted(last.items(), key=lambda pair: (pair[1].authority, pair[0]))
    ]
