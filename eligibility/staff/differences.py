"""What a draft changes against the version before it, in plain words: down to the single points, figures and levels.

The words are those of the public catalogue's history (`eligibility.catalogue.history`); staff see more of the detail.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from eligibility.catalogue import changes
from eligibility.catalogue.conditions import Reader
from eligibility.catalogue.history import Change, figure_line, limit_changes, list_change, rule_changes
from eligibility.catalogue.points import limits, matrix
from eligibility.results import words
from programs.packs.schema import Pack, ReferenceTable
from programs.packs.schema.grids import Factor, GridVersion
from programs.packs.schema.programs import ProgramVersion
from programs.packs.schema.tables import Conversion, ListEntry, OccupationListVersion, ReferenceTableVersion


def differences(before: Any, after: Any, document: Pack | None, reader: Reader) -> tuple[Change, ...]:
    """Everything that a draft says otherwise than the version before it: the rules first, what they rest on last."""
    return (*_rules(before, after, document, reader), *_citation(before, after))


def _rules(before: Any, after: Any, document: Pack | None, reader: Reader) -> Iterable[Change]:
    match after:
        case ProgramVersion():
            return rule_changes(before, after, reader)
        case GridVersion():
            return (*limit_changes(before, after), *_factors(before, after, reader))
        case OccupationListVersion():
            return tuple(_occupations(before, after, reader))
        case ReferenceTableVersion():
            unit = document.unit if isinstance(document, ReferenceTable) else ""
            return tuple(_figures(before, after, unit, reader))
        case Conversion():
            return tuple(_levels(before, after))
    return ()


# Grids ---------------------------------------------------------------------------------------


def _factors(before: GridVersion, after: GridVersion, reader: Reader) -> Iterator[Change]:
    how = {"added": gettext("New"), "removed": gettext("Dropped"), "changed": gettext("Other points")}
    for change in changes.factors(before, after):
        was = dict(_points(change.before, reader)) if change.before else {}
        now = dict(_points(change.after, reader)) if change.after else {}
        names = [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]
        before_lines, after_lines = (
            tuple(f"{name}: {held[name]}" for name in names if name in held) for held in (was, now)
        )
        yield Change(how[change.kind], reader.text(change.factor.name), before_lines, after_lines)


def _points(factor: Factor, reader: Reader) -> Iterator[tuple[str, str]]:
    """Every cell, case and limit of a factor by its name. What is said twice alike is told apart by its place."""
    seen: dict[str, int] = {}
    for name, value in _cells(factor, reader):
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), value


def _cells(factor: Factor, reader: Reader) -> Iterator[tuple[str, str]]:
    points = gettext("%(points)d points")
    if factor.table is not None:
        table = matrix(factor.table, reader)
        for row, figures in table.rows:
            for column, figure in itertools.zip_longest(table.columns, figures):
                yield (f"{row} · {column}" if column else row), points % {"points": figure}
    for case in factor.cases:
        text = reader.text(case.text).rstrip(".")
        yield text, points % {"points": case.points}
        for route in case.any_of:
            yield gettext("%(case)s – given for") % {"case": text}, reader.route_text(route)
    for limit in limits(factor, reader):
        yield gettext("Limit"), limit
    for route in factor.applies_when:
        yield gettext("Applies when"), reader.route_text(route)


# Lists, tables, conversions ------------------------------------------------------------------


def _occupations(before: OccupationListVersion, after: OccupationListVersion, reader: Reader) -> Iterator[Change]:
    found = list_change(before, after, reader)
    if found is not None:
        # Those that came and those that went are told one by one here, so that each can be checked.
        yield Change(found.how, found.text, found.before, found.after)
    was, now = ({each.noc: each for each in version.entries} for version in (before, after))
    for code in changes.occupations(before, after).altered:
        told = [_entry(held[code], reader) for held in (was, now)]
        yield Change(gettext("Changed"), reader.occupation(code), (told[0],), (told[1],))


def _entry(entry: ListEntry, reader: Reader) -> str:
    said = [reader.text(text) for text in (entry.note, entry.subset) if text is not None]
    said += [f"{name.replace('_', ' ')}: {words.number(value)}" for name, value in entry.figures.items()]
    return "; ".join(said) or "–"


def _figures(
    before: ReferenceTableVersion, after: ReferenceTableVersion, unit: str, reader: Reader
) -> Iterator[Change]:
    for change in changes.figures(before, after):
        if change.after is None:
            yield Change(
                gettext("No longer there"), reader.row(change.name), (reader.figure(change.before or 0, unit),)
            )
        else:
            how = gettext("New") if change.before is None else gettext("Changed")
            yield Change(how, figure_line(change, unit, reader))
    more = before.each_additional, after.each_additional
    if more[0] != more[1]:
        told = [reader.figure(each, unit) if each is not None else "–" for each in more]
        yield Change(gettext("Changed"), gettext("For each one more"), (told[0],), (told[1],))


def _levels(before: Conversion, after: Conversion) -> Iterator[Change]:
    for ability in dict.fromkeys((*after.abilities, *before.abilities)):
        was, now = before.abilities.get(ability), after.abilities.get(ability)
        if was == now:
            continue
        levels = [dict(each.levels) if each else {} for each in (was, now)]
        names = [level for level in sorted({*levels[0], *levels[1]}) if levels[0].get(level) != levels[1].get(level)]
        lines_before, lines_after = (_level_lines(held, names) for held in levels)
        yield Change(gettext("Changed"), str(ability), lines_before, lines_after)


def _level_lines(levels: dict[int, float], names: list[int]) -> tuple[str, ...]:
    text = gettext("level %(level)s from %(score)s")
    return tuple(text % {"level": level, "score": levels[level]} for level in names if level in levels)


# What it rests on, and when ------------------------------------------------------------------


def _citation(before: Any, after: Any) -> Iterator[Change]:
    named = (
        ("effective_from", gettext("In force from")),
        ("effective_to", gettext("In force to")),
        ("source", gettext("Source")),
        ("provision", gettext("Provision")),
        ("as_of", gettext("Read on")),
        ("confidence", gettext("Confidence")),
    )
    for name, label in named:
        was, now = getattr(before, name, None), getattr(after, name, None)
        if was != now:
            yield Change(gettext("Changed"), label, (_said(was),), (_said(now),))


def _said(value: Any) -> str:
    if value is None:
        return "–"
    return date_format(value, "j F Y") if hasattr(value, "isoformat") else str(value)
