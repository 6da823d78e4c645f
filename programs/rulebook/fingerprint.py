"""What names the rules in force on a day by what they decide: equal rules have equal fingerprints."""

import hashlib
from collections.abc import Iterator

from pydantic import BaseModel

from programs.rulebook.book import RulebookInForce

_KEPT_AS = "fingerprint"
# When rules end is no part of what they ask: a version is the same before and after its successor is published.
_ENDS = frozenset({"effective_to", "to"})


def fingerprint(book: RulebookInForce) -> str:
    """The fingerprint of programs, intakes, grids, lists, tables and tests in force; worked out once for each day."""
    found = book.cache.get(_KEPT_AS)
    if found is None:
        digest = hashlib.sha256()
        for line in _lines(book):
            digest.update(line.encode())
            digest.update(b"\n")
        found = book.cache[_KEPT_AS] = digest.hexdigest()[:16]
    named: str = found
    return named


def _lines(book: RulebookInForce) -> Iterator[str]:
    for program in book.programs:
        yield from (program.document.id, _said(program.version), _said(program.intake))
    for held in (book.grids, book.lists, book.tables):
        for key in sorted(held):
            yield from (key, _said(held[key].version))
    for key in sorted(book.tests):
        yield key
        yield from sorted(map(_said, book.tests[key].conversions))


def _said(part: BaseModel | None) -> str:
    return part.model_dump_json(exclude=set(_ENDS)) if part is not None else ""
