"""The schema of rule packs: one document a file, told apart by its `kind`."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from programs.packs.schema.figures import Figures
from programs.packs.schema.grids import Grid
from programs.packs.schema.levers import Levers
from programs.packs.schema.programs import Program
from programs.packs.schema.situations import H1BSituations
from programs.packs.schema.tables import LanguageTest, Notice, OccupationList, ReferenceTable, Sources

Pack = Annotated[
    Program
    | Grid
    | OccupationList
    | ReferenceTable
    | LanguageTest
    | Notice
    | Sources
    | H1BSituations
    | Figures
    | Levers,
    Field(discriminator="kind"),
]
PACK: TypeAdapter[Pack] = TypeAdapter(Pack)

__all__ = [
    "PACK",
    "Figures",
    "Grid",
    "H1BSituations",
    "LanguageTest",
    "Levers",
    "Notice",
    "OccupationList",
    "Pack",
    "Program",
    "ReferenceTable",
    "Sources",
]
