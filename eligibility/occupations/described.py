"""Occupations as a list shows them: code and level, what sets each apart, and the lists it is on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.occupations import guide
from eligibility.occupations.lists import listings
from eligibility.wizard import clock, rules


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
    apart, rulebook, today = guide.lines_apart(codes), rules.current(), clock.today()
    found = {}
    for code in codes:
        title = rules.occupation_title(code)
        if title is not None:
            on = listings(rulebook, code, today)
            names = " · ".join(rules.in_words(name) for name in on.named)
            found[code] = Described(code, title, hint(code), apart.get(code, ""), names, on.number_more)
    return found
