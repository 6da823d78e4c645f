"""The slice as tables, read from the rulebook's CRS: what every way of scoring is made from."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.packs.schema.grids import Factor
from programs.rulebook import ABILITIES, RulebookInForce, vocabulary

AGES = range(16, 66)
CLB_LEVELS = range(13)
FACTORS = ("age", "education", "first_language")
Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """Points by exact value, without and with a partner (`[couple]`).

    Attributes:
        age: by completed years.
        education: by level.
        ability: by CLB level, for one ability of the first official language.
        factors: the factors themselves.

    """

    age: tuple[Mapping[int, int], Mapping[int, int]]
    education: tuple[Mapping[str, int], Mapping[str, int]]
    ability: tuple[Mapping[int, int], Mapping[int, int]]
    factors: tuple[Factor, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of education, lowest first."""
        return tuple(self.education[0])


def read_tables(book: RulebookInForce) -> Tables:
    """Spread the grid's bands over exact values."""
    core = book.grids["crs"].version.factors[0]
    found = {factor.id: factor for factor in core.children}
    age, education, language = factors = tuple(found[key] for key in FACTORS)
    levels = tuple(level.key for level in vocabulary().levels)
    return Tables(_spread(age, AGES), _spread(education, levels), _spread(language, CLB_LEVELS), factors)


def _spread(factor: Factor, values: Any) -> tuple[dict[Any, int], dict[Any, int]]:
    table = factor.table
    assert table is not None
    assert table.columns is not None
    column = {band.values[0]: place for place, band in enumerate(table.columns.bands)}

    def row(value: Any) -> int:
        for place, band in enumerate(table.rows.bands):
            if band.values:
                if value in band.values:
                    return place
            elif (band.min is None or band.min <= value) and (band.max is None or value <= band.max):
                return place
        raise LookupError(f"{factor.id} has no band for {value}")

    single, couple = ({value: table.points[row(value)][column[has]] for value in values} for has in (False, True))
    return single, couple


def people(count: int, seed: int, levels: tuple[str, ...]) -> list[Person]:
    """So many people as the slice sees them, everything known."""
    pick = random.Random(seed)
    return [
        {
            "couple": pick.random() < 0.5,
            "age": pick.choice(AGES),
            "education": pick.choice(levels),
            **{ability: pick.choice(CLB_LEVELS) for ability in ABILITIES},
        }
        for _ in range(count)
    ]


def with_unknowns(person: Person, seed: int) -> Person:
    """The person with some answers missing."""
    pick = random.Random(seed)
    return {key: None if key != "couple" and pick.random() < 0.4 else value for key, value in person.items()}
