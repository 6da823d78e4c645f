"""An assessment turned into the page: what is said, in which order. Pure, and no rule is decided here."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from eligibility.engine.assessment import Assessment, NextStep, NoticeShown
from eligibility.express_entry import CATEGORY, CRS, FSW, POOL
from eligibility.profile import Profile
from eligibility.results import draws, rounds, scores, words
from eligibility.results.dates import Dates
from eligibility.results.doors import Door, Group, GroupKey, groups, score_text
from eligibility.results.firsts import FirstStep, first_steps
from eligibility.results.headline import headline_of, summary_of
from eligibility.results.invited import Invited, outlooks_of, poorest_first, premise_for
from eligibility.results.nomination import Nominated, is_way_to_nomination
from eligibility.results.person import Person
from eligibility.results.reasons import Reasons, reasons
from eligibility.results.rounds import RoundsView
from eligibility.results.scores import ScoreView
from eligibility.results.told_once import Told, checks_of, told_once

# How many outlooks the first screen spells out; the others are one click away.
OUTLOOKS_SHOWN = 2
# Where no door is open, so many of those one step away count as the nearest.
NEAREST = 3


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

    @property
    def doors(self) -> tuple[Door, ...]:
        """Every door."""
        return tuple(door for group in self.groups for door in group.doors)

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
        return headline_of(counts, len(self.open_stays))

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The sentences under the headline: what is sure, and what is near."""
        listed = Counter({group.key: len(group.doors) for group in self.groups})
        return summary_of(listed, self.open_doors, self.open_stays)

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
        return premise_for(self.profile)

    @cached_property
    def _all_invited(self) -> tuple[Invited, ...]:
        near = [*self._to_apply.get("one_step", ()), *self._to_apply.get("need_answer", ())]
        into_the_pool = [door for door in near if door.program.category == POOL]
        return outlooks_of(poorest_first(self.open_doors) or poorest_first(into_the_pool) or poorest_first(near))

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
        return scores.view(score, _notices_of(key, self.notices), marks, draws.beside(score, self.assessment))

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
        return told_once(
            (fact.text, door.program.name, fact.citation)
            for door in self._nearest
            for fact in self.person.facts_that_concern(door.program.facts)
            if fact.topic in words.FAMILY_TOPICS
        )

    @cached_property
    def checks(self) -> tuple[Told, ...]:
        """What someone should check before relying on it."""
        views = [self.crs, self.fsw, *(self.others if self.everything else ())]
        return checks_of(self._nearest, [view for view in views if view is not None])

    @property
    def notices(self) -> tuple[NoticeShown, ...]:
        """What is reported to change."""
        return self.assessment.notices


def _notices_of(grid: str, notices: tuple[NoticeShown, ...]) -> tuple[NoticeShown, ...]:
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
