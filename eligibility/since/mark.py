"""What is kept of the results that a person has seen: the day, the rules, the rounds, and each outcome in a word."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eligibility.answers.document import Answers
from eligibility.engine.assessment import Assessment
from eligibility.results.doors import Door, door
from programs.rulebook import Round, Rulebook
from programs.rulebook.fingerprint import fingerprint

KEY = "seen"
FORMAT = 1
# Rounds are told by their numbers as far back as this before the newest: one may be entered late.
_ROUNDS_BACK = dt.timedelta(days=60)

Reach = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out for a person: each program's state, and each system's points."""

    programs: Mapping[str, str]
    scores: Mapping[str, Reach]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person has seen. `rules` and `answers` are fingerprints; `rounds` are the numbers of the newest."""

    at: dt.datetime
    day: dt.date
    rules: str
    answers: str
    rounds: tuple[str, ...]
    rounds_from: dt.date
    outcome: Outcome

    def says_the_same(self, other: "Mark") -> bool:
        """Whether nothing is different but when it was seen."""
        mine = (self.rules, self.answers, set(self.rounds), self.outcome)
        return mine == (other.rules, other.answers, set(other.rounds), other.outcome)

    def new_rounds(self, rulebook: Rulebook, until: dt.date) -> tuple[Round, ...]:
        """The rounds that were not known then, newest first."""
        known = set(self.rounds)
        found = [one for one in rulebook.rounds if self.rounds_from <= one.date <= until and one.number not in known]
        return tuple(reversed(found))

    def as_document(self) -> dict[str, Any]:
        """The mark as plain data."""
        return {
            "format": FORMAT,
            "at": self.at.isoformat(),
            "day": self.day.isoformat(),
            "rules": self.rules,
            "answers": self.answers,
            "rounds": list(self.rounds),
            "rounds_from": self.rounds_from.isoformat(),
            "programs": dict(self.outcome.programs),
            "scores": {key: list(reach) for key, reach in self.outcome.scores.items()},
        }


def read(person: Answers) -> Mark | None:
    """What a person has seen last; None if they never came, or what is kept is of another form."""
    kept = person.beside.get(KEY)
    if not kept or kept.get("format") != FORMAT:
        return None
    return Mark(
        at=dt.datetime.fromisoformat(kept["at"]),
        day=dt.date.fromisoformat(kept["day"]),
        rules=kept["rules"],
        answers=kept["answers"],
        rounds=tuple(kept["rounds"]),
        rounds_from=dt.date.fromisoformat(kept["rounds_from"]),
        outcome=Outcome(kept["programs"], {key: (low, high) for key, (low, high) in kept["scores"].items()}),
    )


def mark(
    person: Answers,
    assessment: Assessment,
    rulebook: Rulebook,
    now: dt.datetime,
    doors: Iterable[Door] | None = None,
) -> Mark:
    """What a person sees now. `doors` are those of the assessment, where they are there already."""
    day = assessment.as_of
    held = [one for one in rulebook.rounds if one.date <= day]
    newest = held[-1].date if held else day
    since = newest - _ROUNDS_BACK
    return Mark(
        at=now,
        day=day,
        rules=fingerprint(rulebook.on(day)),
        answers=answers_fingerprint(person),
        rounds=tuple(one.number for one in held if one.date >= since),
        rounds_from=since,
        outcome=outcome(assessment, doors),
    )


def outcome(assessment: Assessment, doors: Iterable[Door] | None = None) -> Outcome:
    """What came out, in words that are short to keep."""
    return Outcome(
        {one.program.id: state(one) for one in doors or map(door, assessment.programs)},
        {key: score.range for key, score in assessment.scores.items()},
    )


def state(shown: Door) -> str:
    """A program's verdict and intake: "likely open"."""
    intake = shown.program.intake
    return f"{shown.shape} {intake.status if intake else ''}".rstrip()


def answers_fingerprint(person: Answers) -> str:
    """What names the answers: it changes with any of them, and not with what stands beside them."""
    document = {**person.as_document(), "beside": {}, "newly_asked": []}
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:16]
