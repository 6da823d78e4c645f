"""Countries, provinces and territories by their names, in English and French. No Django here."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

PROVINCES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "AB": {"en": "Alberta", "fr": "Alberta"},
        "BC": {"en": "British Columbia", "fr": "Colombie-Britannique"},
        "MB": {"en": "Manitoba", "fr": "Manitoba"},
        "NB": {"en": "New Brunswick", "fr": "Nouveau-Brunswick"},
        "NL": {"en": "Newfoundland and Labrador", "fr": "Terre-Neuve-et-Labrador"},
        "NS": {"en": "Nova Scotia", "fr": "Nouvelle-Écosse"},
        "NT": {"en": "Northwest Territories", "fr": "Territoires du Nord-Ouest"},
        "NU": {"en": "Nunavut", "fr": "Nunavut"},
        "ON": {"en": "Ontario", "fr": "Ontario"},
        "PE": {"en": "Prince Edward Island", "fr": "Île-du-Prince-Édouard"},
        "QC": {"en": "Quebec", "fr": "Québec"},
        "SK": {"en": "Saskatchewan", "fr": "Saskatchewan"},
        "YT": {"en": "Yukon", "fr": "Yukon"},
    }
)


@cache
def countries() -> Mapping[str, Mapping[str, str]]:
    """All countries by their two letters: `en` and `fr` are their names."""
    with (Path(__file__).parent / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: {"en": row["en"], "fr": row["fr"]} for row in csv.DictReader(file)}


def country_name(code: str, language: str = "en") -> str:
    """A country's name. An unknown code is its own name.

    >>> country_name("IN")
    'India'
    """
    names = countries().get(code)
    return names[language] if names else code


def province_name(code: str, language: str = "en") -> str:
    """A province's or territory's name. An unknown code is its own name."""
    names = PROVINCES.get(code)
    return names[language] if names else code


def country_code(typed: str) -> str | None:
    """The two letters of a country that someone typed by its name or its letters; None if there is no such country.

    >>> country_code("india"), country_code("us"), country_code("Atlantis")
    ('IN', 'US', None)
    """
    wanted = typed.strip().casefold()
    for code, names in countries().items():
        if wanted == code.casefold() or wanted in (names["en"].casefold(), names["fr"].casefold()):
            return code
    return None
