"""What levers change in a profile: pure functions, a profile in, another valid profile out.

Changes of one plan are made together, always in the same order: first time passes (study, then work in Canada, end on
the day on which everything is done), then results and papers are had on that day, and who applies is settled last.
Levers therefore speak of the two people as they are today.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from eligibility.facts import Facts
from eligibility.facts.dates import months_before
from eligibility.planning.copies import copied
from eligibility.planning.dates import months_after
from eligibility.planning.language_results import with_result
from eligibility.planning.options import Option, months_taken
from eligibility.planning.people import one_of, with_answers_of
from eligibility.planning.swap import accompanied, can_swap, swap
from eligibility.planning.touches import TAKES_TIME
from eligibility.profile.model import (
    H1B,
    Education,
    Employer,
    InCanada,
    JobOffer,
    Nomination,
    Partner,
    Profile,
    TradeCertificate,
    Work,
)
from programs.packs.schema import levers as schema
from programs.rulebook import Rulebook, RulebookInForce

ONE_DAY = dt.timedelta(days=1)
WEEKS_IN_A_YEAR = 52
CANADA = "CA"


def changed(profile: Profile, options: Sequence[Option], rulebook: Rulebook, *, on: dt.date | None = None) -> Profile:
    """The profile as it is once everything was done. A change that changes nothing leaves it alone.

    It is as of the day that is given, or else as of the first day that the months which must pass allow.
    """
    return settled(made_meanwhile(with_time_passed(profile, options, rulebook, on=on), options, rulebook), options)


def with_time_passed(
    profile: Profile, options: Sequence[Option], rulebook: Rulebook, *, on: dt.date | None = None
) -> Profile:
    """The profile on a day (the first that the months allow), with what took the time and with nothing else."""
    day = months_after(profile.as_of, months_taken(options)) if on is None else on
    result = copied(profile, as_of=day)
    for option in _in_order(options, TAKES_TIME):
        match option.change:
            case schema.FurtherCredential() as change:
                result = _with_credential(result, change, profile, options)
            case schema.CanadianWork() as change:
                result = _with_canadian_work(result, change, options)
    return result


def made_meanwhile(profile: Profile, options: Sequence[Option], rulebook: Rulebook) -> Profile:
    """The profile of the day on which everything is done, with the results and papers that are had then."""
    book = rulebook.on(profile.as_of)
    for option in _in_order(options, _MEANWHILE):
        profile = _made(profile, option, book)
    return profile


def _in_order(options: Sequence[Option], kinds: tuple[type, ...]) -> list[Option]:
    """The options of these kinds, in the order of the kinds."""
    found = [option for option in options if isinstance(option.change, kinds)]
    return sorted(found, key=lambda option: (kinds.index(type(option.change)), option.id))


def settled(profile: Profile, options: Sequence[Option]) -> Profile:
    """The profile with it settled who comes along, and then who applies, where there is somebody who could."""
    for option in _in_order(options, _LAST):
        if isinstance(option.change, schema.PartnersSwap):
            profile = swap(profile) if can_swap(profile) else profile
        else:
            profile = accompanied(profile, accompanying=False) if profile.partner else profile
    return profile


def _made(result: Profile, option: Option, book: RulebookInForce) -> Profile:
    change = option.change
    match change:
        case schema.LanguageResult():
            return with_result(result, change, book)
        case schema.CredentialAssessment():
            return _with_assessments(result, change)
        case schema.FundsShown():
            return _with_funds(result, change, book)
        case _:
            return copied(result, **_simple(result, option))


def _simple(profile: Profile, option: Option) -> dict[str, Any]:
    """What a change puts in the place of one answer."""
    change = option.change
    noc = last_occupation(profile.work)
    match change:
        case schema.NewJobOffer():
            offer = _offer(change, option.province, change.noc or option.noc or noc)
            meant = profile.intends_to_live_in or ()
            there = (_province(option.province),) if option.province and option.province not in meant else ()
            return {"job_offer": offer, "intends_to_live_in": (*meant, *there)}
        case schema.NewNomination():
            province = change.province or option.province
            return {"nomination": Nomination(province=_province(province), express_entry=change.express_entry)}
        case schema.TradeCertificateEarned():
            return {"trade_certificate": TradeCertificate(province=_province(change.province), noc=change.noc or noc)}
        case schema.ProfileMade():
            return {"express_entry_profile": True}
        case _:
            return {}


def _province(name: str | None) -> Any:
    """A province that rules name by two letters, where a profile has a closed list of them."""
    return name


def _offer(change: schema.NewJobOffer, province: str | None, noc: str | None) -> JobOffer:
    hourly = round(change.annual_wage / (WEEKS_IN_A_YEAR * change.hours_per_week), 2)
    return JobOffer(
        noc=noc,
        province=_province(province),
        hours_per_week=change.hours_per_week,
        permanent=change.permanent,
        duration_months=change.duration_months,
        annual_wage=change.annual_wage,
        hourly_wage=hourly,
        lmia=change.lmia,
        supports_nomination=change.supports_nomination,
        local_median_hourly_wage=hourly if change.pays_local_median else None,
        seasonal=False,
        intra_company=change.intra_company,
        employer_years_in_business=change.employer.years_in_business,
        employer=Employer(
            years_in_province=change.employer.years_in_province,
            full_time_staff=change.employer.full_time_staff,
            annual_revenue_cad=change.employer.annual_revenue_cad,
            applicant_ownership_percent=change.employer.applicant_ownership_percent,
        ),
    )


def last_occupation(jobs: tuple[Work, ...] | None) -> str | None:
    """The occupation of the job that goes on, or else of the one that ended last."""
    known = [job for job in jobs or () if job.noc is not None]
    last = max(known, key=lambda job: (job.end or dt.date.max, job.start or dt.date.min), default=None)
    return last.noc if last else None


def _months_of_work(person: str, options: Sequence[Option]) -> int:
    changes = [option.change for option in options]
    return sum(c.months for c in changes if isinstance(c, schema.CanadianWork) and c.person == person)


def _in_canada(person: Profile | Partner, from_day: dt.date, canada: InCanada) -> dict[str, Any]:
    """Who goes to Canada leaves the present jobs abroad the day before."""
    last = from_day - ONE_DAY
    jobs = [
        copied(job, end=last) if job.end is None and job.country != CANADA else job
        for job in person.work or ()
        if not (job.end is None and job.country != CANADA and job.start is not None and job.start > last)
    ]
    h1b = copied(person.h1b or H1B(), lives_in_us=False)
    return {"work": tuple(jobs), "canada": canada, "residence": CANADA, "h1b": h1b}


def _with_canadian_work(profile: Profile, change: schema.CanadianWork, options: Sequence[Option]) -> Profile:
    person = one_of(profile, change.person)
    start = months_before(profile.as_of, _months_of_work(change.person, options))
    noc = change.noc or last_occupation(person.work)
    held = person.canada or InCanada()
    there = copied(held, present=True, status="worker", permit=change.permit, permit_expires=None)
    moved = _in_canada(person, start, there)
    job = Work(
        noc=noc,
        country=CANADA,
        province=held.province,
        start=start,
        hours_per_week=change.hours_per_week,
        self_employed=False,
        student=False,
        authorized=True,
        paid=True,
    )
    return with_answers_of(profile, change.person, {**moved, "work": (*moved["work"], job)})


def _with_credential(
    profile: Profile, change: schema.FurtherCredential, before: Profile, options: Sequence[Option]
) -> Profile:
    person = one_of(profile, change.person)
    completed = profile.as_of
    update: dict[str, Any] = {}
    if not change.beside_work:
        completed = months_before(profile.as_of, _months_of_work(change.person, options))
        there = copied(person.canada or InCanada(), present=True, status="student")
        update = _in_canada(person, max(before.as_of, months_before(completed, change.months)), there)
    abroad = change.country != CANADA
    credential = Education(
        level=change.level,
        country=change.country,
        province=change.province,
        completed=completed,
        eca=True if abroad else None,
        eca_date=completed if abroad else None,
        canadian_study_years=change.canadian_study_years,
    )
    return with_answers_of(profile, change.person, {**update, "education": (*(person.education or ()), credential)})


def _with_assessments(profile: Profile, change: schema.CredentialAssessment) -> Profile:
    person = one_of(profile, change.person)
    studies = tuple(
        copied(item, eca=True, eca_date=profile.as_of) if _can_be_assessed(item) else item
        for item in person.education or ()
    )
    return (
        profile
        if studies == (person.education or ())
        else with_answers_of(profile, change.person, {"education": studies})
    )


def _can_be_assessed(item: Education) -> bool:
    if item.country in (CANADA, None) or item.completed is None:
        return False
    return item.eca is not True or item.eca_date is not None


def _with_funds(profile: Profile, change: schema.FundsShown, book: RulebookInForce) -> Profile:
    table, size = book.tables.get(change.table), Facts(profile, book).value("family_size")
    needed = table.figure(int(size.high)) if table is not None else None
    if needed is None or (profile.settlement_funds_cad or 0) >= needed:
        return profile
    return copied(profile, settlement_funds_cad=float(needed))


_MEANWHILE: tuple[type, ...] = (
    schema.LanguageResult,
    schema.CredentialAssessment,
    schema.NewJobOffer,
    schema.NewNomination,
    schema.TradeCertificateEarned,
    schema.FundsShown,
    schema.ProfileMade,
)
_LAST: tuple[type, ...] = (schema.PartnerStays, schema.PartnersSwap)
