"""Measures, compiled: what a condition or a table's axis looks at, and how it is spoken of."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from eligibility.engine.readings import Readings
from programs.packs.schema.common import Text
from programs.packs.schema.measures import Measure
from programs.rulebook import FactEntry, vocabulary
from programs.rulebook.vocabulary import FactType


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure: the place where its value stands, and the vocabulary entry it is spoken of with."""

    entry: FactEntry
    slot: int


@cache
def spoken_of(kind: FactType, label: str, unit: str | None = None) -> FactEntry:
    """An entry for what is no fact of the vocabulary: work, study or a score under a rule's own parameters."""
    return FactEntry(key=label, type=kind, label=Text(en=label), answers=(), unit=unit)


def compile_measure(what: Measure, readings: Readings, program: str | None = None) -> Measured:
    """Give a measure its place. A grid's total is read as `program` counts it.

    Raises:
        KeyError: if it names a fact or a grid that does not exist on the rulebook's day.

    """
    words = readings.words
    if (fact := what.fact) is not None:
        # A set of four abilities is read one by one, by the table that uses it.
        entry = vocabulary().facts.get(fact) or vocabulary().facts[f"{fact}_lowest"]
        return Measured(entry, readings.fact(entry.key))
    if (experience := what.experience) is not None:
        unit = what.unit or "months"
        return Measured(spoken_of("number", words["experience"], unit), readings.experience(experience, unit))
    if (credential := what.credential) is not None:
        kind: Any = "level" if credential.gives == "level" else "number"
        unit_of = {"level": "credential", "study_years": "years", "count": None}[credential.gives]
        return Measured(spoken_of(kind, words["credential"], unit_of), readings.credential(credential))
    if (grid := what.grid) is not None:
        name = readings.book.grids[grid].document.name.in_language(words.language)
        return Measured(spoken_of("number", name, "points"), readings.total(grid, program))
    if what.list_level is None:
        raise ValueError("a measure names one thing")
    return Measured(spoken_of("number", words["occupation"]), readings.list_level(what.list_level))


def rank(entry: FactEntry, bound: Any) -> Any:
    """A bound in the form its fact is compared in: levels of education by their rank."""
    if entry.type != "level":
        return bound
    if isinstance(bound, tuple):
        return tuple(vocabulary().level_rank(str(level)) for level in bound)
    return vocabulary().level_rank(str(bound))
