"""Occupations as a list shows them: code and level, what sets each apart, and the lists it is on."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.occupations import guide
from eligibility.occupations.lists import listings
from eligibility.wizard import clock, rules
from programs.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Described:
    """One occupation. `more` counts the lists beside those in `lists`."""

    code: str
    title: str
    hint: str
    apart: str
    lists: str
    more: int

    @property
    def more_words(self) -> str:
        """How many lists are not named."""
        if not self.more:
            return ""
        return ngettext("and %(number)s more", "and %(number)s more", self.more) % {"number": self.more}


def hint(code: str) -> str:
    """What stands below an occupation's title: its code, and its level of training (TEER)."""
    return _("NOC %(code)s, TEER %(teer)s") % {"code": code, "teer": rules.occupation_teer(code)}


def described(codes: Iterable[str]) -> dict[str, Described]:
    """Several occupations by their code, in the order given; codes that do not exist are left out."""
    codes = list(codes)
    kept = _kept(rules.current(), clock.today(), rules.language())
    new = [code for code in codes if code not in kept]
    if new:
        apart = guide.lines_apart(new)
        kept.update({code: _by_the_rules(code, apart.get(code, "")) for code in new})
    return {code: about for code in codes if (about := kept[code]) is not None}


# What the rules and the guide say of an occupation is the same all day, until one of them changes.
@lru_cache(maxsize=4)
def _kept(_rulebook: Rulebook, _day: dt.date, _language: str) -> dict[str, Described | None]:
    return {}


def _by_the_rules(code: str, apart: str) -> Described | None:
    title = rules.occupation_title(code)
    if title is None:
        return None
    on = listings(rules.current(), code, clock.today())
    names = " · ".join(rules.in_words(name) for name in on.named)
    return Described(code, title, hint(code), apart, names, on.number_more)
