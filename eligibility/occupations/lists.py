"""The occupation lists that a unit group is on, as the rulebook has them: now, formerly and from a day to come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from programs.checks.walk import parts
from programs.packs.schema import OccupationList, Program
from programs.packs.schema.common import Text
from programs.packs.schema.conditions import InList
from programs.packs.schema.measures import Experience
from programs.packs.schema.tables import ListEntry, OccupationListVersion
from programs.rulebook import Rulebook

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Use:
    """A program that looks at a list: it asks for an occupation on it, or leaves such an occupation out."""

    program: Program
    leaves_out: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A unit group on a list, from one day to another."""

    document: OccupationList
    version: OccupationListVersion
    entry: ListEntry

    @property
    def starts(self) -> dt.date:
        """The first day."""
        return self.version.effective_from

    @property
    def ends(self) -> dt.date | None:
        """The last day; None for an open end."""
        return self.version.effective_to

    @property
    def first_day(self) -> str:
        """The first day, as dates of texts are written."""
        return self.starts.isoformat()

    @property
    def last_day(self) -> str:
        """The last day; nothing for an open end."""
        return self.ends.isoformat() if self.ends else ""

    @property
    def is_sure(self) -> bool:
        """Whether an official text, or two independent ones, say so."""
        return self.version.confidence == "confirmed"


@dataclass(frozen=True, slots=True)
class Listings:
    """A unit group's listings, seen from one day."""

    now: tuple[Listing, ...]
    before: tuple[Listing, ...]
    later: tuple[Listing, ...]

    @property
    def named(self) -> tuple[Text, ...]:
        """The short names of the lists it is on now, as many as one line has room for."""
        return self._short_names[:MOST_NAMED]

    @property
    def number_more(self) -> int:
        """How many more there are. Lists that close a door have no short name, and count on the page alone."""
        return len(self._short_names) - len(self.named)

    @property
    def _short_names(self) -> tuple[Text, ...]:
        return tuple(each.document.short_name for each in self.now if each.document.short_name)


def listings(rulebook: Rulebook, code: str, day: dt.date) -> Listings:
    """The lists that a unit group is, was and will be on."""
    found = _by_code(rulebook).get(code, ())
    return Listings(
        now=tuple(each for each in found if each.version.holds_on(day)),
        before=tuple(each for each in reversed(found) if each.ends is not None and each.ends < day),
        later=tuple(each for each in found if each.starts > day),
    )


@lru_cache(maxsize=2)
def _by_code(rulebook: Rulebook) -> Mapping[str, tuple[Listing, ...]]:
    found: dict[str, list[Listing]] = defaultdict(list)
    for document in sorted(rulebook.of_kind(OccupationList), key=_place):
        for version in sorted(document.versions, key=lambda version: version.effective_from):
            for entry in version.entries:
                found[entry.noc].append(Listing(document, version, entry))
    return {code: tuple(each) for code, each in found.items()}


def _place(document: OccupationList) -> tuple[bool, bool, str, str]:
    """Lists that open a door come first, of those the federal ones."""
    return (document.short_name is None, document.authority != "federal", document.authority, document.id)


@lru_cache(maxsize=2)
def uses(rulebook: Rulebook, day: dt.date) -> Mapping[str, tuple[Use, ...]]:
    """The programs in force on a day that look at each list."""
    found: dict[str, dict[tuple[str, bool], Use]] = defaultdict(dict)
    for program in rulebook.on(day).programs:
        for list_id, leaves_out in _looked_at(program.version):
            found[list_id][(program.document.id, leaves_out)] = Use(program.document, leaves_out)
    return {list_id: tuple(each.values()) for list_id, each in found.items()}


def _looked_at(version: object) -> Iterator[tuple[str, bool]]:
    for _location, part in parts(version):
        if isinstance(part, InList):
            pairs = ((part.in_list, False), (part.not_in_list, True))
        elif isinstance(part, Experience):
            pairs = ((part.occupation_list, False), (part.not_occupation_list, True))
        else:
            continue
        yield from ((name, leaves_out) for name, leaves_out in pairs if name is not None)
