"""Measures, compiled: a way to read what a condition or a table's axis looks at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.values import Value, known
from programs.packs.schema.common import Text
from programs.packs.schema.measures import ListLevel, Measure
from programs.rulebook import FactEntry, RulebookInForce, vocabulary
from programs.rulebook.vocabulary import FactType


class Context(Protocol):
    """What rules may ask of one applicant: the facts, a grid's total, another program's verdict."""

    facts: Facts

    def grid_total(self, grid: str) -> Value:
        """A grid's total, as a range."""

    def verdict_of(self, program: str) -> str:
        """Another program's verdict."""


Reading = Callable[[Context], Value]


@dataclass(frozen=True, slots=True)
class Measured:
    """How a measure is read, and the vocabulary entry it is spoken of with."""

    entry: FactEntry
    read: Reading


@cache
def spoken_of(kind: FactType, label: str, unit: str | None = None) -> FactEntry:
    """An entry for what is no fact of the vocabulary: work, study or a score under a rule's own parameters."""
    return FactEntry(key=label, type=kind, label=Text(en=label), answers=(), unit=unit)


def list_figure(book: RulebookInForce, list_id: str, column: str, occupation: Value) -> Value | None:
    """The figure a list gives an occupation; None where it gives none."""
    entries = book.lists[list_id].entries
    if not occupation.is_known:
        figures = [entry.figures.get(column, 0) for entry in entries.values()]
        return Value(0, max(figures, default=0), occupation.missing)
    entry = entries.get(occupation.low)
    figure = entry.figures.get(column) if entry else None
    return None if figure is None else known(figure)


def _read_level(level: ListLevel, book: RulebookInForce) -> Reading:
    def read(context: Context) -> Value:
        figure = list_figure(book, level.occupation_list, level.column, context.facts.occupation(level.of))
        return figure or known(0)

    return read


def compile_measure(what: Measure, book: RulebookInForce, words: Words) -> Measured:
    """Prepare a measure for reading.

    Raises:
        KeyError: if it names a fact or a grid that does not exist on the rulebook's day.

    """
    if (fact := what.fact) is not None:
        # A set of four abilities is read one by one, by the table that uses it.
        entry = vocabulary().facts.get(fact) or vocabulary().facts[f"{fact}_lowest"]
        return Measured(entry, lambda context: context.facts.value(entry.key))
    if (experience := what.experience) is not None:
        unit = what.unit or "months"
        return Measured(
            spoken_of("number", words["experience"], unit), lambda context: context.facts.experience(experience, unit)
        )
    if (credential := what.credential) is not None:
        kind: Any = "level" if credential.gives == "level" else "number"
        unit_of = {"level": "credential", "study_years": "years", "count": None}[credential.gives]
        return Measured(
            spoken_of(kind, words["credential"], unit_of), lambda context: context.facts.credential(credential)
        )
    if (grid := what.grid) is not None:
        name = book.grids[grid].document.name.in_language(words.language)
        return Measured(spoken_of("number", name, "points"), lambda context: context.grid_total(grid))
    if what.list_level is None:
        raise ValueError("a measure names one thing")
    return Measured(spoken_of("number", words["occupation"]), _read_level(what.list_level, book))


def rank(entry: FactEntry, bound: Any) -> Any:
    """A bound in the form its fact is compared in: levels of education by their rank."""
    if entry.type != "level":
        return bound
    if isinstance(bound, tuple):
        return tuple(vocabulary().level_rank(str(level)) for level in bound)
    return vocabulary().level_rank(str(bound))
