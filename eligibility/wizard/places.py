"""Countries and provinces by their names, in the reader's language."""

import unicodedata
from functools import cache

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import rules
from eligibility.wizard.fields import Words
from programs import places

Choices = list[tuple[str, Words]]

PROVINCES: Choices = [
    ("AB", _("Alberta")),
    ("BC", _("British Columbia")),
    ("MB", _("Manitoba")),
    ("NB", _("New Brunswick")),
    ("NL", _("Newfoundland and Labrador")),
    ("NS", _("Nova Scotia")),
    ("NT", _("Northwest Territories")),
    ("NU", _("Nunavut")),
    ("ON", _("Ontario")),
    ("PE", _("Prince Edward Island")),
    ("QC", _("Quebec")),
    ("SK", _("Saskatchewan")),
    ("YT", _("Yukon")),
]
# Offered first: where most people who come here live, work or were born.
NEAREST = ("US", "IN", "CN", "CA", "KR", "MX", "PH", "BR", "NG", "GB")


def country_name(code: str) -> str:
    """A country's name. An unknown code is its own name."""
    return places.country_name(code, rules.language())


def province_name(code: str) -> str:
    """A province's name. An unknown code is its own name."""
    return str(dict(PROVINCES).get(code, code))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


@cache
def _sorted(language: str) -> tuple[tuple[str, str], ...]:
    named = ((code, names[language]) for code, names in places.countries().items())
    return tuple(sorted(named, key=lambda pair: _plain(pair[1])))


@cache
def _grouped(language: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    everywhere = _sorted(language)
    by_code = dict(everywhere)
    nearest = tuple((code, by_code[code]) for code in NEAREST)
    return nearest, tuple(pair for pair in everywhere if pair[0] not in NEAREST)


def country_choices() -> list[tuple[Words, object]]:
    """Countries for a select: nothing chosen, the likeliest, then all in order."""
    nearest, others = _grouped(rules.language())
    return [("", _("Choose a country")), (_("Often chosen"), nearest), (_("All other countries"), others)]


def province_choices() -> Choices:
    """Provinces for a select: nothing chosen, then all."""
    return [("", _("Choose a province or territory")), *PROVINCES]
