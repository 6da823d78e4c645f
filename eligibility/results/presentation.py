"""An assessment turned into the page: what is said, in which order. Pure, and no rule is decided here."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import (
    Assessment,
    Citation,
    NextStep,
    NoticeShown,
    OutlookState,
    ProgramFact,
    ProgramResult,
)
from eligibility.profile import Profile
from eligibility.results import draws, rounds, scores, words
from eligibility.results.dates import Dates
from eligibility.results.doors import Door, Group, GroupKey, groups, score_text
from eligibility.results.firsts import FirstStep, first_steps
from eligibility.results.nomination import CRS, Nominated, is_way_to_nomination
from eligibility.results.person import Person
from eligibility.results.reasons import Reasons, reasons
from eligibility.results.rounds import RoundsView
from eligibility.results.scores import ScoreView

FSW = "fsw67"
# Programs a person applies to; a category of rounds is only a way of being chosen for one of them.
CATEGORY = "ee_category"
POOL = "express_entry"
# How many programs a sentence can name before it stops being one.
NAMED = 4
# How many outlooks the first screen spells out; the others are one click away.
OUTLOOKS_SHOWN = 2
# Of whom outlooks are written.
OUTLOOKS_SPEAK_OF = "US"
# Where no door is open, so many of those one step away count as the nearest.
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Invited:
    """Whether anyone in this person's place was invited lately: apart from every verdict."""

    outlook: OutlookState
    word: str
    concerns: str


