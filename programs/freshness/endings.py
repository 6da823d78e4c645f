"""What ends soon with nothing after it: intakes, rules, occupation lists. No Django here."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from programs.packs.schema import OccupationList, Pack, Program

ONE_DAY = dt.timedelta(days=1)
What = Literal["intake", "rules", "list"]


@dataclass(frozen=True, slots=True)
class Ending:
    """Something of a program or a list whose last day is near."""

    what: What
    kind: str
    id: str
    name: str
    last_day: dt.date


def endings(documents: Iterable[Pack], on: dt.date, within: int, language: str = "en") -> list[Ending]:
    """What holds on a day and ends at most so many days later with nothing after it, the nearest end first."""
    until = on + dt.timedelta(days=within)
    found = [
        Ending(what, document.kind, document.id, document.name.in_language(language), last_day)
        for document in documents
        if isinstance(document, Program | OccupationList)
        for what, last_day in _last_days(document, on)
        if last_day <= until
    ]
    return sorted(found, key=lambda ending: (ending.last_day, ending.name))


def _last_days(document: Program | OccupationList, on: dt.date) -> Iterator[tuple[What, dt.date]]:
    spans: list[tuple[What, list[tuple[dt.date, dt.date | None]]]] = [
        ("rules" if isinstance(document, Program) else "list", [_span(version) for version in document.versions])
    ]
    if isinstance(document, Program):
        spans.append(("intake", [(intake.from_, intake.to) for intake in document.intake]))
    for what, periods in spans:
        last_day = _last_day(periods, on)
        if last_day is not None:
            yield what, last_day


def _span(version: Any) -> tuple[dt.date, dt.date | None]:
    return version.effective_from, version.effective_to


def _last_day(periods: list[tuple[dt.date, dt.date | None]], on: dt.date) -> dt.date | None:
    """The last day of what holds on a day; None where nothing does, it has no end, or something follows at once."""
    current = next((end for start, end in periods if start <= on and (end is None or on <= end)), None)
    if current is None or any(start <= current + ONE_DAY and (end is None or end > current) for start, end in periods):
        return None
    return current
