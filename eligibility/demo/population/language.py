"""Language results as certificates print them, or as people guess their level."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from eligibility.demo.population.draws import Draws
from eligibility.demo.population.life import years_before
from eligibility.demo.population.traits import Traits

ABILITIES = ("listening", "reading", "writing", "speaking")
_HIGHEST = 10


def english(
    traits: Traits, draws: Draws, statistics: Mapping[str, Any], as_of: dt.date, plain: bool = False
) -> list[dict[str, Any]] | None:
    """English results: a test, a guess, or None where nothing is said. `plain`: always a test of levels' middle."""
    language = statistics["language"]
    test = draws.of_weights(language["tests"])
    levels = _levels(traits.level, draws, language)
    taken = years_before(as_of, draws.between(language["years_since"]))
    if plain:
        weaker = draws.between((0.0, 2.0))
        levels = [max(5, level - round(weaker)) for level in levels]
        test = "celpip_g"
    if test == "none":
        return None
    if test == "guessed":
        guess = dict(zip(ABILITIES, (float(level) for level in levels), strict=True))
        return [{"test": "clb", "language": "en", **guess, "estimated": True}]
    return [{"test": test, "language": "en", "date": taken.isoformat(), **_results(levels, language["results"][test])}]


def french(traits: Traits, draws: Draws, statistics: Mapping[str, Any], as_of: dt.date) -> list[dict[str, Any]]:
    """French results, of those who have some."""
    if traits.french_level is None:
        return []
    language = statistics["language"]
    test = language["french"]["test"]
    levels = _levels(traits.french_level, draws, language)
    taken = years_before(as_of, draws.between((0.1, 1.6)))
    return [{"test": test, "language": "fr", "date": taken.isoformat(), **_results(levels, language["results"][test])}]


def _levels(lowest: int, draws: Draws, language: Mapping[str, Any]) -> list[int]:
    """A level for each ability: one of them, mostly writing, is the weakest."""
    weakest = draws.of_weights({"listening": 0.1, "reading": 0.1, "writing": 0.5, "speaking": 0.3})
    stronger = [int(draws.of_weights(language["stronger_by"])) for _ in ABILITIES]
    return [
        lowest if ability == weakest else min(max(_HIGHEST, lowest), lowest + more)
        for ability, more in zip(ABILITIES, stronger, strict=True)
    ]


def _results(levels: list[int], results: Mapping[str, list[float]]) -> dict[str, float]:
    return {
        ability: results[str(level)][place]
        for place, (ability, level) in enumerate(zip(ABILITIES, levels, strict=True))
    }
