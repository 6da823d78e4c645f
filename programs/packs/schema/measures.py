"""Measures: what a condition or a table's axis looks at, and the tests that carry parameters.

A *fact* is one entry of the vocabulary. An experience, a credential or a relative is looked for with
parameters of its own, because the official rules ask each in their own way (an FSW year is continuous and
in one occupation, a CEC year is not).
"""

from typing import Annotated, Literal

from pydantic import Field

from programs.packs.schema.common import Country, Document, Identifier, NocCode, Province

Person = Literal["applicant", "partner"]
OccupationOf = Literal["job_offer", "main_occupation", "trade_certificate", "partner_job_offer"]
Treatment = Literal["counted", "excluded", "excluded_in_canada"]


class SameOccupation(Document):
    """Only work in the same occupation as another: `digits` 5 is the unit group, 4 the minor group."""

    of: Literal["job_offer", "trade_certificate"]
    digits: Annotated[int, Field(ge=1, le=5)] = 5


class Experience(Document):
    """Paid work that is counted, in full-time equivalent, under the parameters a rule sets.

    Attributes:
        countries / not_countries: where the work was done.
        provinces: in which provinces (implies Canada).
        teer, occupation_list, not_occupation_list, nocs: which occupations.
        window_years / window_months: how far back it counts; periods are cut to it.
        not_last_years: work of so many last years is left out (years six to ten before, say).
        continuous: only the longest unbroken stretch counts.
        one_occupation: only the unit group with the most time counts.
        same_as: only work in the occupation of the offer or the certificate.
        present_employer: only work for the employer who makes the job offer.
        self_employed, student, unauthorized: whether such work counts.
        canadian_employer: in Canada, only work for an employer in Canada.
        after_qualification: only work after the day the person qualified in the trade.
        full_time_only: part-time work is left out instead of counted pro rata.
        minimum_job_months: jobs shorter than this are left out.

    """

    person: Person = "applicant"
    countries: tuple[Country, ...] = ()
    not_countries: tuple[Country, ...] = ()
    provinces: tuple[Province, ...] = ()
    not_provinces: tuple[Province, ...] = ()
    teer: tuple[Annotated[int, Field(ge=0, le=5)], ...] = ()
    nocs: tuple[NocCode, ...] = ()
    occupation_list: Identifier | None = None
    not_occupation_list: Identifier | None = None
    window_years: Annotated[int, Field(ge=1, le=50)] | None = None
    window_months: Annotated[int, Field(ge=1, le=600)] | None = None
    not_last_years: Annotated[int, Field(ge=1, le=50)] | None = None
    continuous: bool = False
    one_occupation: bool = False
    same_as: SameOccupation | None = None
    present_employer: bool = False
    self_employed: Treatment = "counted"
    student: Treatment = "counted"
    unauthorized: Treatment = "excluded_in_canada"
    canadian_employer: bool = True
    after_qualification: bool = False
    full_time_only: bool = False
    minimum_job_months: Annotated[int, Field(ge=1, le=120)] | None = None


class Credential(Document):
    """Study and credentials, under the parameters a rule sets.

    Attributes:
        countries / provinces: where it was earned.
        levels: which levels of program count (all when empty).
        finished: only completed credentials (otherwise study that is still going on, too).
        assessed: foreign credentials only with an assessment (ECA) that is still valid.
        completed_within_years: only credentials finished in the last so many years.
        gives: `level` (the highest), `study_years` (years studied in Canada) or `count`.

    """

    person: Person = "applicant"
    countries: tuple[Country, ...] = ()
    provinces: tuple[Province, ...] = ()
    levels: tuple[str, ...] = ()
    finished: bool = True
    assessed: bool = True
    completed_within_years: Annotated[int, Field(ge=1, le=50)] | None = None
    gives: Literal["level", "study_years", "count"] = "level"


class Relative(Document):
    """A relative living in Canada, of the applicant or of a partner who counts."""

    relations: tuple[str, ...]
    statuses: tuple[Literal["citizen", "permanent_resident"], ...] = ("citizen", "permanent_resident")
    provinces: tuple[Province, ...] = ()
    adult: bool = True
    of: tuple[Person, ...] = ("applicant", "partner")


class ListLevel(Document):
    """The level (or another figure) that an occupation list gives an occupation."""

    occupation_list: Identifier
    of: OccupationOf
    column: str = "level"


class Measure(Document):
    """Exactly one of the things that can be measured, with the unit an experience is counted in."""

    fact: str | None = None
    experience: Experience | None = None
    credential: Credential | None = None
    list_level: ListLevel | None = None
    grid: Identifier | None = None
    unit: Literal["years", "months", "hours"] | None = None

    def model_post_init(self, _context: object) -> None:
        """Refuse a measure that names none or several things."""
        kinds = (self.fact, self.experience, self.credential, self.list_level, self.grid)
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("name exactly one of fact, experience, credential, list_level, grid")
        if (self.experience is not None) != (self.unit is not None):
            raise ValueError("an experience needs a unit (years, months or hours); nothing else takes one")
