"""The kinds of documents: what each is stored in, and what hangs on it whatever the version."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import models

from programs.models import (
    Conversion,
    Example,
    FigureRow,
    Figures,
    Grid,
    GridVersion,
    H1BSituations,
    Intake,
    LanguageTest,
    LeverCollection,
    NextStep,
    Notice,
    NoticeSource,
    OccupationList,
    OccupationListVersion,
    Outlook,
    Program,
    ProgramFact,
    ProgramVersion,
    ReferenceTable,
    ReferenceTableVersion,
    SourceCollection,
    Version,
)
from programs.packs import schema
from programs.packs.schema import figures as figure_schema
from programs.packs.schema import programs as program_schema
from programs.packs.schema import tables as table_schema


@dataclass(frozen=True, slots=True)
class Attached:
    """Rows that hang on a document: the document's key for them, and how the database calls and keeps them."""

    key: str
    model: type[models.Model]
    relation: str
    schema: type[Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. `versions` is the document's key for its versions."""

    name: str
    schema: type[Any]
    model: type[models.Model]
    version: type[Version] | None = None
    version_schema: type[Any] | None = None
    versions: str = "versions"
    attached: tuple[Attached, ...] = ()


_EXAMPLES = Attached("examples", Example, "examples", program_schema.Example)
_PROGRAM_PARTS = (
    Attached("intake", Intake, "intakes", program_schema.Intake),
    Attached("outlook", Outlook, "outlooks", program_schema.Outlook),
    Attached("facts", ProgramFact, "program_facts", program_schema.Fact),
    Attached("next_steps", NextStep, "next_steps", program_schema.NextStep),
    _EXAMPLES,
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("sources", schema.Sources, SourceCollection),
            Kind("grid", schema.Grid, Grid, GridVersion, schema.grids.GridVersion, attached=(_EXAMPLES,)),
            Kind(
                "occupation_list",
                schema.OccupationList,
                OccupationList,
                OccupationListVersion,
                table_schema.OccupationListVersion,
            ),
            Kind(
                "reference_table",
                schema.ReferenceTable,
                ReferenceTable,
                ReferenceTableVersion,
                table_schema.ReferenceTableVersion,
            ),
            Kind(
                "language_test",
                schema.LanguageTest,
                LanguageTest,
                Conversion,
                table_schema.Conversion,
                versions="conversions",
                attached=(_EXAMPLES,),
            ),
            Kind(
                "program",
                schema.Program,
                Program,
                ProgramVersion,
                program_schema.ProgramVersion,
                attached=_PROGRAM_PARTS,
            ),
            Kind(
                "notice",
                schema.Notice,
                Notice,
                attached=(Attached("sources", NoticeSource, "sources", table_schema.NoticeSource),),
            ),
            Kind("h1b_situations", schema.H1BSituations, H1BSituations),
            Kind("levers", schema.Levers, LeverCollection),
            Kind(
                "figures",
                schema.Figures,
                Figures,
                attached=(Attached("rows", FigureRow, "rows", figure_schema.FigureRow),),
            ),
        )
    }
)
KIND_OF_MODEL: Mapping[type[models.Model], Kind] = MappingProxyType({kind.model: kind for kind in KINDS.values()})


def kind_of(row: models.Model) -> Kind:
    """The kind of document that a row, or the version it is, belongs to."""
    return KIND_OF_MODEL[type(row.parent) if isinstance(row, Version) else type(row)]
