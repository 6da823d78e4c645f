"""Since you last came, made ready for the page: the rules, the rounds, and program by program what that does."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.catalogue.conditions import Reader
from eligibility.engine.assessment import Assessment, KindOfRound, ProgramResult
from eligibility.engine.fulfilled import FULFILLED
from eligibility.express_entry import CRS
from eligibility.planning.events import of_person
from eligibility.profile import Profile
from eligibility.results import words
from eligibility.results.words import Mark as Shape
from eligibility.side_by_side.columns import Why
from eligibility.side_by_side.programs import MOST_TOLD, moved
from eligibility.since import causes
from eligibility.since.causes import Cause, Moved
from eligibility.since.mark import Mark, answers_fingerprint
from eligibility.since.rule_changes import RuleChange, began_after, differences
from eligibility.timeline.happenings import Happenings
from eligibility.wizard import rules
from programs.rulebook import Round, Rulebook

CAUSES = {
    "answers": gettext_lazy("Because you changed your answers"),
    "answers_or_time": gettext_lazy("Because of a date you told, or because time has passed"),
    "time": gettext_lazy("Because time has passed"),
    "rules": gettext_lazy("Because the rules changed"),
    "unsure": gettext_lazy("We cannot tell why"),
}
INTAKES = {
    "open": gettext_lazy("takes applications"),
    "paused": gettext_lazy("paused"),
    "closed": gettext_lazy("closed"),
    "cap_reached": gettext_lazy("full"),
    "announced": gettext_lazy("announced, not open yet"),
    "": gettext_lazy("not known whether it takes applications"),
}
# What each shape is called when only its name was kept.
_SHAPES = {
    "one_step": gettext_lazy("One step away"),
    "unchecked": words.VERDICTS[None],
    **{key: word for key, word in words.VERDICTS.items() if key is not None},
}

_FAR = frozenset({"not_eligible", "unchecked"})
# So many rounds and rules are told outright, the others one click away.
TOLD_FIRST = 6


@dataclass(frozen=True, slots=True)
class ProgramNews:
    """A program that came out otherwise: what it was and is, why, and which requirements moved."""

    id: str
    name: str
    cause: Cause
    because: str
    before: Shape | None
    after: Shape | None
    intake: str
    why: tuple[Why, ...]
    is_there: bool

    @property
    def is_or_was_open(self) -> bool:
        """Whether its rules are met, or were."""
        return any(mark is not None and mark.shape in FULFILLED for mark in (self.before, self.after))

    @property
    def is_near(self) -> bool:
        """Whether it is, or was, open to the person, a step away, or waiting for an answer."""
        return any(mark is not None and mark.shape not in _FAR for mark in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class ScoreNews:
    """Points that are others than they were."""

    id: str
    name: str
    cause: Cause
    because: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RoundNews:
    """A round that was held, beside the person's points."""

    round: Round
    invited: str
    said: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Something of the person's own that fell into the time: a birthday, a result that lapsed, a date they told."""

    day: dt.date
    title: str


@dataclass(frozen=True, slots=True)
class Since:
    """Everything that is told. `is_exact`: the rules that were seen could be had again."""

    day: dt.date
    is_exact: bool
    answers_changed: bool
    rules: tuple[RuleChange, ...]
    rounds: tuple[RoundNews, ...]
    scores: tuple[ScoreNews, ...]
    programs: tuple[ProgramNews, ...]
    passed: tuple[Passed, ...]

    @property
    def scores_first(self) -> tuple[ScoreNews, ...]:
        """What ranks the pool; without it, all of them."""
        return tuple(one for one in self.scores if one.id == CRS) or self.scores

    @property
    def scores_further(self) -> tuple[ScoreNews, ...]:
        """The other systems."""
        return tuple(one for one in self.scores if one not in self.scores_first)

    @property
    def near_first(self) -> tuple[ProgramNews, ...]:
        """The first of those that are or were near: what is open now, or was."""
        return self._near_by_verdict[:TOLD_FIRST]

    @property
    def near_further(self) -> tuple[ProgramNews, ...]:
        """The others that are or were near."""
        return self._near_by_verdict[TOLD_FIRST:]

    @property
    def _near_by_verdict(self) -> tuple[ProgramNews, ...]:
        return tuple(sorted(self.near, key=lambda one: not one.is_or_was_open))

    @property
    def near(self) -> tuple[ProgramNews, ...]:
        """The programs that are or were near."""
        return tuple(one for one in self.programs if one.is_near)

    @property
    def far(self) -> tuple[ProgramNews, ...]:
        """The programs that were far and are."""
        return tuple(one for one in self.programs if not one.is_near)

    @property
    def rounds_first(self) -> tuple[RoundNews, ...]:
        """The newest rounds."""
        return self.rounds[:TOLD_FIRST]

    @property
    def rounds_further(self) -> tuple[RoundNews, ...]:
        """The rounds before them."""
        return self.rounds[TOLD_FIRST:]

    @property
    def rules_first(self) -> tuple[RuleChange, ...]:
        """The rules of programs that came out otherwise for the person, and some more."""
        return self._rules_by_concern[:TOLD_FIRST]

    @property
    def rules_further(self) -> tuple[RuleChange, ...]:
        """The other rules."""
        return self._rules_by_concern[TOLD_FIRST:]

    @property
    def _rules_by_concern(self) -> tuple[RuleChange, ...]:
        near = {one.id for one in self.near}
        moved = {one.id for one in self.programs}
        return tuple(sorted(self.rules, key=lambda one: (one.id not in near, one.id not in moved)))

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.rules or self.rounds or self.scores or self.programs)


