"""Programs: their versions, requirements, intake, outlook and what goes with them."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from programs.packs.schema.common import Cited, Document, Identifier, Period, Text
from programs.packs.schema.conditions import Requirement

IntakeStatus = Literal["open", "paused", "closed", "cap_reached", "announced"]


class Intake(Cited):
    """Whether the program takes applications, from one day to another."""

    status: IntakeStatus
    from_: dt.date = Field(alias="from")
    to: dt.date | None = None
    note: Text | None = None


class Outlook(Period, Cited):
    """How realistic an invitation or a permit is for someone now in the United States, and why."""

    realistic: Literal["yes", "with_effort", "unlikely", "no"]
    text: Text


class Fact(Cited):
    """A sentence people should know about the program: a fee, a processing time, what family may get."""

    topic: Literal[
        "fee", "processing", "selection", "family_partner", "family_children", "employer", "after", "warning"
    ]
    text: Text
    amount_cad: float | None = None


class NextStep(Document):
    """Something to do, with the official page for it."""

    text: Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]


class ProgramVersion(Period, Cited):
    """A program's rules in force from one date to another."""

    version: str
    note: Text | None = None
    legal_basis: str | None = None
    requirements: tuple[Requirement, ...] = ()


class Example(Document):
    """A worked example: a profile, and what must come of it. `expect` names only what is asserted.

    For a program: `verdict`, `intake`, `requirements` (id to true, false or null).
    For a grid: `total`, `range`, `complete`, `sections`, `factors`.
    """

    name: str
    source: str | None = None
    profile: dict[str, Any]
    expect: dict[str, Any]


ExampleKind = Literal["match", "miss", "unknown"]


class Program(Document):
    """One route with its own rules.

    `without_example` says, for a kind of worked example that cannot be, why not: that is for staff.
    """

    kind: Literal["program"] = "program"
    id: Identifier
    name: Text
    authority: Identifier
    category: Literal["express_entry", "pnp_stream", "work_permit", "ee_category", "regional", "quebec", "other"]
    leads_to: Literal["permanent_residence", "nomination", "work_permit", "study_permit", "unknown"]
    express_entry_linked: bool = False
    # Whether a stream outside Express Entry may, as one chooses, also be used with an Express Entry profile.
    express_entry_option: bool = False
    job_offer: Literal["required", "optional", "not_required"] = "not_required"
    official_url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    summary: Text
    not_checked: Text | None = None
    grids: tuple[Identifier, ...] = ()
    intake: tuple[Intake, ...] = ()
    outlook: tuple[Outlook, ...] = ()
    facts: tuple[Fact, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    versions: tuple[ProgramVersion, ...] = ()
    examples: tuple[Example, ...] = ()
    without_example: dict[ExampleKind, str] = {}
