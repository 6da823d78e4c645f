"""The invitation outlook: rounds of the last months, held against one person's score and programs.

A round of a kind the person could not be in never counts, whatever their score. A cut-off that includes nomination
points is open only to someone who holds a nomination linked to Express Entry, whose own score then includes them too.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from eligibility.engine.assessment import Invitations, KindOfRound, Score
from eligibility.engine.fulfilled import FULFILLED
from eligibility.engine.pool import standing_in
from eligibility.facts.dates import months_before
from eligibility.facts.values import Met, Value, all_of, any_of
from programs.rulebook import PoolSnapshot, Round
from programs.rulebook.pool import snapshot_on

WINDOW_MONTHS = 12


def _may_be_in(verdict: str) -> Met:
    return None if verdict == "unknown" else verdict in FULFILLED


def _kind(rounds: Sequence[Round], score: Score, eligible_for: Met) -> KindOfRound:
    last = rounds[-1]
    comparable = [one for one in rounds if one.date >= score.effective_from]
    cutoffs = [one.cutoff for one in comparable if one.cutoff is not None]
    reached, might = (sum(end >= cutoff for cutoff in cutoffs) if eligible_for else 0 for end in score.range)
    return KindOfRound(
        kind=last.kind,
        name=last.name,
        rounds=len(rounds),
        eligible_for=eligible_for,
        would_have_reached=reached,
        might_have_reached=might,
        other_scale=len(rounds) - len(comparable),
        last_cutoff=last.cutoff,
        lowest_cutoff=min(cutoffs, default=None),
        median_cutoff=median(cutoffs) if cutoffs else None,
        last_date=last.date,
        includes_nomination_points=last.includes_nomination_points,
        source=last.source,
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What rounds are held against.

    Attributes:
        score: the person's score in the grid that ranks the pool.
        verdict_of: the verdict for a program or a category.
        pool: the programs that lead into the Express Entry pool.
        nomination: whether the person holds a nomination linked to Express Entry.

    """

    score: Score
    verdict_of: Callable[[str], str]
    pool: Sequence[str]
    nomination: Value

    def over(self, rounds: Sequence[Round], pool: tuple[PoolSnapshot, ...], as_of: dt.date) -> Invitations:
        """The rounds of the last twelve months and the last snapshot of the pool; nothing after `as_of` is known."""
        opens = months_before(as_of, WINDOW_MONTHS)
        window = [one for one in rounds if opens < one.date <= as_of]
        by_kind: dict[str, list[Round]] = {}
        for one in window:
            by_kind.setdefault(one.kind, []).append(one)
        kinds = [_kind(found, self.score, self._eligible_for(found[-1])) for found in by_kind.values()]
        kinds.sort(key=lambda kind: (kind.eligible_for is not True, -kind.rounds, kind.kind))
        reached = sum(kind.would_have_reached for kind in kinds)
        snapshot = snapshot_on(pool, as_of)
        standing = standing_in(snapshot, self.score) if snapshot else None
        return Invitations(WINDOW_MONTHS, len(window), reached, tuple(kinds), standing)

    def _eligible_for(self, kind: Round) -> Met:
        """Whether someone with these verdicts could have been in rounds of this kind."""
        in_pool = any_of([_may_be_in(self.verdict_of(program)) for program in self.pool])
        if kind.includes_nomination_points:
            return all_of((in_pool, self.nomination.low if self.nomination.is_known else None))
        return in_pool if kind.program is None else _may_be_in(self.verdict_of(kind.program))
