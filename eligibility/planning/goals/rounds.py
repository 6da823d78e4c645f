"""The goal of being within the last cut-off of a round of invitations that one could be in."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass, field

from eligibility.engine import Assessment, assess
from eligibility.engine.assessment import Invitations, KindOfRound
from eligibility.engine.invitations import Outlook
from eligibility.express_entry import POOL
from eligibility.facts import Facts
from eligibility.planning.goals.goal import Goal
from eligibility.planning.goals.verdicts import hanging_on
from eligibility.planning.narrow import narrowed, with_those_asked
from eligibility.planning.places import COMES_ALONG, parts_of
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook, RulebookInForce


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
        if profile.as_of == self.today:
            return found
        return found._replace(invitations=self._known(profile, book, found))

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
        return hanging_on(one for one in assessment.programs if one.id in deciding)


def _reaches(total: int, kind: KindOfRound) -> bool:
    return kind.last_cutoff is not None and kind.rounds > kind.other_scale and total >= kind.last_cutoff