def since(seen: Mark, answers: Answers, today: Assessment, rulebook: Rulebook) -> Since:
    """What is to tell to a person who saw their results before.

    Raises:
        ProfileError: if the answers make no profile.

    """
    profile = to_profile(answers, today.as_of)
    former, book = causes.rules_seen(seen, rulebook), rulebook.on(today.as_of)
    reader = Reader(rulebook, rules.language())
    is_same = answers_fingerprint(answers) == seen.answers
    found = causes.steps(seen, answers, is_same, today, former)
    names = {
        document.id: reader.name("program", document.id)
        for document in rulebook.documents
        if document.kind == "program"
    }
    return Since(
        day=seen.day,
        is_exact=former is not None,
        answers_changed=not is_same,
        rules=differences(former, book, reader) if former is not None else began_after(seen.day, book, reader),
        rounds=tuple(_rounds(seen.new_rounds(rulebook, today.as_of), today)),
        scores=tuple(_score(one, today, reader) for one in causes.scores_moved(found)),
        programs=tuple(_program(one, names.get(one.id, one.id)) for one in causes.programs_moved(found)),
        passed=tuple(_passed(profile, rulebook, seen.day, today.as_of)),
    )


def _passed(profile: Profile, rulebook: Rulebook, since: dt.date, until: dt.date) -> Iterable[Passed]:
    happened = [one for one in of_person(profile, rulebook, since, until) if one.kind != "h1b" and one.day > since]
    said = Happenings(profile, rulebook, rules.language(), every_birthday=True).by_day(happened)
    return (Passed(day, one.title) for day, each in said.items() for one in each)


def _rounds(found: Iterable[Round], today: Assessment) -> Iterable[RoundNews]:
    kinds = {kind.kind: kind for kind in (today.invitations.by_kind if today.invitations else ())}
    for one in found:
        yield RoundNews(one, words.number(one.invitations), _round_said(one, kinds.get(one.kind), today))


def _round_said(one: Round, kind: KindOfRound | None, today: Assessment) -> str:
    score = today.scores.get(CRS)
    if kind is None or score is None or one.cutoff is None:
        return gettext("It cannot be compared with your points.")
    if kind.eligible_for is False:
        return gettext("You could not have been in it, at any score.")
    if one.date < score.effective_from:
        return gettext("Its cut-off was on another scale: the CRS has changed since.")
    low, high = score.range
    if low >= one.cutoff:
        said = gettext("Your points (%(points)s) reach its cut-off.")
    elif high >= one.cutoff:
        said = gettext("Your points (%(points)s) may reach its cut-off: that depends on what is not known yet.")
    else:
        said = gettext("Your points (%(points)s) are below its cut-off.")
    told = said % {"points": words.range_text(low, high)}
    if kind.eligible_for is None:
        return f"{told} {gettext('Whether you could have been in it is not known yet.')}"
    return told


def _score(one: Moved, today: Assessment, reader: Reader) -> ScoreNews:
    before, after = (
        words.range_text(*reach) if isinstance(reach, tuple) else gettext("none") for reach in (one.before, one.after)
    )
    score = today.scores.get(one.id)
    name = score.name if score else reader.name("grid", one.id)
    return ScoreNews(one.id, name, one.cause, str(CAUSES[one.cause]), before, after)


def _program(one: Moved, name: str) -> ProgramNews:
    before, after = (_shape(each) for each in (one.before, one.after))
    intakes = [_intake(each) for each in (one.before, one.after)]
    intake = ""
    if intakes[0] != intakes[1] and one.before is not None and one.after is not None:
        intake = gettext("Applications: %(before)s before, %(after)s now.") % {
            "before": intakes[0],
            "after": intakes[1],
        }
    result = _result(one.assessed_after, one.id)
    why: tuple[Why, ...] = ()
    if result is not None and one.assessed_before is not None:
        why = tuple(moved(_result(one.assessed_before, one.id), result))[:MOST_TOLD]
    return ProgramNews(
        one.id, name, one.cause, str(CAUSES[one.cause]), before, after, intake, why, one.after is not None
    )


def _result(assessment: Assessment | None, key: str) -> ProgramResult | None:
    found = assessment.programs if assessment is not None else ()
    return next((result for result in found if result.id == key), None)


def _shape(state: object) -> Shape | None:
    if not isinstance(state, str):
        return None
    shape = state.partition(" ")[0]
    return Shape(shape, str(_SHAPES.get(shape, shape)))


def _intake(state: object) -> str:
    status = state.partition(" ")[2] if isinstance(state, str) else ""
    return str(INTAKES.get(status, status))
