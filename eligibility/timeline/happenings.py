"""What happens on a day, in words: birthdays, lapses, the days of the H-1B clock, rules and intakes that change."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext

from eligibility.h1b.presentation import Item
from eligibility.planning.events import Event
from eligibility.profile import Profile
from eligibility.profile.model import LanguageTest, Partner
from eligibility.results import words
from programs.packs.schema import Grid, OccupationList, Program, ReferenceTable
from programs.packs.schema import LanguageTest as LanguageTestDocument
from programs.rulebook import Rulebook

# Which day of the H-1B clock speaks of a date that was told.
TOLD_BY_THE_CLOCK = {"h1b.expires": "petition", "h1b.i94_expires": "stay", "h1b.visa_valid_until": "visa"}
PARTNER = "partner."
# Of these the title may begin with a name.
NAMED = ("h1b", "intake")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that falls on a day. `item` is what the H-1B clock says of it, if the day is one of its own."""

    kind: str
    about: str
    title: str
    item: Item | None = None
    detail: str = ""

    @property
    def key(self) -> str:
        """What makes it this one and no other of the person's, whatever the day on which it falls."""
        return " ".join((self.kind, self.about, self.detail))

    @property
    def within(self) -> str:
        """The title as part of a sentence."""
        return self.title if self.kind in NAMED else f"{self.title[:1].lower()}{self.title[1:]}"


# What rules of the events belong to.
HAVE_NAMES = (Program, Grid, OccupationList, ReferenceTable, LanguageTestDocument)
# An id of the H-1B clock, and what the clock says of it.
OfTheClock = tuple[str, Item]


class Happenings:
    """Says a person's events in one language."""

    def __init__(
        self,
        profile: Profile,
        rulebook: Rulebook,
        language: str,
        of_the_clock: Mapping[dt.date, Sequence[OfTheClock]] = MappingProxyType({}),
        *,
        every_birthday: bool = False,
    ) -> None:
        """Hold what the words need.

        `of_the_clock` are the days of the H-1B clock; `every_birthday` tells those too with which nothing changes.
        """
        self._every_birthday = every_birthday
        self._profile, self._language = profile, language
        self._clock = of_the_clock
        self._names = {one.id: one.name for one in rulebook.documents if isinstance(one, HAVE_NAMES)}

    def by_day(self, events: Sequence[Event]) -> dict[dt.date, tuple[Happening, ...]]:
        """What happens on each day, the days in order. Days on which nothing happens or changes are left out."""
        found: dict[dt.date, list[Event]] = defaultdict(list)
        for event in events:
            found[event.day].append(event)
        told = {day: tuple(self._said(day, on_it, found)) for day, on_it in sorted(found.items())}
        return {day: said for day, said in told.items() if said}

    def _said(
        self, day: dt.date, events: Sequence[Event], all_days: Mapping[dt.date, Sequence[Event]]
    ) -> Iterator[Happening]:
        of_the_clock = {event.about for event in events if event.kind == "h1b"}
        if of_the_clock:
            yield from (Happening("h1b", key, item.title, item) for key, item in self._clock.get(day, ()))
        follows = any(event.kind != "counted" for event in all_days.get(day - dt.timedelta(days=1), ()))
        for event in events:
            is_told = TOLD_BY_THE_CLOCK.get(event.about) in of_the_clock
            title = "" if event.kind == "h1b" or is_told else self._title(event, follows)
            if title:
                yield Happening(event.kind, event.about, title, detail=_which(event))

    def _title(self, event: Event, follows_a_day: bool) -> str:
        if event.kind == "birthday":
            return self._birthday(event)
        if event.kind == "language_result_lapses":
            return self._result(event)
        if event.kind == "credential_assessment_lapses":
            return self._whose(
                event, gettext("Your credential assessment is too old to count"),
                gettext("Your partner's credential assessment is too old to count"),
            )  # fmt: skip
        if event.kind == "date":
            return self._date(event)
        if event.kind == "intake":
            return self._intake(event)
        if event.kind == "rules":
            return gettext("Other rules hold for %(name)s") % {"name": self.name(event.about)}
        return self._counted(event, follows_a_day)

    def name(self, key: str) -> str:
        """The name of something in the rules."""
        name = self._names.get(key)
        return name.in_language(self._language) if name else key

    @staticmethod
    def _whose(event: Event, yours: str, partners: str) -> str:
        return partners if event.about.startswith(PARTNER) else yours

    def _birthday(self, event: Event) -> str:
        """A birthday, if anything changes with it."""
        if not (self._every_birthday or event.scores or event.verdicts):
            return ""
        said = self._whose(event, gettext("You turn %(age)d"), gettext("Your partner turns %(age)d"))
        return said % {"age": event.detail["age"]}

    def _result(self, event: Event) -> str:
        test = self._test(event)
        if test.estimated or test.test is None:
            return self._whose(
                event, gettext("The language levels you estimated are too old to count"),
                gettext("Your partner's estimated language levels are too old to count"),
            )  # fmt: skip
        said = self._whose(
            event, gettext("Your result of %(test)s of %(day)s is too old to count"),
            gettext("Your partner's result of %(test)s of %(day)s is too old to count"),
        )  # fmt: skip
        return said % {"test": self.name(test.test), "day": words.day(test.date) if test.date else ""}

    def _test(self, event: Event) -> LanguageTest:
        holder: Profile | Partner | None = self._profile
        if event.about.startswith(PARTNER):
            holder = self._profile.partner
        place = int(event.about.partition("[")[2].rstrip("]"))
        return ((holder.language_tests if holder else None) or ())[place]

    def _date(self, event: Event) -> str:
        return {
            "canada.permit_expires": gettext("Your permit in Canada ends"),
            "partner.canada.permit_expires": gettext("Your partner's permit in Canada ends"),
            "h1b.expires": gettext("Your H-1B approval ends"),
            "h1b.i94_expires": gettext("Your I-94 ends"),
            "h1b.visa_valid_until": gettext("Your visa ends"),
        }.get(event.about, "")

    def _intake(self, event: Event) -> str:
        name = {"name": self.name(event.about)}
        if event.detail["to"] == "open":
            return gettext("%(name)s begins to take applications") % name
        if event.detail["from"] == "open":
            return gettext("%(name)s stops taking applications") % name
        return gettext("What is known of applications changes: %(name)s") % name

    @staticmethod
    def _counted(event: Event, follows_a_day: bool) -> str:
        """Something passes a figure of the rules; only that it does is known, so no more is said."""
        points = sum(event.scores.values())
        if points > 0:
            return gettext("Your work passes a length at which rules give more")
        if follows_a_day:
            return gettext("The day after: what ended the day before counts no more")
        if points < 0:
            return gettext("Some of your work is too long ago to count in some rules")
        return gettext("The time for which your work counts passes a limit of the rules")


def _which(event: Event) -> str:
    """What tells things of the same kind and place apart, where they come again."""
    if event.kind == "birthday":
        return str(event.detail["age"])
    return event.day.isoformat() if event.kind in ("counted", "rules", "intake") else ""
