"""Levers: what a person could do to change their answers, and what that asks of them.

A lever names one change of a closed set; its parameters, its effort, its cost and what it needs are data. No lever
changes an age, a citizenship or the past: each is a fact that the person can make true.
"""

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, model_validator

from programs.packs.schema.common import Confidence, Country, Document, Identifier, NocCode, PartialDate, Province, Text
from programs.packs.schema.conditions import Route
from programs.packs.schema.measures import Person
from programs.packs.schema.tables import Ability

Certainty = Literal["sure", "likely", "possible", "hard"]
Language = Literal["en", "fr"]
MonthCount = Annotated[int, Field(ge=1, le=120)]
LanguageLevel = Annotated[int, Field(ge=1, le=12)]
Amount = Annotated[float, Field(ge=0, le=1e9)]
StudyLevel = Literal["one_year", "two_year", "bachelors", "masters", "professional", "doctorate"]


class LanguageResult(Document):
    """A fresh result: each ability raised by `raise_by` levels, or to `at_least` where it is lower.

    Only the `abilities` named are raised, all where none is; the others stay as they were. With `raise_by: 0` the
    test is only taken again, with the same result. Abilities that are raised in one sitting are one lever, whose test
    is paid for once.
    """

    do: Literal["language_result"]
    person: Person = "applicant"
    language: Language
    abilities: Annotated[tuple[Ability, ...], Field(min_length=1)] | None = None
    raise_by: Annotated[int, Field(ge=0, le=12)] | None = None
    at_least: LanguageLevel | None = None

    @model_validator(mode="after")
    def _one_target(self) -> "LanguageResult":
        if (self.raise_by is None) == (self.at_least is None):
            raise ValueError("give exactly one of raise_by, at_least")
        return self


class CredentialAssessment(Document):
    """An assessment (ECA) of every finished foreign credential."""

    do: Literal["credential_assessment"]
    person: Person = "applicant"


class FurtherCredential(Document):
    """A further credential, finished after `months`. Study in Canada ends present jobs unless `beside_work`."""

    do: Literal["further_credential"]
    person: Person = "applicant"
    level: StudyLevel
    country: Country
    province: Province | None = None
    months: MonthCount
    canadian_study_years: Annotated[float, Field(ge=0, le=10)] = 0
    beside_work: bool = False


class CanadianWork(Document):
    """So many months of authorized full-time work in Canada, in `noc` or else in the occupation of the last job."""

    do: Literal["canadian_work"]
    person: Person = "applicant"
    months: MonthCount
    noc: NocCode | None = None
    hours_per_week: Annotated[float, Field(gt=0, le=80)]
    permit: Literal["lmia", "exempt_employer", "open", "pgwp", "spousal_open", "h1b_open"]


class OfferingEmployer(Document):
    """The employer that an offer is imagined from."""

    years_in_business: Annotated[float, Field(ge=0, le=200)] | None = None
    years_in_province: Annotated[float, Field(ge=0, le=200)] | None = None
    full_time_staff: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    annual_revenue_cad: Amount | None = None
    applicant_ownership_percent: Annotated[float, Field(ge=0, le=100)] | None = None


class NewJobOffer(Document):
    """A job offer, one for each province. Where the person named provinces of interest, only in those.

    Without `noc` it is in an occupation that the person works or worked in: one for each TEER category of those.
    `pays_local_median` stands for an offer that pays what the local median is, whatever that may be there. Who takes
    the offer means to live in that province.
    """

    do: Literal["job_offer"]
    provinces: Annotated[tuple[Province, ...], Field(min_length=1)]
    noc: NocCode | None = None
    hours_per_week: Annotated[float, Field(gt=0, le=80)]
    permanent: bool
    duration_months: MonthCount | None = None
    annual_wage: Amount
    pays_local_median: bool = False
    supports_nomination: bool | None = None
    intra_company: bool = False
    lmia: Literal["none", "standard", "gts_a", "gts_b", "exempt"] | None = None
    employer: OfferingEmployer = OfferingEmployer()


class NewNomination(Document):
    """A provincial nomination, of `province` if it is named.

    With `from_streams` it is one for each stream linked to Express Entry that the person qualifies for, or where
    there is none, that they miss by one requirement.
    """

    do: Literal["nomination"]
    province: Province | None = None
    from_streams: bool = False
    express_entry: bool


class TradeCertificateEarned(Document):
    """A Canadian certificate of qualification, in `noc` or else in the occupation of the last job."""

    do: Literal["trade_certificate"]
    province: Province | None = None
    noc: NocCode | None = None


class FundsShown(Document):
    """Settlement funds of what a reference table asks for the family's size."""

    do: Literal["settlement_funds"]
    table: Identifier


class PartnerStays(Document):
    """The partner does not come along."""

    do: Literal["partner_stays"]


class PartnersSwap(Document):
    """The partner becomes the principal applicant."""

    do: Literal["swap_partners"]


class ProfileMade(Document):
    """An Express Entry profile is made."""

    do: Literal["express_entry_profile"]


class Wait(Document):
    """So many months pass, and work goes on."""

    do: Literal["wait"]
    months: MonthCount


Change = Annotated[
    LanguageResult
    | CredentialAssessment
    | FurtherCredential
    | CanadianWork
    | NewJobOffer
    | NewNomination
    | TradeCertificateEarned
    | FundsShown
    | PartnerStays
    | PartnersSwap
    | ProfileMade
    | Wait,
    Field(discriminator="do"),
]


class Basis(Document):
    """What the figures of effort and cost rest on. Without an official text they are shown as an estimate."""

    text: Text
    source: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    as_of: PartialDate
    confidence: Confidence

    @property
    def is_estimate(self) -> bool:
        """Whether nothing official says so."""
        return self.source is None or self.confidence in {"memory", "judgement"}


class Lever(Document):
    """One thing to do.

    Levers of one `family` exclude each other; a higher `step` asks for more of the same. `effort_weeks` is what the
    person puts in, beside the months that a change takes by itself. `needs` are routes, one of which must be met
    for the lever to be offered; none means that everyone is offered it.
    """

    id: Identifier
    family: Identifier
    step: Annotated[int, Field(ge=0, le=100)] = 0
    label: Text
    effort_weeks: Annotated[float, Field(ge=0, le=1000)]
    cost_cad: Amount
    certainty: Certainty
    needs: tuple[Route, ...] = ()
    change: Change
    basis: Basis


class Levers(Document):
    """A collection of levers."""

    kind: Literal["levers"] = "levers"
    id: Identifier
    authority: Identifier = "planning"
    name: Text
    levers: Annotated[tuple[Lever, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_once(self) -> "Levers":
        twice = sorted(key for key, times in Counter(lever.id for lever in self.levers).items() if times > 1)
        if twice:
            raise ValueError(f"levers: {', '.join(twice)} stands twice; give each an id of its own")
        return self

    @model_validator(mode="after")
    def _one_sitting(self) -> "Levers":
        """A test is taken and paid for once, whatever is raised by it: so no plan may hold two of one language."""
        tests = [lever for lever in self.levers if isinstance(lever.change, LanguageResult)]
        families: dict[tuple[str, str], str] = {}
        for lever in tests:
            assert isinstance(lever.change, LanguageResult)
            key = (lever.change.person, lever.change.language)
            family = families.setdefault(key, lever.family)
            if family != lever.family:
                raise ValueError(
                    f"levers: {lever.id} is of the family {lever.family}, and other tests of the same language by the "
                    f"same person are of {family}; one test is one sitting, so put them into one family (abilities "
                    "that are raised together are one lever)"
                )
        return self