@dataclass(frozen=True, slots=True)
class Told:
    """A text that concerns some programs, told once."""

    text: str
    concerns: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class PointsElsewhere:
    """A score in a system of its own, in a line, and the nearest program that uses it."""

    name: str
    text: str
    program: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a door stands: its group, and its neighbours there."""

    group: Group
    door: Door
    before: Door | None
    after: Door | None


@dataclass(frozen=True, eq=False)
class Page:
    """What the pages of the results say. Each part is worked out when a page first asks for it.

    `everything` is the page with every reason on it: its lists speak of all near doors, and not of the nearest alone.
    """

    profile: Profile
    assessment: Assessment
    dates: Dates
    language: str
    person: Person = field(default_factory=Person)
    nominated: Nominated | None = None
    everything: bool = False

    @property
    def as_of(self) -> dt.date:
        """The day of which it speaks."""
        return self.assessment.as_of

    @property
    def rulebook(self) -> str:
        """The rulebook that was used."""
        return self.assessment.rulebook

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every door, the nearest group first."""
        return groups(self.assessment.programs)

    def place(self, program: str) -> Place:
        """Where the door of a program stands.

        Raises:
            KeyError: for a program that has no result on this day.

        """
        for group in self.groups:
            doors = group.doors
            for index, door in enumerate(doors):
                if door.program.id == program:
                    before = doors[index - 1] if index else None
                    return Place(group, door, before, next(iter(doors[index + 1 :]), None))
        raise KeyError(program)

    def reasons(self, door: Door) -> Reasons:
        """A door with its reasons."""
        return reasons(door, self.assessment, self.person, self.nominated_by(door))

    def nominated_by(self, door: Door) -> Nominated | None:
        """What a nomination through a door would make of the score, if it is a way to one."""
        return self.nominated if is_way_to_nomination(door) else None

    # The first screen

    @cached_property
    def _to_apply(self) -> dict[GroupKey, tuple[Door, ...]]:
        """Doors to work and to settle, by group: without categories of rounds, and without ways to stay for a time."""
        return {
            group.key: tuple(door for door in group.doors if door.program.category != CATEGORY and not door.is_stay)
            for group in self.groups
        }

    @cached_property
    def open_doors(self) -> tuple[Door, ...]:
        """The doors to work and to settle that are open."""
        return self._to_apply.get("open", ())

    @cached_property
    def open_stays(self) -> tuple[Door, ...]:
        """The ways to stay for a time, as a student or visitor, that are open."""
        return tuple(door for group in self.groups if group.key == "open" for door in group.doors if door.is_stay)

    @cached_property
    def headline(self) -> str:
        """Where they stand, in one sentence."""
        counts = Counter({key: len(doors) for key, doors in self._to_apply.items()})
        return _headline(counts, len(self.open_stays))

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The sentences under the headline: what is sure, and what is near."""
        listed = Counter({group.key: len(group.doors) for group in self.groups})
        return _summary(listed, self.open_doors, self.open_stays)

    @cached_property
    def first(self) -> tuple[FirstStep, ...]:
        """What to do first."""
        return first_steps(self.profile, self.groups, self.dates, self.language)

    @property
    def press(self) -> FirstStep | None:
        """The first thing to do, if its day presses: it stands right under the headline."""
        return next((step for step in self.first[:1] if step.is_urgent and step.by), None)

    # Invitations

    @cached_property
    def rounds(self) -> RoundsView | None:
        """The rounds of the last months."""
        return rounds.view(self.assessment, pictured=self.everything)

    @cached_property
    def premise(self) -> str:
        """Of whom outlooks speak, where that is not known to be this person."""
        residence = self.profile.residence
        if residence == OUTLOOKS_SPEAK_OF or (self.profile.h1b and self.profile.h1b.lives_in_us):
            return ""
        if residence is None:
            return gettext(
                "This is judged for someone who lives in the United States. You have not told us where you live."
            )
        return gettext(
            "This is judged for someone who lives in the United States. From where you live it may be otherwise."
        )

    @cached_property
    def _all_invited(self) -> tuple[Invited, ...]:
        near = [*self._to_apply.get("one_step", ()), *self._to_apply.get("need_answer", ())]
        into_the_pool = [door for door in near if door.program.category == POOL]
        return _invited(_poorest_first(self.open_doors) or _poorest_first(into_the_pool) or _poorest_first(near))

    @property
    def _outlooks_shown(self) -> int:
        return OUTLOOKS_SHOWN if self.open_doors else 1

    @property
    def invited(self) -> tuple[Invited, ...]:
        """The outlooks that the first screen spells out."""
        return self._all_invited[: self._outlooks_shown]

    @property
    def invited_further(self) -> tuple[Invited, ...]:
        """The other outlooks."""
        return self._all_invited[self._outlooks_shown :]

    @property
    def has_invitations(self) -> bool:
        """Whether anything is known of invitations."""
        return self.rounds is not None or bool(self._all_invited)

    # Points

    @property
    def has_points(self) -> bool:
        """Whether there are scores of Express Entry to show."""
        return self.crs is not None or self.fsw is not None

    def _score(self, key: str) -> ScoreView | None:
        score = self.assessment.scores.get(key)
        if score is None:
            return None
        marks = rounds.marks(self.assessment.invitations) if key == CRS else ()
        return scores.view(score, _beside(key, self.notices), marks, draws.beside(score, self.assessment))

    @cached_property
    def crs(self) -> ScoreView | None:
        """The score that ranks the pool."""
        return self._score(CRS)

    @cached_property
    def fsw(self) -> ScoreView | None:
        """The selection points."""
        return self._score(FSW)

    @cached_property
    def others(self) -> tuple[ScoreView, ...]:
        """Every other score in full."""
        return tuple(view for key in self._other_scores if (view := self._score(key)) is not None)

    @cached_property
    def points_elsewhere(self) -> tuple[PointsElsewhere, ...]:
        """Every other score in a line, with the nearest program that uses it."""
        used_by: dict[str, str] = {}
        for group in self.groups:
            for door in group.doors:
                for grid in door.program.grids:
                    used_by.setdefault(grid, door.program.id)
        return tuple(
            PointsElsewhere(score.name, score_text(score.range, score.maximum), used_by.get(key, ""))
            for key in self._other_scores
            for score in (self.assessment.scores[key],)
        )

    @property
    def _other_scores(self) -> list[str]:
        return [key for key in self.assessment.scores if key not in (CRS, FSW)]

    def points_of(self, shown: Reasons) -> tuple[ScoreView, ...]:
        """The scores of a program in full."""
        return tuple(view for points in shown.points if (view := self._score(points.score.id)) is not None)

    # What follows the doors

    @cached_property
    def _nearest(self) -> tuple[Door, ...]:
        """The doors of which the lists after them speak."""
        if self.everything:
            return self._of("open", "unsure", "one_step")
        lasting = tuple(door for door in self._of("open", "unsure") if not door.is_stay)
        return lasting or (*self._of("one_step")[:NEAREST], *self.open_stays)

    def _of(self, *keys: GroupKey) -> tuple[Door, ...]:
        return tuple(door for group in self.groups if group.key in keys for door in group.doors)

    @cached_property
    def next_steps(self) -> tuple[NextStep, ...]:
        """What to do next for the nearest doors, each thing once, without what is done."""
        found: dict[str, NextStep] = {}
        for door in self._nearest:
            for step in self.person.steps_left(door.program.next_steps):
                found.setdefault(step.url, step)
        return tuple(found.values())

    @cached_property
    def family(self) -> tuple[Told, ...]:
        """What the family members the person may have would get."""
        return _told(
            (fact.text, door.program.name, fact.citation)
            for door in self._nearest
            for fact in self.person.facts_that_concern(door.program.facts)
            if fact.topic in words.FAMILY_TOPICS
        )

    @cached_property
    def checks(self) -> tuple[Told, ...]:
        """What someone should check before relying on it."""
        views = [self.crs, self.fsw, *(self.others if self.everything else ())]
        return _checks(self._nearest, [view for view in views if view is not None])

    @property
    def notices(self) -> tuple[NoticeShown, ...]:
        """What is reported to change."""
        return self.assessment.notices


def _headline(counts: Counter[GroupKey], stays: int) -> str:
    opened, step, waiting = counts["open"], counts["one_step"], counts["need_answer"]
    if opened:
        return _open_headline(opened, stays)
    if waiting > step:
        return ngettext(
            "%(count)s door depends on an answer you have not given yet.",
            "%(count)s doors depend on answers you have not given yet.",
            waiting,
        ) % {"count": words.count_word(waiting)}
    if step and stays:
        return ngettext(
            "No door to work or to settle is open to you today, and you are one step away from %(count)s.",
            "No door to work or to settle is open to you today, and you are one step away from each of %(count)s.",
            step,
        ) % {"count": words.count_word(step).lower()}
    if step:
        return ngettext(
            "No door is open to you today, and you are one step away from %(count)s.",
            "No door is open to you today, and you are one step away from each of %(count)s.",
            step,
        ) % {"count": words.count_word(step).lower()}
    if stays:
        return gettext("No door to work or to settle that we know of is open to you today.")
    return gettext("No door we know of is open to you today.")


def _open_headline(opened: int, stays: int) -> str:
    figures = {"count": words.count_word(opened), "stays": words.count_word(stays).lower()}
    if not stays:
        said = ngettext("%(count)s door is open to you today.", "%(count)s doors are open to you today.", opened)
    elif stays == 1:
        said = ngettext(
            "%(count)s door is open to you today, and one way to stay as a student or visitor.",
            "%(count)s doors are open to you today, and one way to stay as a student or visitor.",
            opened,
        )
    else:
        said = ngettext(
            "%(count)s door is open to you today, and %(stays)s ways to stay as a student or visitor.",
            "%(count)s doors are open to you today, and %(stays)s ways to stay as a student or visitor.",
            opened,
        )
    return said % figures


def _summary(counts: Counter[GroupKey], opened: tuple[Door, ...], stays: tuple[Door, ...]) -> tuple[str, ...]:
    found: list[str] = []
    likely = sum(door.program.verdict == "likely" for door in opened)
    if likely:
        found.append(
            ngettext(
                "For %(count)s of them a person must still confirm what we cannot check.",
                "For %(count)s of them a person must still confirm what we cannot check.",
                likely,
            )
            % {"count": words.count_word(likely).lower()}
            if len(opened) > 1
            else gettext("A person must still confirm what we cannot check.")
        )
    if stays and not opened:
        found.append(
            ngettext(
                "%(count)s way to stay as a student or visitor is open.",
                "%(count)s ways to stay as a student or visitor are open.",
                len(stays),
            )
            % {"count": words.count_word(len(stays))}
        )
    if opened and counts["one_step"]:
        found.append(
            ngettext("%(count)s more is one step away.", "%(count)s more are one step away.", counts["one_step"])
            % {"count": words.count_word(counts["one_step"])}
        )
    if opened and counts["need_answer"]:
        found.append(
            ngettext(
                "%(count)s waits for an answer from you.",
                "%(count)s wait for an answer from you.",
                counts["need_answer"],
            )
            % {"count": words.count_word(counts["need_answer"])}
        )
    return tuple(found)


def _poorest_first(doors: Iterable[Door]) -> tuple[Door, ...]:
    """Doors through which people are invited, the poorest chances first: they are what hope hides."""
    chosen = [door for door in doors if door.program.express_entry_linked and door.program.outlook is not None]
    return tuple(
        sorted(
            chosen,
            key=lambda door: (-door.closeness[0], -len(door.program.met), len(door.program.to_confirm)),
        )
    )


def _invited(near: tuple[Door, ...]) -> tuple[Invited, ...]:
    """The outlooks of the nearest programs, each text once, the programs that share it named together."""
    texts: dict[str, OutlookState] = {}
    names: dict[str, list[str]] = {}
    for door in near:
        outlook = door.program.outlook
        if outlook is not None:
            texts.setdefault(outlook.text, outlook)
            names.setdefault(outlook.text, []).append(door.program.name)
    return tuple(
        Invited(outlook, str(words.OUTLOOKS[outlook.realistic]), _concerns(tuple(names[text])))
        for text, outlook in texts.items()
    )


def _told(facts: Iterable[tuple[str, str, Citation]]) -> tuple[Told, ...]:
    """Each text once, with the programs it concerns."""
    citations: dict[str, Citation] = {}
    names: dict[str, dict[str, None]] = {}
    for text, name, citation in facts:
        citations.setdefault(text, citation)
        names.setdefault(text, {})[name] = None
    return tuple(Told(text, _concerns(tuple(names[text])), citation) for text, citation in citations.items())


def _concerns(names: tuple[str, ...]) -> str:
    if len(names) <= NAMED:
        return words.join(names)
    return ngettext("%(count)d program", "%(count)d programs", len(names)) % {"count": len(names)}


def _checks(doors: Iterable[Door], shown: Iterable[ScoreView]) -> tuple[Told, ...]:
    """What someone should check before relying on it: low confidence, and cautions beside the rules."""

    def found() -> Iterable[tuple[str, str, Citation]]:
        for view in shown:
            for line in view.score.walk():
                if line.citation.is_to_be_checked:
                    yield words.check_text(line.citation), f"{view.score.name}: {line.name}", line.citation
        for door in doors:
            for citation in _citations(door.program):
                if citation.is_to_be_checked:
                    yield words.check_text(citation), door.program.name, citation

    return _told(found())


def _citations(program: ProgramResult) -> Iterable[Citation]:
    yield from (finding.citation for finding in program.requirements)
    if program.intake is not None:
        yield program.intake.citation
    if program.outlook is not None:
        yield program.outlook.citation
    facts: tuple[ProgramFact, ...] = program.facts
    yield from (fact.citation for fact in facts)


def _beside(grid: str, notices: Iterable[NoticeShown]) -> tuple[NoticeShown, ...]:
    return tuple(notice for notice in notices if grid in notice.concerns)


def present(
    profile: Profile,
    assessment: Assessment,
    dates: Dates,
    language: str = "en",
    *,
    person: Person | None = None,
    nominated: Nominated | None = None,
    everything: bool = False,
) -> Page:
    """The pages for a profile, what the rulebook says of it, and the dates that press."""
    return Page(profile, assessment, dates, language, person or Person(), nominated, everything)
