"""The report of programs: how each stands, how well it is founded, and what asks for attention. No Django here.

The command and the admin page both show what `report` returns.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel

from programs.checks.examples import KINDS, example_kinds, program_lacks
from programs.packs.schema import OccupationList, Pack, Program, Sources
from programs.packs.schema.common import Cited, Confidence
from programs.packs.schema.programs import Intake, ProgramVersion

# Staff should see an end coming while there is still time to look for what follows it.
SOON = dt.timedelta(days=90)
_NAMES_A_LIST = frozenset({"in_list", "not_in_list", "occupation_list", "not_occupation_list"})
SURE_FIRST: tuple[Confidence, ...] = get_args(Confidence)

Flag = Literal["lacks_examples", "to_be_checked", "version_ends", "list_ends", "source_not_checked"]
FLAGS: tuple[Flag, ...] = get_args(Flag)


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """One program on one day.

    `version` is empty where no rules are in force. `oldest_check` is the day on which the source looked at longest
    ago was last checked; None where one was never checked. `lowest_confidence` is that of the rules in force.
    """

    id: str
    name: str
    authority: str
    category: str
    intake: str
    version: str
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    sources: int
    oldest_check: dt.date | None
    lowest_confidence: str
    requirements: int
    conditions: int
    matches: int
    misses: int
    unknowns: int
    flags: tuple[Flag, ...]


COLUMNS: tuple[str, ...] = tuple(ProgramLine.__dataclass_fields__)


def report(documents: Iterable[Pack], on: dt.date, language: str = "en") -> list[ProgramLine]:
    """Every program as it stands on a day, by authority and id."""
    held = list(documents)
    checked = {source.url: source.checked_on for pack in held if isinstance(pack, Sources) for source in pack.sources}
    lists = {pack.id: pack for pack in held if isinstance(pack, OccupationList)}
    programs = sorted((pack for pack in held if isinstance(pack, Program)), key=lambda each: (each.authority, each.id))
    return [_line(program, checked, lists, on, language) for program in programs]


def arranged(
    lines: Iterable[ProgramLine],
    *,
    sort: str = "",
    authority: str = "",
    intake: str = "",
    flag: str = "",
    text: str = "",
) -> list[ProgramLine]:
    """The lines that are asked for, in the order asked for: a column, from the end with a hyphen before it."""
    wanted = text.casefold()
    chosen = [
        line
        for line in lines
        if authority in ("", line.authority)
        and intake in ("", line.intake)
        and (not flag or flag in line.flags)
        and (wanted in line.id.casefold() or wanted in line.name.casefold())
    ]
    column = sort.removeprefix("-")
    if column in COLUMNS:
        chosen.sort(key=lambda line: _rank(line, column), reverse=sort.startswith("-"))
    return chosen


def plain(line: ProgramLine) -> dict[str, Any]:
    """A line as plain values, for CSV and JSON."""
    values: dict[str, Any] = {}
    for column in COLUMNS:
        value = getattr(line, column)
        values[column] = value.isoformat() if isinstance(value, dt.date) else value
    return {**values, "flags": list(line.flags)}


def write_csv(lines: Iterable[ProgramLine], file: Any) -> None:
    """The report as CSV, flags separated by blanks."""
    rows = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerows({**plain(line), "flags": " ".join(line.flags)} for line in lines)


def _rank(line: ProgramLine, column: str) -> tuple[bool, Any]:
    """What is not there comes first, so that it is seen."""
    value = getattr(line, column)
    if column == "lowest_confidence":
        value = SURE_FIRST.index(value) if value else None
    if column == "flags":
        value = len(line.flags)
    return (value is not None, value)


def _line(
    program: Program,
    checked: Mapping[str, dt.date | None],
    lists: Mapping[str, OccupationList],
    on: dt.date,
    language: str,
) -> ProgramLine:
    version = next((each for each in program.versions if each.holds_on(on)), None)
    cited = list(_cited(program))
    urls = {each.source for each in cited}
    days = [checked.get(url) for url in urls]
    kinds = example_kinds(program)
    ruled = list(_cited(version)) if version else []
    intake = _intake(program, on)
    return ProgramLine(
        id=program.id,
        name=program.name.in_language(language),
        authority=program.authority,
        category=program.category,
        intake=intake.status if intake else "",
        version=version.version if version else "",
        in_force_from=version.effective_from if version else None,
        in_force_to=version.effective_to if version else None,
        sources=len(urls),
        oldest_check=None if None in days else min((day for day in days if day), default=None),
        lowest_confidence=max((each.confidence for each in ruled), key=SURE_FIRST.index, default=""),
        requirements=len(version.requirements) if version else 0,
        conditions=sum(len(route) for each in version.requirements for route in each.any_of) if version else 0,
        matches=kinds[KINDS[0]],
        misses=kinds[KINDS[1]],
        unknowns=kinds[KINDS[2]],
        flags=tuple(
            _flags(program, version, standing=[*ruled, *([intake] if intake else [])], days=days, lists=lists, on=on)
        ),
    )


def _flags(
    program: Program,
    version: ProgramVersion | None,
    *,
    standing: Sequence[Cited],
    days: Sequence[dt.date | None],
    lists: Mapping[str, OccupationList],
    on: dt.date,
) -> Iterator[Flag]:
    if program_lacks(program):
        yield "lacks_examples"
    if any(each.confidence != "confirmed" or each.caution for each in standing):
        yield "to_be_checked"
    if version is not None and _ends(version.effective_to, on) and not _followed(program, version):
        yield "version_ends"
    if version is not None and any(_list_ends(lists[name], on) for name in _lists_in(version) if name in lists):
        yield "list_ends"
    if None in days:
        yield "source_not_checked"


def _intake(program: Program, on: dt.date) -> Intake | None:
    return next((each for each in program.intake if each.from_ <= on and (each.to is None or on <= each.to)), None)


def _ends(end: dt.date | None, on: dt.date) -> bool:
    return end is not None and end <= on + SOON


def _followed(program: Program, version: ProgramVersion) -> bool:
    assert version.effective_to is not None
    return any(each.holds_on(version.effective_to + dt.timedelta(days=1)) for each in program.versions)


def _list_ends(occupation_list: OccupationList, on: dt.date) -> bool:
    """Whether the list stops to hold soon with nothing after it, or holds no more."""
    current = next((each for each in occupation_list.versions if each.holds_on(on)), None)
    if current is None:
        return True
    if not _ends(current.effective_to, on):
        return False
    assert current.effective_to is not None
    following = current.effective_to + dt.timedelta(days=1)
    return not any(each.holds_on(following) for each in occupation_list.versions)


def _lists_in(part: Any) -> set[str]:
    """The occupation lists that rules name, at any depth."""
    found: set[str] = set()
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if name in _NAMES_A_LIST and isinstance(value, str):
                found.add(value)
            found |= _lists_in(value)
    elif isinstance(part, tuple | list):
        for item in part:
            found |= _lists_in(item)
    return found


def _cited(part: Any) -> Iterator[Cited]:
    """Everything in a document that rests on a source, at any depth."""
    if isinstance(part, Cited):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _cited(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _cited(item)
