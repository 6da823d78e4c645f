"""An occupation list as its own page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from eligibility.catalogue.listing import every_program
from eligibility.catalogue.usage import ListRole, lists_of
from programs.packs.schema import Program
from programs.packs.schema.tables import ListEntry
from programs.rulebook import ListInForce, Rulebook, RulebookInForce, UnitGroup


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit group on the list. `group` is None for a code that the classification does not have."""

    entry: ListEntry
    group: UnitGroup | None

    @property
    def address(self) -> str:
        """The occupation's own page."""
        return reverse("eligibility:occupations:occupation", args=[self.entry.noc])


def groups(standing: ListInForce, book: RulebookInForce) -> tuple[Listed, ...]:
    """The unit groups of a list, by code."""
    return tuple(Listed(entry, book.occupations.get(code)) for code, entry in sorted(standing.entries.items()))


@dataclass(frozen=True, slots=True)
class User:
    """A program whose rules name the list, and what it is there for."""

    program: Program
    role: ListRole


def users(rulebook: Rulebook, book: RulebookInForce, identifier: str) -> tuple[User, ...]:
    """The programs whose rules name a list on the book's day."""

    def found() -> Iterator[User]:
        for program in every_program(rulebook, book):
            role = lists_of(program.version).get(identifier)
            if role is not None:
                yield User(program.document, role)

    return tuple(found())
