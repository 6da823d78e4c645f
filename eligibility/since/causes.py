"""Why an outcome is another than it was: the answers, the time that has passed, or the rules.

One thing is changed at a time. Today's answers are evaluated under the former rules on the former day; then under the
former rules today; then under today's rules. Where the former rules cannot be had any more, no cause is claimed.
"""

import datetime as dt
import itertools
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine import Assessment, assess
from eligibility.profile import ProfileError
from eligibility.since.mark import Mark, Outcome, Reach, outcome
from eligibility.wizard import rules
from programs.former import publications_since, rulebook_at
from programs.rulebook import Rulebook, RulebookInForce
from programs.rulebook.fingerprint import fingerprint

Cause = Literal["answers", "answers_or_time", "time", "rules", "unsure"]
# Rebuilding takes seconds, and a rulebook is large.
MOST_KEPT = 2


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome after one thing was changed, and the assessment it comes from (none is kept of the former)."""

    cause: Cause
    outcome: Outcome
    assessment: Assessment | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One program or system that came out otherwise by one cause. None where it was not there."""

    id: str
    cause: Cause
    before: str | Reach | None
    after: str | Reach | None
    assessed_before: Assessment | None
    assessed_after: Assessment | None


class _Rebuilt:
    """The last few former rulebooks. Everyone who came between the same two publications has seen the same one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[str, int], Rulebook] = {}

    def get(self, moment: dt.datetime, revision: str) -> Rulebook | None:
        """The rulebook as it stood then; None if nothing was published since: then it is no other than today's."""
        publications = publications_since(moment)
        if not publications:
            return None
        key = (revision, publications)
        with self._lock:
            if key not in self._held:
                while len(self._held) >= MOST_KEPT:
                    self._held.pop(next(iter(self._held)))
                self._held[key] = rulebook_at(moment)
            return self._held[key]


_rebuilt = _Rebuilt()


def rules_seen(mark: Mark, rulebook: Rulebook) -> RulebookInForce | None:
    """The rules that a person was assessed with, exactly; None if they cannot be had any more."""
    book = rulebook.on(mark.day)
    if fingerprint(book) == mark.rules:
        return book
    former = _rebuilt.get(mark.at, rulebook.revision)
    rebuilt = former.on(mark.day) if former is not None else None
    return rebuilt if rebuilt is not None and fingerprint(rebuilt) == mark.rules else None


def _assessed_then(mark: Mark, answers: Answers, book: RulebookInForce) -> Assessment | None:
    """Today's answers as they would have come out then; None where they tell of something that had not happened."""
    try:
        return assess(to_profile(answers, mark.day), book, rules.language())
    except ProfileError:
        return None


def same_but_for_the_answers(mark: Mark, answers: Answers, now: Outcome, rulebook: Rulebook) -> bool:
    """Whether today's answers would have given today's outcome then: nothing but the answers has done anything.

    Only asked where the rules are the same.
    """
    then = _assessed_then(mark, answers, rulebook.on(mark.day))
    return then is not None and outcome(then) == now


def steps(mark: Mark, answers: Answers, is_same: bool, today: Assessment, book: RulebookInForce | None) -> list[Step]:
    """From what was seen to what is now, one cause after the other. `is_same`: the answers are those of then.

    Raises:
        ProfileError: if the answers make no profile.

    """
    last = outcome(today)
    if book is None:
        return [Step("unsure", mark.outcome, None), Step("unsure", last, today)]
    then = _assessed_then(mark, answers, book)
    found = [Step("unsure", mark.outcome, None)]
    if then is not None:
        # The same answers and rules may come out otherwise since the program itself was changed: that is no cause here.
        found.append(Step("unsure" if is_same else "answers", outcome(then), then))
    passed = assess(to_profile(answers, today.as_of), book, rules.language())
    found.append(Step("time" if is_same or then is not None else "answers_or_time", outcome(passed), passed))
    found.append(Step("rules", last, today))
    return found


def programs_moved(found: list[Step]) -> Iterator[Moved]:
    """The programs that came out otherwise, cause by cause."""
    yield from _moved(found, lambda one: one.programs)


def scores_moved(found: list[Step]) -> Iterator[Moved]:
    """The systems whose points are others, cause by cause."""
    yield from _moved(found, lambda one: one.scores)


def _moved(found: list[Step], part: Callable[[Outcome], Mapping[str, Any]]) -> Iterator[Moved]:
    for before, after in itertools.pairwise(found):
        was, now = part(before.outcome), part(after.outcome)
        for key in dict.fromkeys((*now, *was)):
            if was.get(key) != now.get(key):
                yield Moved(key, after.cause, was.get(key), now.get(key), before.assessment, after.assessment)
