"""Names that must stand once in a document, and stand twice."""

from collections.abc import Iterator

from programs.checks.problems import Location
from programs.checks.walk import parts
from programs.packs.schema.conditions import Requirement
from programs.packs.schema.figures import FigureRow
from programs.packs.schema.grids import Case
from programs.packs.schema.tables import ListEntry, TableRow, TitledSource

Finding = tuple[Location, str]


def twice(document: object) -> Iterator[Finding]:
    """Every second use of a version's name, a requirement's id, a code of a list, a row of a table or series."""
    seen: set[tuple[object, ...]] = set()
    for location, part in parts(document):
        name = _name(part)
        if name is None or not location:
            continue
        key = (location[:-1], type(part), name)
        if key in seen:
            yield location, f"“{name}” stands here twice"
        seen.add(key)


def _name(part: object) -> object:
    if hasattr(part, "effective_from") and hasattr(part, "version"):
        return part.version
    match part:
        case Requirement() | Case():
            return part.id
        case ListEntry():
            return part.noc
        case TableRow():
            return part.at
        case FigureRow():
            return part.label.en
        case TitledSource():
            return part.url
        case _:
            return None
