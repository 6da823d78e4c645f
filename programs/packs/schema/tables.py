"""Occupation lists, reference tables, language tests, notices and titled sources."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from programs.packs.schema.common import Cited, Document, Identifier, NocCode, Period, Text
from programs.packs.schema.programs import Example

Ability = Literal["listening", "reading", "writing", "speaking"]


class ListEntry(Document):
    """A unit group on an occupation list.

    `figures` holds what the list says of it (hourly_floor, level…); `subset` says that only part of the group is
    meant, which a person must confirm.
    """

    noc: NocCode
    note: Text | None = None
    subset: Text | None = None
    figures: dict[str, float] = Field(default_factory=dict)


class OccupationListVersion(Period, Cited):
    """An occupation list in force from one date to another."""

    version: str
    entries: tuple[ListEntry, ...]


class OccupationList(Document):
    """A dated set of unit groups. `short_name` names a list that opens a door where there is room for a word or two."""

    kind: Literal["occupation_list"] = "occupation_list"
    id: Identifier
    name: Text
    short_name: Text | None = None
    authority: Identifier
    classification: Identifier = "noc-2021"
    versions: Annotated[tuple[OccupationListVersion, ...], Field(min_length=1)]


class TableRow(Document):
    """One figure of a reference table: `at` is a number or a code."""

    at: int | str
    value: float
    note: Text | None = None


class ReferenceTableVersion(Period, Cited):
    """A reference table in force from one date to another. `each_additional` goes on past the last number."""

    version: str
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1)]
    each_additional: float | None = None
    note: Text | None = None


class ReferenceTable(Document):
    """Banded figures that rules compare with."""

    kind: Literal["reference_table"] = "reference_table"
    id: Identifier
    name: Text
    authority: Identifier
    unit: str
    versions: Annotated[tuple[ReferenceTableVersion, ...], Field(min_length=1)]


class AbilityScale(Document):
    """One ability's scores: the range they can have, the step between them, and the lowest score per level."""

    minimum: float
    maximum: float
    step: float
    levels: dict[Annotated[int, Field(ge=0, le=12)], float]

    @model_validator(mode="after")
    def _levels_rise(self) -> "AbilityScale":
        ordered = [score for _, score in sorted(self.levels.items())]
        if ordered != sorted(set(ordered)):
            raise ValueError("a higher level needs a higher score")
        return self


class Conversion(Period, Cited):
    """How a test's scores become CLB or NCLC levels.

    The period is when the conversion is accepted; `taken_from` and `taken_to` limit it to tests of those days;
    `default_from` and `default_to` say for which test days this scale is meant when none is named.
    """

    id: Identifier
    scale: str | None = None
    scale_name: Text | None = None
    taken_from: dt.date | None = None
    taken_to: dt.date | None = None
    default_from: dt.date | None = None
    default_to: dt.date | None = None
    abilities: dict[Ability, AbilityScale]


class LanguageTest(Document):
    """An approved language test and its conversions.

    `certificate` is false for a bare level: nothing was issued on a day, so a missing date leaves nothing open.
    """

    kind: Literal["language_test"] = "language_test"
    id: Identifier
    authority: Identifier = "federal"
    name: Text
    languages: tuple[Literal["en", "fr"], ...]
    official_url: str
    certificate: bool = True
    conversions: Annotated[tuple[Conversion, ...], Field(min_length=1)]
    examples: tuple[Example, ...] = ()


class NoticeSource(Document):
    """Where a notice was read."""

    url: str
    title: str
    as_of: str


class Notice(Document):
    """A change reported, proposed or announced but not confirmed in an official text."""

    kind: Literal["notice"] = "notice"
    id: Identifier
    authority: Identifier = "federal"
    title: Text
    text: Text
    concerns: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    confidence: Literal["reported", "proposed", "announced"]
    reported_on: dt.date
    effective_from: dt.date | None = None
    resolved_on: dt.date | None = None
    resolution: Text | None = None
    sources: Annotated[tuple[NoticeSource, ...], Field(min_length=1)]


class TitledSource(Document):
    """An official page's title and the day a person last checked it."""

    url: str
    title: Text
    checked_on: dt.date


class Sources(Document):
    """The titles of the pages that rules cite."""

    kind: Literal["sources"] = "sources"
    id: Identifier
    authority: Identifier = "federal"
    sources: tuple[TitledSource, ...]
