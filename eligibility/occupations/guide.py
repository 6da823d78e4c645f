"""What sets a unit group apart from its neighbours, in the reader's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.utils.functional import Promise

from eligibility.occupations.codes import CONFIDENCE_WORDS
from eligibility.wizard import rules
from programs.models import MainDuty, OccupationGuide, OccupationRemark

_OF_NEIGHBOURS = {
    "neighbour_code": "occupation__code",
    "neighbour_title_en": "occupation__title_en",
    "neighbour_title_fr": "occupation__title_fr",
    "how_to_tell_en": "how_to_tell_en",
    "how_to_tell_fr": "how_to_tell_fr",
}
_FIRST_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit group that is easily taken for this one."""

    code: str
    title: str
    how_to_tell: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What we say of a unit group."""

    code: str
    apart: str
    duties: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]
    licence: str
    licence_confidence: str | Promise
    source: str
    as_of: str
    confidence: str | Promise


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know, with where it was read."""

    text: str
    source: str
    as_of: str
    confidence: str | Promise
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """A main duty of software jobs and the unit group it suggests."""

    code: str
    text: str
    confidence: str | Promise = field(default="")


def text_of(row: Any, column: str) -> str:
    """A text of a row in the reader's language; English where no French was written."""
    french = getattr(row, f"{column}_fr") if rules.language() == "fr" else ""
    return str(french or getattr(row, f"{column}_en"))


def lines_apart(codes: Iterable[str]) -> dict[str, str]:
    """What sets each of several unit groups apart, in one sentence, where we have something to say."""
    wanted = list(codes)
    if not wanted:
        return {}
    rows = OccupationGuide.objects.filter(occupation__code__in=wanted).annotate(code=F("occupation__code"))
    named = rows.values_list("code", "apart_en", "apart_fr", named=True)
    return {row.code: _FIRST_SENTENCE.split(text_of(row, "apart"), 1)[0] for row in named}


def guide_to(code: str) -> Guide | None:
    """What we say of a unit group; None if that is nothing."""
    # One question for all: the guide comes once for each neighbour, and once where there is none.
    rows: list[Any] = list(
        OccupationGuide.objects.filter(occupation__code=code)
        .annotate(**{name: F(f"neighbours__{path}") for name, path in _OF_NEIGHBOURS.items()})
        .order_by("neighbours__position", "neighbours__pk")
    )
    if not rows:
        return None
    row = rows[0]
    return Guide(
        code=code,
        apart=text_of(row, "apart"),
        duties=tuple(line.strip() for line in text_of(row, "duties").splitlines() if line.strip()),
        neighbours=tuple(
            Neighbour(each.neighbour_code, text_of(each, "neighbour_title"), text_of(each, "how_to_tell"))
            for each in rows
            if each.neighbour_code is not None
        ),
        licence=text_of(row, "licence"),
        licence_confidence=_unsure(row.licence_confidence),
        source=row.source,
        as_of=row.as_of,
        confidence=_unsure(row.confidence),
    )


def remarks_on(code: str) -> list[Remark]:
    """What there is to know about a unit group, what concerns it alone first."""
    rows = list(
        OccupationRemark.objects.filter(Q(occupations__code=code) | Q(occupations=None))
        .annotate(concerns=F("occupations"))
        .distinct()
    )
    rows.sort(key=lambda row: row.concerns is None)
    return [
        Remark(text_of(row, "text"), row.source, row.as_of, _unsure(row.confidence), row.confidence == "confirmed")
        for row in rows
    ]


def main_duties() -> list[Duty]:
    """The main duties of software jobs, in the order in which they are read."""
    rows = MainDuty.objects.select_related("occupation")
    return [Duty(row.occupation.code, text_of(row, "duty"), _unsure(row.confidence)) for row in rows]


def _unsure(confidence: str) -> str | Promise:
    """What to say of how sure we are; nothing where we are."""
    return "" if confidence == "confirmed" else CONFIDENCE_WORDS[confidence]
