"""What a province's nomination would make of the score that ranks the Express Entry pool.

The points are the grid's own: the person is scored once more as if nominated, so that the caps of the grid hold. The
cut-offs beside it are those of the rounds that took people with a nomination, which contain its points too.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from eligibility.engine import assess
from eligibility.engine.assessment import Assessment, Citation, Invitations, KindOfRound, Line, ProgramResult, Score
from eligibility.engine.fulfilled import FULFILLED
from eligibility.express_entry import CRS, POOL
from eligibility.profile import Profile
from eligibility.profile.model import Nomination
from eligibility.results import words
from eligibility.results.doors import Door
from programs.rulebook import RulebookInForce

FACTOR = "nomination"

Reach = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Nominated:
    """The score without and with a nomination, and the rounds to compare it with."""

    grid: str
    now: Reach
    then: Reach
    points: int
    citation: Citation
    section_cap: int | None
    last_round: KindOfRound | None

    @property
    def line(self) -> str:
        """The two scores, in a line."""
        if self.now[0] == self.now[1]:
            text = gettext("CRS %(now)s now, %(then)s with this nomination")
        else:
            text = gettext("CRS %(now)s to %(now_high)s now, %(then)s to %(then_high)s with this nomination")
        return text % self._figures

    @property
    def explained(self) -> str:
        """Where the difference comes from."""
        told = gettext("The points grid gives a nomination %(points)s points.") % self._figures
        if self.section_cap is None or self.then[0] - self.now[0] >= self.points:
            return told
        capped = gettext(
            "That part of the grid ends at %(cap)s, so points you have in it already do not come on top."
        ) % {"cap": words.number(self.section_cap)}
        return f"{told} {capped}"

    @property
    def compared(self) -> str:
        """The score with the nomination, beside the last round for people who had one."""
        kind = self.last_round
        if kind is None or kind.last_cutoff is None:
            return ""
        said = {"day": words.day(kind.last_date), "cutoff": words.number(kind.last_cutoff)}
        last = gettext("The last round for people with a nomination, on %(day)s, went down to %(cutoff)s.") % said
        if self.then[0] >= kind.last_cutoff:
            return f"{last} {gettext('With one, your score would have reached it.')}"
        if self.then[1] < kind.last_cutoff:
            return f"{last} {gettext('Even with one, your score would not have reached it.')}"
        return f"{last} {gettext('Whether your score would have reached it depends on answers still missing.')}"

    @property
    def _figures(self) -> dict[str, str]:
        return {
            "now": words.number(self.now[0]),
            "now_high": words.number(self.now[1]),
            "then": words.number(self.then[0]),
            "then_high": words.number(self.then[1]),
            "points": words.number(self.points),
        }


def is_way_to_nomination(door: Door) -> bool:
    """Whether a nomination through this door would count in the pool, and the person could still come by it."""
    program = door.program
    counts = program.express_entry_linked or program.express_entry_option
    return door.is_near and counts and program.leads_to == "nomination"


def nominated(
    profile: Profile, assessment: Assessment, book: RulebookInForce, language: str = "en"
) -> Nominated | None:
    """What a nomination would make of the score.

    None for someone who holds one, for someone who surely cannot enter the pool, where nothing is known of the score,
    and where the grid in force gives a nomination nothing.
    """
    now = assessment.scores.get(CRS)
    if now is None or _holds_one(profile) or not _may_enter_the_pool(assessment.programs):
        return None
    if profile.nomination is None:
        now = _score(profile, False, book, language)
    then = _score(profile, Nomination(express_entry=True), book, language)
    found = _factor(then)
    if found is None or then.range == now.range or _says_nothing(now, found[1]):
        return None
    section, factor = found
    return Nominated(
        grid=then.name,
        now=now.range,
        then=then.range,
        points=factor.points,
        citation=factor.citation,
        section_cap=section.cap,
        last_round=_rounds_of_nominees(assessment.invitations),
    )


def _holds_one(profile: Profile) -> bool:
    return isinstance(profile.nomination, Nomination) and profile.nomination.express_entry is not False


def _may_enter_the_pool(programs: tuple[ProgramResult, ...]) -> bool:
    return any(one.category == POOL and one.verdict in {*FULFILLED, "unknown"} for one in programs)


def _score(profile: Profile, nomination: Nomination | bool, book: RulebookInForce, language: str) -> Score:
    """The score as it would be with this nomination, or without any."""
    supposed = profile.model_copy(update={"nomination": nomination})
    return assess(supposed, book, language, grids=(CRS,), scores_only=True).scores[CRS]


def _factor(score: Score) -> tuple[Line, Line] | None:
    """The nomination's line in a score, with the section it stands in."""
    for section in score.lines:
        for line in section.children:
            if line.id == FACTOR and line.points > 0:
                return section, line
    return None


def _says_nothing(now: Score, factor: Line) -> bool:
    """Whether the score without a nomination could be anything."""
    return now.range[0] <= 0 and now.range[1] >= now.maximum - factor.points


def _rounds_of_nominees(invitations: Invitations | None) -> KindOfRound | None:
    kinds = invitations.by_kind if invitations else ()
    return max((one for one in kinds if one.includes_nomination_points), key=lambda one: one.last_date, default=None)
