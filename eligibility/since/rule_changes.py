"""What the rules of one day say otherwise than those of another, in the public words of their history."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from eligibility.catalogue import changes
from eligibility.catalogue.conditions import Reader
from eligibility.catalogue.history import Change, figure_line, grid_changes, list_change, rule_changes
from programs.rulebook import RulebookInForce


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One thing of the rules that changed: its name, since when it is so, and what it says otherwise."""

    kind: str
    id: str
    name: str
    since: dt.date | None
    said: str
    changes: tuple[Change, ...]
    address: str = ""


def differences(before: RulebookInForce, after: RulebookInForce, reader: Reader) -> tuple[RuleChange, ...]:
    """Everything that changed between two days' rules: programs first, then grids, lists, figures and tests."""
    return (
        *_programs(before, after, reader),
        *_held(before.grids, after.grids, reader, "grid"),
        *_held(before.lists, after.lists, reader, "occupation_list"),
        *_held(before.tables, after.tables, reader, "reference_table"),
        *_tests(before, after, reader),
    )


def began_after(day: dt.date, book: RulebookInForce, reader: Reader) -> tuple[RuleChange, ...]:
    """What is in force and began after a day, for where the rules of that day cannot be had."""
    held: list[tuple[str, str, Any]] = [("program", program.document.id, program.version) for program in book.programs]
    held += [("grid", key, one.version) for key, one in book.grids.items()]
    held += [("occupation_list", key, one.version) for key, one in book.lists.items()]
    held += [("reference_table", key, one.version) for key, one in book.tables.items()]
    return tuple(
        _change(kind, key, version, reader, gettext("A new version is in force."))
        for kind, key, version in held
        if version is not None and version.effective_from > day
    )


def _is_same(old: Any, new: Any) -> bool:
    """Whether two versions ask the same. Most are one and the same object, as only days differ."""
    return old is new or _asks(old) == _asks(new)


def _asks(version: Any) -> Any:
    return version.model_dump(exclude={"effective_to"}) if version is not None else None


def _programs(before: RulebookInForce, after: RulebookInForce, reader: Reader) -> Iterator[RuleChange]:
    was = {program.document.id: program for program in before.programs}
    now = {program.document.id: program for program in after.programs}
    for key in dict.fromkeys((*now, *was)):
        old, new = (held[key].version if key in held else None for held in (was, now))
        if _is_same(old, new):
            continue
        told = rule_changes(old, new, reader) if old is not None and new is not None else ()
        yield _change("program", key, new, reader, _said(old, new, told), told=told)


def _held(was: Any, now: Any, reader: Reader, kind: str) -> Iterator[RuleChange]:
    for key in dict.fromkeys((*now, *was)):
        old, new = (held[key].version if key in held else None for held in (was, now))
        if _is_same(old, new):
            continue
        told: Iterable[Change] = ()
        if old is not None and new is not None:
            told = _told(kind, old, new, now[key].document, reader)
        told = tuple(told)
        yield _change(kind, key, new, reader, _said(old, new, told), told=told)


def _told(kind: str, old: Any, new: Any, document: Any, reader: Reader) -> Iterator[Change]:
    if kind == "grid":
        yield from grid_changes(old, new, reader)
    elif kind == "occupation_list":
        found = list_change(old, new, reader)
        if found is not None:
            yield found
    else:
        for change in changes.figures(old, new):
            if change.after is not None:
                yield Change(gettext("Figures"), figure_line(change, document.unit, reader))


def _tests(before: RulebookInForce, after: RulebookInForce, reader: Reader) -> Iterator[RuleChange]:
    for key in dict.fromkeys((*after.tests, *before.tests)):
        old, new = (held[key].conversions if key in held else () for held in (before.tests, after.tests))
        if old != new and sorted(map(repr, map(_asks, old))) != sorted(map(repr, map(_asks, new))):
            said = gettext("Scores of this test are read in another way.")
            since = max((one.effective_from for one in new), default=None)
            yield RuleChange("language_test", key, reader.name("language_test", key), since, said, ())


_PAGES = {
    "program": "eligibility:program",
    "grid": "eligibility:points",
    "occupation_list": "eligibility:occupation_list",
}


def _said(old: Any, new: Any, told: tuple[Change, ...]) -> str:
    """What is said where no change can be listed."""
    if new is None:
        return gettext("This is not in force any more.")
    if old is None:
        return gettext("These rules are new here: we held none before.")
    return "" if told else gettext("A new version is in force. No requirement reads otherwise.")


def _change(kind: str, key: str, new: Any, reader: Reader, said: str, *, told: tuple[Change, ...] = ()) -> RuleChange:
    name = reader.name(kind, key)
    address = reverse(_PAGES[kind], args=[key]) if kind in _PAGES else ""
    return RuleChange(kind, key, name, new.effective_from if new is not None else None, said, told, address)
