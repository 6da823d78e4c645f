"""Which programs and grids could give another answer under changed rules. The others need not be evaluated.

Sound rather than sharp: a program counts as touched as soon as its rules name, anywhere and at any depth, something
that is touched. What every derivation of facts leans on (language tests, counting rules, occupations) touches all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from programs.rulebook import RulebookInForce

# The reference table that work, study and family are counted by, whatever a rule says.
COUNTING = "counting"


@dataclass(frozen=True, slots=True)
class Touched:
    """The programs and grids whose answers may differ between two rulebooks on one day."""

    programs: frozenset[str]
    grids: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.programs or self.grids)


def touched(before: RulebookInForce, after: RulebookInForce) -> Touched:
    """What the difference between two rulebooks can reach."""
    programs = {key: (_program(before, key), _program(after, key)) for key in _program_ids(before, after)}
    grids = {key: (_version(before.grids, key), _version(after.grids, key)) for key in _keys(before.grids, after.grids)}
    if _shared_ground(before) != _shared_ground(after):
        return Touched(frozenset(programs), frozenset(grids))
    changed: set[str] = set()
    for held in ("lists", "tables"):
        was, now = getattr(before, held), getattr(after, held)
        changed |= {key for key in _keys(was, now) if _version(was, key) != _version(now, key)}
    # A grid asks for facts, lists and tables alone; a program also for totals of grids and verdicts of programs.
    reached_grids = _reached(grids, changed)
    return Touched(_reached(programs, changed | reached_grids), reached_grids)


def _reached(pairs: Mapping[str, tuple[object, object]], changed: Iterable[str]) -> frozenset[str]:
    """Those that differ themselves or name something that changed, and those that name one of them in turn."""
    found = {key for key, (was, now) in pairs.items() if was != now}
    reached = {*changed, *found}
    named = {key: frozenset(_texts(pair)) for key, pair in pairs.items()}
    while more := {key for key, names in named.items() if key not in found and names & reached}:
        found |= more
        reached |= more
    return frozenset(found)


def _shared_ground(book: RulebookInForce) -> tuple[object, ...]:
    tests = {key: test.conversions for key, test in book.tests.items()}
    occupations = {code: group.teer for code, group in book.occupations.items()}
    return tests, _version(book.tables, COUNTING), occupations


def _program_ids(*books: RulebookInForce) -> Iterable[str]:
    return dict.fromkeys(program.document.id for book in books for program in book.programs)


def _program(book: RulebookInForce, key: str) -> object:
    """What decides a verdict; intake, outlook and what is told of a program do not."""
    return next((program.version for program in book.programs if program.document.id == key), None)


def _keys(*held: Mapping[str, Any]) -> Iterable[str]:
    return dict.fromkeys(key for each in held for key in each)


def _version(held: Mapping[str, Any], key: str) -> object:
    found = held.get(key)
    return found.version if found is not None else None


def _texts(value: object) -> Iterator[str]:
    """Every text inside, among them every identifier that rules name something by."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, tuple | list | frozenset | set):
        for inner in value:
            yield from _texts(inner)
