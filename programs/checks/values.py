"""Whether a condition compares a measure with a value of its kind, by an operator that it has."""

import re
from collections.abc import Iterator
from typing import Any

from programs.checks.problems import Location
from programs.checks.walk import parts
from programs.packs.schema import Pack
from programs.packs.schema.conditions import Compare
from programs.packs.sentences import COMPARISONS, measure_phrase
from programs.rulebook import FactEntry, Vocabulary
from programs.rulebook.vocabulary import OPERATORS

Finding = tuple[Location, str]
_SEVERAL = frozenset({"in", "not_in"})
_NUMBERS = frozenset({"number", "money", "clb"})
_CODES = {
    "country": (re.compile(r"^[A-Z]{2}$"), "a country's two letters, for example IN"),
    "province": (re.compile(r"^[A-Z]{2}$"), "a province's two letters, for example ON"),
    "occupation": (re.compile(r"^\d{5}$"), "the five digits of a unit group, for example 21231"),
}


def value_problems(document: Pack, words: Vocabulary) -> Iterator[Finding]:
    """Every comparison in a document that cannot be made, with the place where it stands."""
    for location, part in parts(document):
        if isinstance(part, Compare):
            for key, message in comparison_problems(part, words):
                yield (*location, key), message


def comparison_problems(condition: Compare, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """What is wrong with one comparison, by key."""
    entry = words.facts.get(condition.fact) if condition.fact is not None else None
    kind = measured_type(condition, words)
    if kind is None:
        return
    operators = OPERATORS[kind]
    if condition.op not in operators:
        said = ", ".join(f"“{COMPARISONS[op]}”" for op in operators)
        yield "op", f"“{COMPARISONS[condition.op]}” does not go with {_called(condition)}; it takes {said}"
        return
    if condition.value is not None:
        for message in _wrong_values(condition, kind, entry, words):
            yield "value", message
    other = words.facts.get(condition.other_fact) if condition.other_fact is not None else None
    if other is not None and not _comparable(kind, other.type) and not _may_hold(entry, other):
        yield "other_fact", f"{_called(condition)} is of type {kind}, “{other.label.en}” of type {other.type}"
    if (condition.table is not None or condition.list_figure is not None) and kind not in _NUMBERS:
        key = "table" if condition.table is not None else "list_figure"
        yield key, f"{_called(condition)} is of type {kind} and cannot be compared with a figure"


def measured_type(condition: Compare, words: Vocabulary) -> str | None:
    """The type of what a condition looks at; None for an unknown fact, which another check names."""
    if condition.fact is not None:
        entry = words.facts.get(condition.fact)
        return entry.type if entry else None
    if condition.credential is not None and condition.credential.gives == "level":
        return "level"
    return "number"


def _comparable(one: str, other: str) -> bool:
    return one == other or {one, other} <= _NUMBERS


def _may_hold(entry: FactEntry | None, other: FactEntry) -> bool:
    """Whether a set can hold what another fact names."""
    return entry is not None and entry.type == "set" and entry.of in (other.type, other.of)


def _called(condition: Compare) -> str:
    return f"“{measure_phrase(condition)}”" if condition.fact is not None else "what is measured here"


def _wrong_values(condition: Compare, kind: str, entry: FactEntry | None, words: Vocabulary) -> Iterator[str]:
    value = condition.value
    if condition.op in _SEVERAL and not isinstance(value, tuple):
        yield f"“{COMPARISONS[condition.op]}” takes a list of values, for example [{value}]"
        return
    if isinstance(value, tuple) and condition.op not in {*_SEVERAL, "contains", "contains_none"}:
        yield f"“{COMPARISONS[condition.op]}” takes one value, and a list was given"
        return
    if value == ():
        yield "the list of values is empty"
    for each in value if isinstance(value, tuple) else (value,):
        wanted = wanted_value(each, kind, entry, words)
        if wanted is not None:
            yield f"{each!r} was given where {wanted} is needed"


def wanted_value(value: Any, kind: str, entry: FactEntry | None, words: Vocabulary) -> str | None:
    """What should stand in place of `value`; None if it is of the right kind."""
    if kind in _NUMBERS:
        return None if isinstance(value, int | float) and not isinstance(value, bool) else "a number"
    if kind == "boolean":
        return None if isinstance(value, bool) else "true or false"
    if kind == "level":
        levels = [level.key for level in words.levels]
        return None if value in levels else "a level of education"
    of = entry.of if entry and kind == "set" else kind
    if of in _CODES:
        pattern, wanted = _CODES[of]
        return None if isinstance(value, str) and pattern.match(value) else wanted
    if entry and entry.choices:
        return None if value in entry.choices else f"one of {', '.join(entry.choices)}"
    return None if isinstance(value, str) else "a word"
