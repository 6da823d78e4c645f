"""A rulebook in force with only some of its programs and grids, and with what those rest on.

Looking at thousands of changed profiles is only quick where each is held against nothing but what the goal is about.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from programs.packs.schema import Program
from programs.packs.schema.common import Cited, Document, Text
from programs.packs.schema.conditions import ProgramVerdict, Requirement, Route
from programs.packs.schema.measures import Experience, Measure
from programs.packs.schema.programs import ProgramVersion
from programs.rulebook import GridInForce, ProgramInForce, RulebookInForce

NARROWED = "narrowed "
RESTS = "what experience rests on"
ASKS = "verdicts that programs ask for"
# Which programs are not open yet differs from person to person; so many narrowed rulebooks are kept of each day.
KEPT = 64


def narrowed(book: RulebookInForce, programs: Iterable[str], grids: Iterable[str] = ()) -> RulebookInForce:
    """`book` with these programs and grids and all that they ask for; made once, and then kept with the rulebook."""
    programs, grids = tuple(programs), tuple(grids)
    key = f"{NARROWED}{_digest(programs)} {_digest(grids)}"
    found = book.cache.get(key)
    if not isinstance(found, RulebookInForce):
        held = [name for name in list(book.cache) if name.startswith(NARROWED)]
        for oldest in held[: max(0, len(held) - KEPT + 1)]:
            book.cache.pop(oldest, None)
        found = book.cache[key] = _narrowed(book, set(programs), set(grids), ())
    return found


def asking(book: RulebookInForce, key: str, needs: dict[str, tuple[Route, ...]]) -> RulebookInForce:
    """`book` with a made-up program for each of some routes: its verdict says whether one of them is met."""
    name = f"asking {key}"
    found = book.cache.get(name)
    if not isinstance(found, RulebookInForce):
        made = tuple(_made_up(identifier, routes, book) for identifier, routes in needs.items())
        found = book.cache[name] = _narrowed(book, set(), set(), made)
    return found


def with_those_asked(book: RulebookInForce, programs: Iterable[str]) -> tuple[str, ...]:
    """These programs, and those whose verdicts they ask for, in the order of the rulebook."""
    asks = book.cache.get(ASKS)
    if not isinstance(asks, dict):
        asks = book.cache[ASKS] = {one.document.id: _asks(one) for one in book.programs}
    found: set[str] = set()
    waiting = set(programs)
    while waiting:
        found |= waiting
        waiting = {other for one in waiting for other in asks.get(one, ())} - found
    return tuple(key for key in asks if key in found)


def _asks(program: ProgramInForce) -> frozenset[str]:
    return frozenset(part.program for part in parts(program.version) if isinstance(part, ProgramVerdict))


def grids_of(book: RulebookInForce, program: str) -> tuple[str, ...]:
    """The grids that a program uses."""
    return next((one.document.grids for one in book.programs if one.document.id == program), ())


def experience_rests_on(book: RulebookInForce) -> frozenset[str]:
    """What rules in a book look at beside the jobs where they count work: whose occupation, which employer."""
    found = book.cache.get(RESTS)
    if not isinstance(found, frozenset):
        rules = (
            part
            for document in (
                *(program.version for program in book.programs),
                *(grid.version for grid in book.grids.values()),
            )
            for part in parts(document)
            if isinstance(part, Experience)
        )
        beside = any(rule.same_as is not None or rule.present_employer for rule in rules)
        found = book.cache[RESTS] = frozenset(
            {"job_offer", "trade_certificate", "canada", "residence"} if beside else ()
        )
    return found


@lru_cache(maxsize=KEPT)
def _digest(names: tuple[str, ...]) -> str:
    return hashlib.sha256(" ".join(sorted(names)).encode()).hexdigest()


def _narrowed(
    book: RulebookInForce, programs: set[str], grids: set[str], extra: tuple[ProgramInForce, ...]
) -> RulebookInForce:
    known = {program.document.id: program for program in book.programs}
    kept_programs: dict[str, ProgramInForce] = {}
    kept_grids: dict[str, GridInForce] = {}
    waiting: list[Document] = [version for one in extra if (version := one.version) is not None]
    while programs or grids or waiting:
        for identifier in programs - kept_programs.keys():
            if identifier in known:
                program = kept_programs[identifier] = known[identifier]
                grids |= set(program.document.grids)
                if program.version is not None:
                    waiting.append(program.version)
        for identifier in grids - kept_grids.keys():
            if identifier in book.grids:
                kept_grids[identifier] = book.grids[identifier]
                waiting.append(book.grids[identifier].version)
        programs, grids = set(), set()
        for document in waiting:
            for part in parts(document):
                if isinstance(part, ProgramVerdict) and part.program not in kept_programs and part.program in known:
                    programs.add(part.program)
                if isinstance(part, Measure) and part.grid is not None and part.grid not in kept_grids:
                    grids |= {part.grid} & book.grids.keys()
        waiting = []
    in_order = tuple(program for program in book.programs if program.document.id in kept_programs)
    return replace(
        book,
        programs=(*in_order, *extra),
        grids=MappingProxyType({key: grid for key, grid in book.grids.items() if key in kept_grids}),
        cache={},
    )


def parts(document: object) -> Iterator[Document]:
    """Every part of a document, the document itself first."""
    if isinstance(document, Document):
        yield document
        for name in type(document).model_fields:
            yield from parts(getattr(document, name))
    elif isinstance(document, tuple):
        for item in document:
            yield from parts(item)


def _made_up(identifier: str, routes: tuple[Route, ...], book: RulebookInForce) -> ProgramInForce:
    cited = {"source": "https://northbound.invalid/", "as_of": str(book.day.year)}
    requirement = Requirement(id="needs", text=Text(en="needs"), any_of=routes, **Cited(**cited).model_dump())
    version = ProgramVersion(version="made-up", effective_from=book.day, requirements=(requirement,), **cited)
    document = Program(
        id=identifier,
        name=Text(en=identifier),
        authority="planning",
        category="other",
        leads_to="unknown",
        official_url=cited["source"],
        summary=Text(en=identifier),
        versions=(version,),
    )
    return ProgramInForce(document, version, None, None)
