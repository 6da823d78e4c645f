"""The profile: one typed definition of an applicant, for the wizard, the command line, tests and benchmarks.

Every field except `as_of` may be missing or null, which means *unknown* and is never treated as "no". An
empty list means "none", and `false` in place of an object means "has none"; both are known.
"""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Region = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Province = Literal["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
NocCode = Annotated[str, Field(pattern=r"^\d{5}$")]
Money = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Hours = Annotated[float, Field(gt=0, le=168, allow_inf_nan=False)]
Score = Annotated[float, Field(allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Years = Annotated[float, Field(ge=0, le=200, allow_inf_nan=False)]
Months = Annotated[float, Field(ge=0, le=2400, allow_inf_nan=False)]

Level = Literal[
    "none", "secondary", "one_year", "two_year", "bachelors", "two_or_more", "masters", "professional", "doctorate"
]
MaritalStatus = Literal["single", "married", "common_law", "divorced", "separated", "widowed", "annulled"]


class Answers(BaseModel):
    """Base of every part of a profile: immutable; an unknown key is an error that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Education(Answers):
    """A credential or study still going on (`completed` null)."""

    level: Level | None = None
    country: Country | None = None
    province: Region | None = None
    completed: dt.date | None = None
    eca: bool | None = None
    eca_date: dt.date | None = None
    canadian_study_years: Years | None = None
    field: str | None = None


class LanguageTest(Answers):
    """A test result, ability by ability, as printed on the certificate."""

    test: str | None = None
    language: Literal["en", "fr"] | None = None
    date: dt.date | None = None
    listening: Score | None = None
    reading: Score | None = None
    writing: Score | None = None
    speaking: Score | None = None
    scale: Literal["699", "old_equivalent"] | None = None
    estimated: bool | None = None


class Work(Answers):
    """A job. `end` null means that it goes on."""

    noc: NocCode | None = None
    title: str | None = None
    country: Country | None = None
    province: Region | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    hours_per_week: Hours | None = None
    self_employed: bool | None = None
    student: bool | None = None
    authorized: bool | None = None
    paid: bool | None = None
    employer_country: Country | None = None
    qualified_on: dt.date | None = None


class Employer(Answers):
    """The employer who makes the job offer.

    `confirms_language` says whether the employer confirms on the offer's form that the language suffices;
    `category_a_positions_this_year` how many Category A positions the employer already has this calendar year.
    """

    years_in_province: Years | None = None
    full_time_staff: Count | None = None
    annual_revenue_cad: Money | None = None
    naics: Annotated[str, Field(pattern=r"^\d{2,6}$")] | None = None
    public_body: bool | None = None
    applicant_ownership_percent: Percent | None = None
    category_a_referral: bool | None = None
    designated_for: tuple[str, ...] | None = None
    confirms_language: bool | None = None
    category_a_positions_this_year: Count | None = None


class JobOffer(Answers):
    """A job offered in Canada. `from_government_mission`: on a recruitment mission that a government led."""

    noc: NocCode | None = None
    province: Province | None = None
    hours_per_week: Hours | None = None
    duration_months: Months | None = None
    permanent: bool | None = None
    annual_wage: Money | None = None
    hourly_wage: Money | None = None
    lmia: Literal["none", "standard", "gts_a", "gts_b", "exempt"] | None = None
    employer_years_in_business: Years | None = None
    intra_company: bool | None = None
    seasonal: bool | None = None
    region: str | None = None
    months_in_this_job: Months | None = None
    works_there_now: bool | None = None
    cusma_profession: str | None = None
    supports_nomination: bool | None = None
    local_median_hourly_wage: Money | None = None
    employer: Employer | None = None
    from_government_mission: bool | None = None


class TradeCertificate(Answers):
    """A Canadian certificate of qualification in a trade."""

    province: Province | None = None
    noc: NocCode | None = None


class Nomination(Answers):
    """A provincial nomination. `support_letter`: the province also gave a letter for a work permit."""

    province: Province | None = None
    express_entry: bool | None = None
    support_letter: bool | None = None


class Relative(Answers):
    """A relative living in Canada."""

    relation: (
        Literal[
            "sibling",
            "parent",
            "grandparent",
            "child",
            "grandchild",
            "aunt_uncle",
            "niece_nephew",
            "cousin",
            "distant_relative",
            "friend",
        ]
        | None
    ) = None
    status: Literal["citizen", "permanent_resident"] | None = None
    province: Province | None = None
    of: Literal["applicant", "partner"] | None = None
    age_18_or_over: bool | None = None


class H1B(Answers):
    """Where the person stands with their H-1B.

    `extension_pending`: an extension with the same employer waits for its decision; it was filed on
    `petition_filed_on`. `days_abroad` counts full days outside the US in this status; `six_years_end` is the last
    day of the six years, where the person knows it.
    """

    status: Literal["employed", "laid_off", "denied", "not_selected", "max_out", "expired", "none"] | None = None
    expires: dt.date | None = None
    last_day_worked: dt.date | None = None
    i140_approved: bool | None = None
    lives_in_us: bool | None = None
    visa_valid_until: dt.date | None = None
    i94_expires: dt.date | None = None
    first_h1b_day: dt.date | None = None
    extension_pending: bool | None = None
    petition_filed_on: dt.date | None = None
    response_due: dt.date | None = None
    days_abroad: Annotated[int, Field(ge=0, le=10_000)] | None = None
    six_years_end: dt.date | None = None
    labor_certification_filed_on: dt.date | None = None


class USJob(Answers):
    """The present job in the United States."""

    months_with_employer: Months | None = None
    capacity: Literal["executive", "manager", "specialized_knowledge", "other"] | None = None
    employer_has_canadian_affiliate: bool | None = None


class InCanada(Answers):
    """Presence, status and permit in Canada. `months_in_province`: how long the person has lived in `province`."""

    present: bool | None = None
    status: Literal["none", "visitor", "worker", "student", "refugee_claimant"] | None = None
    permit: Literal["none", "lmia", "exempt_employer", "open", "pgwp", "spousal_open", "h1b_open"] | None = None
    permit_expires: dt.date | None = None
    province: Province | None = None
    months_in_province: Months | None = None


class Licence(Answers):
    """A licence to practise an occupation in a province."""

    noc: NocCode | None = None
    province: Province | None = None


class Child(Answers):
    """A child."""

    birth_date: dt.date | None = None


def _given_or_none(value: Any) -> str:
    return "none" if value is False else "given"


HasNone = Annotated[Literal[False], Tag("none")]
MaybeJobOffer = Annotated[Annotated[JobOffer, Tag("given")] | HasNone, Discriminator(_given_or_none)]
MaybeCertificate = Annotated[Annotated[TradeCertificate, Tag("given")] | HasNone, Discriminator(_given_or_none)]
MaybeNomination = Annotated[Annotated[Nomination, Tag("given")] | HasNone, Discriminator(_given_or_none)]


class Partner(Answers):
    """The spouse or common-law partner. From `citizenships` on: what only matters once the partner applies."""

    accompanying: bool | None = None
    canadian_citizen_or_pr: bool | None = None
    birth_date: dt.date | None = None
    education: tuple[Education, ...] | None = None
    language_tests: tuple[LanguageTest, ...] | None = None
    work: tuple[Work, ...] | None = None
    canada: InCanada | None = None
    job_offer: MaybeJobOffer | None = None
    citizenships: tuple[Country, ...] | None = None
    residence: Country | None = None
    trade_certificate: MaybeCertificate | None = None
    nomination: MaybeNomination | None = None
    h1b: H1B | None = None
    us_job: USJob | None = None
    express_entry_profile: bool | None = None
    licensed_in_canada: tuple[Licence, ...] | None = None
    us_permanent_resident: bool | None = None
    permanent_residences: tuple[Country, ...] | None = None
    invitation_letters: tuple[str, ...] | None = None


class Profile(Answers):
    """An applicant's answers on a day. `permanent_residences`: countries that gave permanent residence."""

    id: Any = None
    as_of: dt.date
    birth_date: dt.date | None = None
    citizenships: tuple[Country, ...] | None = None
    residence: Country | None = None
    marital_status: MaritalStatus | None = None
    partner: Partner | None = None
    education: tuple[Education, ...] | None = None
    language_tests: tuple[LanguageTest, ...] | None = None
    work: tuple[Work, ...] | None = None
    trade_certificate: MaybeCertificate | None = None
    job_offer: MaybeJobOffer | None = None
    nomination: MaybeNomination | None = None
    relatives_in_canada: tuple[Relative, ...] | None = None
    settlement_funds_cad: Money | None = None
    family_size: Annotated[int, Field(ge=1, le=50)] | None = None
    provinces_of_interest: tuple[Province, ...] | None = None
    h1b: H1B | None = None
    us_job: USJob | None = None
    canada: InCanada | None = None
    express_entry_profile: bool | None = None
    licensed_in_canada: tuple[Licence, ...] | None = None
    annual_family_income_cad: Money | None = None
    children: tuple[Child, ...] | None = None
    us_permanent_resident: bool | None = None
    permanent_residences: tuple[Country, ...] | None = None
    intends_to_live_in: tuple[Province, ...] | None = None
    invitation_letters: tuple[str, ...] | None = None


PARTNERED = frozenset({"married", "common_law"})
