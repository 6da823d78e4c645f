"""The guide to occupations as it is written in a file: one for each classification."""

from typing import Annotated

from pydantic import Field

from programs.packs.schema.common import Confidence, Document, Identifier, NocCode, PartialDate, Text

WebAddress = Annotated[str, Field(pattern=r"^https?://\S+$")]


class Neighbour(Document):
    """A unit group easily taken for another, and how to tell the two apart."""

    noc: NocCode
    how_to_tell: Text


class OccupationGuide(Document):
    """What sets a unit group apart, in our own words. `duties` are prompts to compare with, not the official ones."""

    noc: NocCode
    apart: Text
    source: WebAddress
    as_of: PartialDate
    confidence: Confidence
    neighbours: tuple[Neighbour, ...] = ()
    duties: tuple[Text, ...] = ()
    licence: Text | None = None
    licence_confidence: Confidence = "memory"


class MainDuty(Document):
    """A main duty of software jobs, and the unit group it suggests."""

    noc: NocCode
    duty: Text
    confidence: Confidence


class Remark(Document):
    """Something to know about the occupations named, or about all of them when none is."""

    id: Identifier
    text: Text
    source: WebAddress
    as_of: PartialDate
    confidence: Confidence
    occupations: tuple[NocCode, ...] = ()


class Guide(Document):
    """The whole file. `questions` are asked in their order; the first that is true counts."""

    classification: Identifier
    occupations: tuple[OccupationGuide, ...]
    questions: tuple[MainDuty, ...] = ()
    remarks: tuple[Remark, ...] = ()
