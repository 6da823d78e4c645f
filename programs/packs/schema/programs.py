"""Programs: their versions, requirements, intake, outlook and what goes with them."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from programs.packs.schema.common import Cited, Document, Identifier, Period, Text
from programs.packs.schema.conditions import Requirement

IntakeStatus = Literal["open", "paused", "closed", "cap_reached", "announced"]
# A language result that counts (in French, for `french_results`), an assessment of every foreign credential, a profile.
DoneBy = Literal["language_results", "french_results", "credential_assessment", "express_entry_profile"]


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
    """A sentence people should know about the program: a fee, a document to have, what family may get.

    It holds from one day to another; a day left out means that it is not known, and sets no limit.
    """

    topic: Literal[
        "fee",
        "processing",
        "selection",
        "documents",
        "family_partner",
        "family_children",
        "employer",
        "after",
        "warning",
    ]
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    text: Text
    amount_cad: float | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Fact":
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to is before effective_from")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force on `day`."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day <= self.effective_to)


class NextStep(Document):
    """Something to do, with the official page for it. `done_by` is what in the answers shows that it is done."""

    text: Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    done_by: DoneBy | None = None


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
    leads_to: Literal["permanent_residence", "nomination", "work_permit", "study_permit", "visit", "unknown"]
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
