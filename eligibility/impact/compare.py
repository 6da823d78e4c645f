"""One person under two rulebooks: assessed on both sides, as far as the change between them can reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from eligibility.engine import Assessment, assess
from eligibility.engine.assessment import Invitations, Score
from eligibility.engine.check import check_profile
from eligibility.engine.compiled import compiled
from eligibility.engine.invitations import Outlook
from eligibility.facts import Facts
from eligibility.facts.prepared import share_prepared
from eligibility.profile import Profile
from programs.rulebook import RulebookInForce
from programs.rulebook.touched import Touched, touched

# A program without rules on the day.
NO_RULES = "none"


@dataclass(frozen=True, slots=True)
class Difference:
    """What one person gets otherwise; empty where nothing differs.

    Attributes:
        verdicts: by program, "before>after".
        points: by grid: "+3" or "-10" points in the total; "range" for the same total that could become another,
            "by_program" for another total as a program counts it, "new" and "gone" for a grid that came or went.
        invitations: in how many rounds of the last months the person could have been invited, before and after.

    """

    verdicts: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, str] = field(default_factory=dict)
    invitations: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        return bool(self.verdicts or self.points or self.invitations)


class Comparer:
    """Compares people under two rulebooks.

    What the change reaches at first hand is assessed for everyone. The programs that merely ask for a verdict of these
    are assessed for those alone whose verdicts differ, and so is the invitation outlook.
    """

    def __init__(self, before: RulebookInForce, after: RulebookInForce, language: str = "en") -> None:
        """Find out what the difference between the rulebooks can reach."""
        self.before = before
        self.after = after
        self.reach: Touched = touched(before, after)
        self._language = language
        if _same_ground(before, after):
            share_prepared(before, after)
        rules = compiled(before, language)
        self._ranked_by = rules.ranked_by if before.rounds else None
        self._invited = frozenset((*rules.pool, *rules.invited))

    @property
    def reaches_invitations(self) -> bool:
        """Whether someone's invitation outlook could become another."""
        return self._ranked_by is not None and bool(
            self._ranked_by in self.reach.grids or self._invited & self.reach.programs
        )

    def difference(self, profile: Profile) -> Difference:
        """What the person gets otherwise.

        Raises:
            ProfileError: if one of the rulebooks cannot assess the profile.

        """
        if not self.reach or (self.reach.by_tests_alone and self._has_the_same_levels(profile)):
            return Difference()
        was, now = self._both(profile, self.reach.at_first_hand)
        verdicts, points = _verdicts(was, now), _points(was, now)
        if verdicts and self.reach.through_verdicts:
            was, now = self._both(profile, self.reach.programs)
            verdicts = _verdicts(was, now)
        outlook_moves = self._ranked_by in points or not self._invited.isdisjoint(verdicts)
        return Difference(verdicts, points, self._invitations(profile, was, now) if outlook_moves else None)

    def assessments(self, profile: Profile) -> tuple[Assessment, Assessment]:
        """Both assessments, of everything that the change can reach.

        Raises:
            ProfileError: if one of the rulebooks cannot assess the profile.

        """
        return self._both(profile, self.reach.programs)

    def outlooks(self, profile: Profile) -> tuple[Invitations, Invitations] | None:
        """The invitation outlook on both sides; None where no rounds are known.

        Past rounds were ranked by the points as they were. Both scores are held against them on that scale, or no
        round could be compared with a draft's points.
        """
        if self._ranked_by is None:
            return None
        programs, grids = sorted(self._invited), [self._ranked_by]
        was, now = (
            assess(profile, book, self._language, programs=programs, grids=grids) for book in (self.before, self.after)
        )
        return self._outlooks(profile, was, now)

    def _outlooks(self, profile: Profile, was: Assessment, now: Assessment) -> tuple[Invitations, Invitations] | None:
        sides = was, now
        scores = [side.scores.get(self._ranked_by or "") for side in sides]
        if scores[0] is None or scores[1] is None:
            return None
        nomination = Facts(profile, self.before).value("nomination_express_entry")
        found = []
        for book, side, score in zip((self.before, self.after), sides, scores, strict=True):
            assert score is not None
            verdicts = {each.id: each.verdict or "unknown" for each in side.programs}
            outlook = Outlook(
                score=score._replace(effective_from=scores[0].effective_from),
                verdict_of=partial(_verdict_of, verdicts),
                pool=compiled(book, self._language).pool,
                nomination=nomination,
            )
            found.append(outlook.over(book.rounds, book.pool, profile.as_of))
        return found[0], found[1]

    def _say_enough(self, *sides: Assessment) -> bool:
        """Whether assessments hold everything that the invitation outlook rests on."""
        return all(self._ranked_by in side.scores for side in sides) and all(
            self._invited <= {each.id for each in side.programs} for side in sides
        )

    def _both(self, profile: Profile, programs: frozenset[str]) -> tuple[Assessment, Assessment]:
        asked, grids = sorted(programs), sorted(self.reach.grids)
        was, now = (
            assess(profile, book, self._language, programs=asked, grids=grids) for book in (self.before, self.after)
        )
        return was, now

    def _has_the_same_levels(self, profile: Profile) -> bool:
        for book in (self.before, self.after):
            check_profile(profile, book)
        was, now = (
            [
                (choice.first, [result.parts for result in (choice.english, choice.french, choice.partner)])
                for choice in facts.choices()
            ]
            for facts in (Facts(profile, self.before), Facts(profile, self.after))
        )
        return was == now

    def _invitations(self, profile: Profile, was: Assessment, now: Assessment) -> tuple[int, int] | None:
        found = self._outlooks(profile, was, now) if self._say_enough(was, now) else self.outlooks(profile)
        if found is None:
            return None
        before, after = (outlook.could_have_been_invited for outlook in found)
        return (before, after) if before != after else None


def _verdict_of(verdicts: Mapping[str, str], program: str) -> str:
    return verdicts.get(program, "unknown")


def _same_ground(before: RulebookInForce, after: RulebookInForce) -> bool:
    """Whether facts come out alike, whatever is asked of them: work and study are counted by lists and tables."""
    return (
        before.occupations == after.occupations
        and before.tests == after.tests
        and {key: each.version for key, each in before.lists.items()}
        == {key: each.version for key, each in after.lists.items()}
        and {key: each.version for key, each in before.tables.items()}
        == {key: each.version for key, each in after.tables.items()}
    )


def _verdicts(before: Assessment, after: Assessment) -> dict[str, str]:
    was = {result.id: result.verdict or NO_RULES for result in before.programs}
    now = {result.id: result.verdict or NO_RULES for result in after.programs}
    pairs = {key: (was.get(key, NO_RULES), now.get(key, NO_RULES)) for key in dict.fromkeys((*was, *now))}
    return {key: f"{old}>{new}" for key, (old, new) in pairs.items() if old != new}


def _points(before: Assessment, after: Assessment) -> dict[str, str]:
    found = {
        grid: _change_of(before.scores.get(grid), after.scores.get(grid))
        for grid in dict.fromkeys((*before.scores, *after.scores))
    }
    return {grid: change for grid, change in found.items() if change}


def _change_of(was: Score | None, now: Score | None) -> str:
    if was is None or now is None:
        return "new" if was is None else "gone"
    if was.total != now.total:
        return f"{now.total - was.total:+d}"
    if was.range != now.range:
        return "range"
    return "by_program" if was.by_program != now.by_program else ""
