"""From a code of another classification to unit groups: US codes (SOC 2018 and 2010), NOC 2016.

An older code leads on step by step, to the newer one and from there to a unit group. What comes out is a list of
candidates with how well each fits; it never decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.db.models import Count, Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eligibility.occupations.titles import TitleIndex, TitleRow
from eligibility.wizard import rules
from programs.models import Correspondence

_MOST_STEPS = 3
_MOST_TITLES = 6
_SOC = re.compile(r"^(\d{2})[\s.\-–—‑]*(\d{4})(?:\.(\d{2}))?$")
_NOC = re.compile(r"^\d{4,5}$")
_WHOLE = ".00"
_MATCHES = ("exact", "close", "partial")
_CONFIDENCES = ("confirmed", "single", "judgement", "memory")
MATCH_WORDS: dict[str, str | Promise] = {
    "exact": _("Exact: the whole code falls in this group."),
    "close": _("Close: this is the usual home of the code."),
    "partial": _("Partial: only some jobs under this code."),
    "": _("Nobody has judged how well this fits."),
}
MATCH_NAMES: dict[str, str | Promise] = {"exact": _("exact"), "close": _("close"), "partial": _("partial"), "": ""}
CONFIDENCE_WORDS: dict[str, str | Promise] = {
    "confirmed": _("confirmed by two tables or texts"),
    "single": _("from one table only: to be checked"),
    "memory": _("from general knowledge: to be checked"),
    "judgement": _("our own reading: to be checked"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a classification with its title."""

    classification: str
    code: str
    title: str

    @property
    def name(self) -> str:
        """The classification as people call it: SOC 2018."""
        return classification_name(self.classification)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit group that a code may become. `steps` are the codes on the way to it, the one that was asked for first."""

    code: str
    title: str
    teer: int | None
    match: str
    confidence: str
    note: str
    steps: tuple[Code, ...]

    @property
    def match_name(self) -> str | Promise:
        """How well it fits, in a word."""
        return MATCH_NAMES[self.match]

    @property
    def match_words(self) -> str | Promise:
        """How well it fits, in a sentence."""
        return MATCH_WORDS[self.match]

    @property
    def confidence_words(self) -> str | Promise:
        """How sure that is."""
        return CONFIDENCE_WORDS[self.confidence]


@dataclass(frozen=True, slots=True)
class FoundCode:
    """What was found for a code. `is_nearest`: only the wider code above the one that was typed is known."""

    asked: Code
    candidates: tuple[Candidate, ...]
    is_nearest: bool = False

    @property
    def changes(self) -> tuple[tuple[Code, Code], ...]:
        """Older codes and what became of each, on the way to unit groups; none when the code leads there directly."""
        return tuple(dict.fromkeys(pair for each in self.candidates for pair in pairwise(each.steps)))


def classification_name(identifier: str) -> str:
    """A classification as people call it.

    >>> classification_name("soc-2018")
    'SOC 2018'
    """
    name = identifier.replace("-", " ").upper()
    return name.replace("NOC", "CNP") if rules.language() == "fr" else name


def standard_forms(text: str) -> list[str]:
    """The forms in which a code may be on file, the most exact first; none if the text has no form of a code.

    >>> standard_forms(" 15-1252.00 "), standard_forms("151299.08"), standard_forms("2173")
    (['15-1252'], ['15-1299.08', '15-1299'], ['2173'])
    """
    text = text.strip()
    if _NOC.match(text):
        return [text]
    soc = _SOC.match(text)
    if soc is None:
        return []
    major, minor, extension = soc.groups()
    whole = f"{major}-{minor}"
    return [f"{whole}.{extension}", whole] if extension and f".{extension}" != _WHOLE else [whole]


def look_up(text: str) -> FoundCode | None:
    """The unit groups that a code may become; None if the text is no code, or one that we do not know."""
    forms = standard_forms(text)
    for number, form in enumerate(forms):
        # The newest classification first: a US code that stands in both is read as the newer one.
        starts = (
            Correspondence.objects.filter(from_code=form)
            .order_by("-from_classification_id")
            .values_list("from_classification_id", flat=True)
        )
        if starts:
            return _follow(starts[0], form, is_nearest=number > 0)
    return None


def _follow(classification: str, code: str, *, is_nearest: bool = False) -> FoundCode:
    found: dict[str, Candidate] = {}
    asked = Code(classification, code, "")
    waiting: list[tuple[str, str, tuple[Code, ...], str, str]] = [(classification, code, (), "exact", "confirmed")]
    for _step in range(_MOST_STEPS):
        following = []
        for start, start_code, steps, match, confidence in waiting:
            for row in Correspondence.objects.filter(from_classification=start, from_code=start_code).order_by("rank"):
                here = Code(start, start_code, _in_words(row.from_title_en, row.from_title_fr))
                asked = here if not steps else asked
                way = (*steps, here)
                fit = _weakest(_MATCHES, match, row.match or match)
                sure = _weakest(_CONFIDENCES, confidence, row.confidence)
                title = rules.occupation_title(row.to_code)
                if title is None:
                    following.append((row.to_classification_id, row.to_code, way, fit, sure))
                    continue
                note = _in_words(row.note_en, row.note_fr)
                teer = rules.occupation_teer(row.to_code)
                found.setdefault(row.to_code, Candidate(row.to_code, title, teer, fit, sure, note, way))
        waiting = following
    return FoundCode(asked, tuple(found.values()), is_nearest)


def _weakest(order: tuple[str, ...], first: str, second: str) -> str:
    return max(first, second, key=order.index)


def _in_words(english: str, french: str) -> str:
    return french if french and rules.language() == "fr" else english


@lru_cache(maxsize=1)
def _titles(_state: tuple[int | None, int]) -> TitleIndex:
    rows = Correspondence.objects.values_list(
        "from_classification_id", "from_code", "from_title_en", "from_title_fr"
    ).distinct()
    return TitleIndex(_title_rows(rows))


def _title_rows(rows: Iterable[tuple[str, str, str, str]]) -> Iterable[TitleRow]:
    for classification, code, english, french in rows:
        yield TitleRow(english, "en", f"{classification} {code}")
        if french:
            yield TitleRow(french, "fr", f"{classification} {code}")


def by_title(text: str) -> list[Code]:
    """Codes of other classifications whose title is like the text, best first."""
    state = Correspondence.objects.aggregate(newest=Max("pk"), number=Count("pk"))
    found = []
    for hit in _titles((state["newest"], state["number"])).search(text, rules.language(), _MOST_TITLES):
        classification, code = hit.code.split(" ", 1)
        found.append(Code(classification, code, hit.matched))
    return found


def leading_to(code: str) -> dict[str, list[tuple[Code, str | Promise]]]:
    """The codes of each other classification that lead to a unit group, with how well each fits."""
    rows = Correspondence.objects.filter(to_code=code, to_classification__occupations__code=code)
    found: dict[str, list[tuple[Code, str | Promise]]] = {}
    for row in rows.order_by("-from_classification", "from_code"):
        start = Code(row.from_classification_id, row.from_code, _in_words(row.from_title_en, row.from_title_fr))
        found.setdefault(start.name, []).append((start, MATCH_NAMES[row.match]))
    return found
