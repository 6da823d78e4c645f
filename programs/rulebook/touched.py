"""What a change of the rules can reach: which programs, grids and worked examples could give another answer.

Sound rather than sharp: something counts as reached as soon as its rules name, anywhere and at any depth, something
that is reached. What every derivation of facts leans on (language tests, counting rules, occupations) reaches all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from programs.packs.schema import Grid, LanguageTest, Notice, OccupationList, Pack, Program, ReferenceTable
from programs.rulebook.book import RulebookInForce

# The reference table that work, study and family are counted by, whatever a rule says.
COUNTING = "counting"
# The kind and id of a document.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Touched:
    """The programs and grids whose answers may differ between two rulebooks on one day.

    Attributes:
        programs, grids: all of them.
        through_verdicts: those of the programs that are reached only because they ask for the verdict of another. Who
            has the same verdicts in all others has the same in these.
        by_tests_alone: whether all are reached for one reason: language results give other levels. Who has the same
            levels has the same answers.

    """

    programs: frozenset[str]
    grids: frozenset[str]
    through_verdicts: frozenset[str] = frozenset()
    by_tests_alone: bool = False

    def __bool__(self) -> bool:
        return bool(self.programs or self.grids)

    @property
    def at_first_hand(self) -> frozenset[str]:
        """The programs that are reached otherwise than through the verdict of another."""
        return self.programs - self.through_verdicts


def touched(before: RulebookInForce, after: RulebookInForce) -> Touched:
    """What the difference between two rulebooks can reach on their day."""
    programs = {key: (_program(before, key), _program(after, key)) for key in _program_ids(before, after)}
    grids = {key: (_version(before.grids, key), _version(after.grids, key)) for key in _keys(before.grids, after.grids)}
    changed: set[str] = set()
    for held in ("lists", "tables"):
        was, now = getattr(before, held), getattr(after, held)
        changed |= {key for key in _keys(was, now) if _version(was, key) != _version(now, key)}
    if _tests(before) != _tests(after) or _shared_ground(before) != _shared_ground(after):
        nothing_else = not changed and not any(was != now for was, now in (*programs.values(), *grids.values()))
        alone = nothing_else and _shared_ground(before) == _shared_ground(after)
        return Touched(frozenset(programs), frozenset(grids), by_tests_alone=alone)
    # A grid asks for facts, lists and tables alone; a program also for totals of grids and verdicts of programs.
    reached_grids = _reached(grids, changed)
    names = _names(programs)
    first = {key for key, (was, now) in programs.items() if was != now or names[key] & (changed | reached_grids)}
    every = _reached(programs, changed | reached_grids)
    return Touched(every, reached_grids, every - first)


def touched_documents(before: Iterable[Pack], after: Iterable[Pack]) -> frozenset[Key]:
    """The documents whose worked examples could come out otherwise, on any day; those that differ are among them.

    Args:
        before: all documents as they are.
        after: all documents as they would be.

    """
    was, now = _by_key(before), _by_key(after)
    differing = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
    if any(_is_shared_ground(held.get(key)) for key in differing for held in (was, now)):
        return frozenset(was.keys() | now.keys())
    lists = {key[1] for key in differing if isinstance(now.get(key) or was.get(key), OccupationList | ReferenceTable)}
    concerned = {
        name
        for key in differing
        for held in (was, now)
        if isinstance(each := held.get(key), Notice)
        for name in each.concerns
    }
    grids = _reached(_pairs(was, now, Grid), lists)
    programs = _reached(_pairs(was, now, Program), lists | grids) | concerned
    return frozenset(
        {*differing, *(("grid", each) for each in grids), *(("program", each) for each in programs)} & now.keys()
    )


def _by_key(documents: Iterable[Pack]) -> dict[Key, Pack]:
    return {(each.kind, each.id): each for each in documents}


def _is_shared_ground(document: Pack | None) -> bool:
    return isinstance(document, LanguageTest) or (isinstance(document, ReferenceTable) and document.id == COUNTING)


def _pairs(
    was: Mapping[Key, Pack], now: Mapping[Key, Pack], kind: type[Program | Grid]
) -> dict[str, tuple[object, object]]:
    """What decides the answers of all programs or all grids, before and after, by id."""
    keys = dict.fromkeys(key for held in (was, now) for key, each in held.items() if isinstance(each, kind))
    return {key[1]: (_deciding(was.get(key)), _deciding(now.get(key))) for key in keys}


def _deciding(document: Pack | None) -> object:
    """The rules of a document, and the grids that it shows with its answer."""
    return (getattr(document, "versions", ()), getattr(document, "grids", ())) if document is not None else None


def _reached(pairs: Mapping[str, tuple[object, object]], changed: Collection[str]) -> frozenset[str]:
    """Those that differ themselves or name something that changed, and those that name one of them in turn."""
    found = {key for key, (was, now) in pairs.items() if was != now}
    reached = {*changed, *found}
    named = _names(pairs)
    while more := {key for key, names in named.items() if key not in found and names & reached}:
        found |= more
        reached |= more
    return frozenset(found)


def _names(pairs: Mapping[str, tuple[object, object]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(_texts(pair)) for key, pair in pairs.items()}


def _tests(book: RulebookInForce) -> object:
    return {key: test.conversions for key, test in book.tests.items()}


def _shared_ground(book: RulebookInForce) -> tuple[object, ...]:
    occupations = {code: group.teer for code, group in book.occupations.items()}
    return _version(book.tables, COUNTING), occupations


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
