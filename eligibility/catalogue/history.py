"""What changed and when: the versions of a program, list or grid through time, each against the one before it."""

import datetime as dt
import itertools
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from eligibility.catalogue import changes
from eligibility.catalogue.conditions import Reader
from eligibility.catalogue.usage import lists_of, tables_of
from eligibility.results import words
from programs.packs.schema import Grid, OccupationList, Program, ReferenceTable
from programs.packs.schema.programs import ProgramVersion
from programs.rulebook import Rulebook

ONE_DAY = dt.timedelta(days=1)
Compare = Callable[[Any, Any], Iterable["Change"]]
Note = Callable[[Any], str]
Used = Callable[[ProgramVersion], Container[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: a word for how, what it concerns, and what it was and is where both can be told."""

    how: str
    text: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class ListChange(Change):
    """What an occupation list lost (`before`) and gained (`after`)."""

    is_list: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something changed. `ends` is the last day of the period that begins here, if it has one."""

    day: dt.date
    ends: dt.date | None
    title: str
    note: str
    changes: tuple[Change, ...]
    is_to_come: bool = False


def events(rulebook: Rulebook, program: Program, reader: Reader, today: dt.date) -> tuple[Event, ...]:
    """Everything that changed in what a program asks, the latest first: its rules, its lists and its tables."""
    found = [
        *_documents_events(
            program.versions, today, lambda before, after: rule_changes(before, after, reader), reader.note_of
        ),
        *_of_lists(rulebook, program, reader, today),
        *_of_tables(rulebook, program, reader, today),
    ]
    return tuple(sorted(found, key=lambda event: (event.day, event.title), reverse=True))


def _goes_on(version: Any, ordered: Iterable[Any]) -> bool:
    assert version.effective_to is not None
    return any(each.holds_on(version.effective_to + ONE_DAY) for each in ordered)


def rule_changes(before: ProgramVersion, after: ProgramVersion, reader: Reader) -> tuple[Change, ...]:
    """What a program's new version asks otherwise than the one before it."""
    return tuple(_rule_change(change, reader) for change in changes.requirements(before, after))


def _rule_change(change: changes.RequirementChange, reader: Reader) -> Change:
    if change.kind == "added":
        assert change.after is not None
        return Change(gettext("New"), reader.text(change.after.text))
    assert change.before is not None
    if change.kind == "removed":
        return Change(gettext("No longer asked"), reader.text(change.before.text))
    assert change.after is not None
    if change.text_changed:
        return Change(gettext("Changed"), "", (reader.text(change.before.text),), (reader.text(change.after.text),))
    return Change(
        gettext("Changed"),
        reader.text(change.after.text),
        tuple(reader.route_text(route) for route in change.routes_gone),
        tuple(reader.route_text(route) for route in change.routes_new),
    )


def _pairs(versions: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    ordered = sorted(versions, key=lambda version: version.effective_from)
    return itertools.pairwise(ordered)


def _pairs_in_use(program: Program, documents: Iterable[Any], used: Used) -> Iterable[tuple[Any, Any, Any]]:
    """Two versions in a row of each document that the program's rules named on the day the later one began."""
    for document in documents:
        users = [version for version in program.versions if document.id in used(version)]
        for before, after in _pairs(document.versions):
            if any(version.holds_on(after.effective_from) for version in users):
                yield document, before, after


def _of_lists(rulebook: Rulebook, program: Program, reader: Reader, today: dt.date) -> Iterable[Event]:
    for document, before, after in _pairs_in_use(program, rulebook.of_kind(OccupationList), lists_of):
        address = reverse("eligibility:occupation_list", args=[document.id])
        change = list_change(before, after, reader, address)
        if change is not None:
            title = gettext("The list “%(list)s” changed") % {"list": reader.text(document.name)}
            yield Event(after.effective_from, None, title, "", (change,), after.effective_from > today)


def list_change(before: Any, after: Any, reader: Reader, address: str = "") -> ListChange | None:
    """What a list's new version changed, with the occupations by name; None where it is the same list."""
    change = changes.occupations(before, after)
    if not change:
        return None
    counts = [
        ngettext("%(count)d occupation added", "%(count)d occupations added", len(change.added))
        % {"count": len(change.added)}
        if change.added
        else "",
        ngettext("%(count)d removed", "%(count)d removed", len(change.removed)) % {"count": len(change.removed)}
        if change.removed
        else "",
        ngettext("%(count)d with another note", "%(count)d with other notes", len(change.altered))
        % {"count": len(change.altered)}
        if change.altered
        else "",
    ]
    return ListChange(
        gettext("Occupations"),
        words.join([text for text in counts if text]),
        tuple(map(reader.occupation, change.removed)),
        tuple(map(reader.occupation, change.added)),
        address,
    )


def _of_tables(rulebook: Rulebook, program: Program, reader: Reader, today: dt.date) -> Iterable[Event]:
    for document, before, after in _pairs_in_use(program, rulebook.of_kind(ReferenceTable), tables_of):
        found = changes.figures(before, after)
        if found:
            lines = tuple(figure_line(each, document.unit, reader) for each in found if each.after is not None)
            title = gettext("The figures of “%(table)s” changed") % {"table": reader.text(document.name)}
            change = Change(gettext("Figures"), "; ".join(lines))
            yield Event(after.effective_from, None, title, "", (change,), after.effective_from > today)


def figure_line(change: changes.FigureChange, unit: str, reader: Reader) -> str:
    """A figure of a reference table as it is and was."""
    after = reader.figure(change.after or 0, unit)
    if change.before is None:
        return gettext("%(row)s: %(after)s") % {"row": reader.row(change.name), "after": after}
    return gettext("%(row)s: %(after)s, before %(before)s") % {
        "row": reader.row(change.name),
        "after": after,
        "before": reader.figure(change.before, unit),
    }


def list_events(document: OccupationList, reader: Reader, today: dt.date) -> tuple[Event, ...]:
    """What changed in an occupation list, the latest first."""
    return _documents_events(
        document.versions,
        today,
        lambda before, after: filter(None, [list_change(before, after, reader)]),
        lambda _version: "",
    )


def grid_events(document: Grid, reader: Reader, today: dt.date) -> tuple[Event, ...]:
    """What changed in a points grid, the latest first."""
    return _documents_events(
        document.versions, today, lambda before, after: grid_changes(before, after, reader), reader.note_of
    )


def _documents_events(versions: Sequence[Any], today: dt.date, compare: Compare, note: Note) -> tuple[Event, ...]:
    """A document's versions, the latest first, and the days after which none of them holds."""
    ordered = sorted(versions, key=lambda version: version.effective_from)
    found = []
    for before, version in zip((None, *ordered), ordered, strict=False):
        begins = gettext("The earliest version we have") if before is None else gettext("New version")
        found.append(
            Event(
                day=version.effective_from,
                ends=version.effective_to,
                title=begins,
                note=note(version),
                changes=tuple(compare(before, version)) if before is not None else (),
                is_to_come=version.effective_from > today,
            )
        )
        if version.effective_to is not None and not _goes_on(version, ordered):
            found.append(_ended(version.effective_to + ONE_DAY, today))
    return tuple(reversed(found))


def _ended(day: dt.date, today: dt.date) -> Event:
    title = gettext("This no longer holds")
    note = gettext("No version that we have follows it.")
    return Event(day, None, title, note, (), is_to_come=day > today)


def grid_changes(before: Any, after: Any, reader: Reader) -> Iterable[Change]:
    """What a grid's new version gives otherwise than the one before it."""
    yield from limit_changes(before, after)
    how = {"added": gettext("New"), "removed": gettext("Dropped"), "changed": gettext("Other points")}
    for change in changes.factors(before, after):
        yield Change(how[change.kind], reader.text(change.factor.name), *_caps(change))


def limit_changes(before: Any, after: Any) -> Iterable[Change]:
    """What changed in a grid's maximum and pass mark."""
    if before.maximum != after.maximum:
        text = gettext("The maximum is %(after)d points, before %(before)d.")
        yield Change(gettext("Changed"), text % {"after": after.maximum, "before": before.maximum})
    if before.pass_mark != after.pass_mark:
        named = [gettext("none") if one.pass_mark is None else str(one.pass_mark) for one in (after, before)]
        text = gettext("The pass mark: %(after)s, before %(before)s.")
        yield Change(gettext("Changed"), text % {"after": named[0], "before": named[1]})


def _caps(change: changes.FactorChange) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The most that a factor gave and gives, where that is what changed."""
    before, after = change.before, change.after
    if before is None or after is None or before.cap == after.cap or before.cap is None or after.cap is None:
        return (), ()
    return (_at_most(before.cap),), (_at_most(after.cap),)


def _at_most(points: int) -> str:
    return ngettext("at most %(points)d point", "at most %(points)d points", points) % {"points": points}
