"""Facts about the job offer, the employer, what one holds in Canada, and the US side."""

from collections.abc import Callable
from typing import Any

from eligibility.facts import parts, permit
from eligibility.facts.permit import Derivation, in_canada
from eligibility.facts.values import (
    ANYTHING,
    DOES_NOT_APPLY,
    INFINITE,
    Value,
    known,
    name,
    number,
    truth,
    unknown_number,
    unknown_truth,
)
from eligibility.profile.model import JobOffer, Profile
from programs.rulebook import RulebookInForce


def _offer(get: Callable[[JobOffer], Value]) -> Derivation:
    """A fact of the job offer: does not apply without one, not known while it is not known whether there is one."""

    def derive(profile: Profile, _book: RulebookInForce) -> Value:
        if profile.job_offer is False:
            return DOES_NOT_APPLY
        if profile.job_offer is None:
            return get(JobOffer())._replace(missing=("job_offer",))
        return get(profile.job_offer)

    return derive


def _employer(attribute: str, make: Callable[..., Value]) -> Derivation:
    path = f"job_offer.employer.{attribute}"
    return _offer(lambda offer: make(getattr(offer.employer, attribute) if offer.employer else None, path))


def job_offer(profile: Profile, _book: RulebookInForce) -> Value:
    """Whether there is a job offer in Canada."""
    return truth(None if profile.job_offer is None else profile.job_offer is not False, "job_offer")


def _teer(profile: Profile, book: RulebookInForce) -> Value:
    offer = profile.job_offer
    if offer is False:
        return DOES_NOT_APPLY
    if offer is None or offer.noc is None:
        return unknown_number("job_offer.noc", high=5)
    return known(book.occupations[offer.noc].teer)


def _months(offer: JobOffer) -> Value:
    """A permanent offer has no end, so it is longer than any number of months."""
    if offer.permanent is True:
        return known(INFINITE)
    if offer.duration_months is None:
        return unknown_number("job_offer.duration_months", "job_offer.permanent")
    if offer.permanent is None:
        return Value(offer.duration_months, INFINITE, ("job_offer.permanent",))
    return known(offer.duration_months)


def works_there(profile: Profile, book: RulebookInForce) -> Value:
    """Whether the person works in Canada for the employer who makes the offer."""
    offer = profile.job_offer
    if offer is False or in_canada(profile, book).high is False:
        return known(False)
    return truth(offer.works_there_now if offer else None, "job_offer.works_there_now")


def _months_there(profile: Profile, book: RulebookInForce) -> Value:
    offer = profile.job_offer
    if offer is False:
        return known(0)
    if offer is not None and offer.months_in_this_job is not None:
        return known(offer.months_in_this_job)
    if in_canada(profile, book).high is False:
        return known(0)
    return unknown_number("job_offer.months_in_this_job")


def hourly_wage(offer: JobOffer) -> Value:
    """The hourly wage: as said, or the yearly wage spread over the offer's hours."""
    if offer.hourly_wage is not None:
        return known(offer.hourly_wage)
    if offer.annual_wage is not None and offer.hours_per_week is not None:
        return known(round(offer.annual_wage / (52 * offer.hours_per_week), 2))
    return unknown_number("job_offer.hourly_wage")


def annual_wage(offer: JobOffer) -> Value:
    """The yearly wage: as said, or the hourly wage over the offer's hours."""
    if offer.annual_wage is not None:
        return known(offer.annual_wage)
    if offer.hourly_wage is not None and offer.hours_per_week is not None:
        return known(round(offer.hourly_wage * 52 * offer.hours_per_week, 2))
    return unknown_number("job_offer.annual_wage")


def _set(values: Any, path: str) -> Value:
    return Value(frozenset(), ANYTHING, (path,)) if values is None else known(frozenset(values))


def _yes(attribute: str) -> Derivation:
    return _offer(lambda offer: truth(getattr(offer, attribute), f"job_offer.{attribute}"))


def _named(attribute: str) -> Derivation:
    return _offer(lambda offer: name(getattr(offer, attribute), f"job_offer.{attribute}"))


def _figure(attribute: str) -> Derivation:
    return _offer(lambda offer: number(getattr(offer, attribute), f"job_offer.{attribute}"))


def _part(part: str, attribute: str, make: Callable[..., Value]) -> Derivation:
    """A fact that stands in one field of one part of the profile."""

    def derive(profile: Profile, _book: RulebookInForce) -> Value:
        given = getattr(profile, part)
        return make(getattr(given, attribute) if given is not None else None, f"{part}.{attribute}")

    return derive


def _held(part: str, attribute: str, make: Callable[..., Value]) -> Derivation:
    """A fact of something one may or may not hold (a nomination, a certificate)."""

    def derive(profile: Profile, _book: RulebookInForce) -> Value:
        given = getattr(profile, part)
        if given is False:
            return known(False) if make is truth else DOES_NOT_APPLY
        return make(getattr(given, attribute) if given is not None else None, f"{part}.{attribute}" if given else part)

    return derive


def _holds(part: str) -> Derivation:
    def derive(profile: Profile, _book: RulebookInForce) -> Value:
        given = getattr(profile, part)
        return truth(None if given is None else given is not False, part)

    return derive


def _visa_valid(profile: Profile, _book: RulebookInForce) -> Value:
    h1b = profile.h1b
    if h1b is not None and h1b.visa_valid_until is not None:
        return known(h1b.visa_valid_until >= profile.as_of)
    if h1b is not None and h1b.status in ("none", "not_selected"):
        return known(False)
    return unknown_truth("h1b.visa_valid_until")


def _lives_in_us(profile: Profile, _book: RulebookInForce) -> Value:
    if profile.h1b is not None and profile.h1b.lives_in_us is not None:
        return known(profile.h1b.lives_in_us)
    return truth(None if profile.residence is None else profile.residence == "US", "h1b.lives_in_us", "residence")


def _sector(offer: JobOffer) -> Value:
    naics = offer.employer.naics if offer.employer else None
    return name(naics[:2] if naics else None, "job_offer.employer.naics")


def _permanent_residences(profile: Profile, _book: RulebookInForce) -> Value:
    """The countries of permanent residence; a permanent resident of the United States has that one at least."""
    surely = frozenset(profile.permanent_residences or ()) | ({"US"} if profile.us_permanent_resident else frozenset())
    if profile.permanent_residences is None:
        return Value(surely, ANYTHING, ("permanent_residences",))
    return known(surely)


def _intends_quebec(profile: Profile, _book: RulebookInForce) -> Value:
    """Whether the person means to live in Quebec: said outright, or the only province of interest."""
    meant = profile.intends_to_live_in
    if meant:
        return truth(None if set(meant) > {"QC"} else set(meant) == {"QC"}, "intends_to_live_in")
    interest = profile.provinces_of_interest
    if interest:
        return known(set(interest) == {"QC"})
    return known(False) if meant is not None or interest is not None else unknown_truth("intends_to_live_in")


# By the part of the profile that they rest on: of who gave the same answers there they are the same.
BY_PART: dict[parts.Part, dict[str, Derivation]] = {
    **permit.DERIVATIONS,
    parts.offer: {
        "job_offer": job_offer,
        "job_offer_teer": _teer,
        "job_offer_noc": _named("noc"),
        "job_offer_major_group": _offer(lambda o: name(o.noc[:2] if o.noc else None, "job_offer.noc")),
        "job_offer_province": _named("province"),
        "job_offer_hours": _figure("hours_per_week"),
        "job_offer_permanent": _yes("permanent"),
        "job_offer_months": _offer(_months),
        "job_offer_annual_wage": _offer(annual_wage),
        "job_offer_hourly_wage": _offer(hourly_wage),
        "job_offer_local_median_hourly_wage": _figure("local_median_hourly_wage"),
        "job_offer_lmia": _named("lmia"),
        "job_offer_intra_company": _yes("intra_company"),
        "job_offer_seasonal": _yes("seasonal"),
        "job_offer_region": _named("region"),
        "job_offer_supports_nomination": _yes("supports_nomination"),
        "job_offer_cusma_profession": _named("cusma_profession"),
        "offer_from_government_mission": _yes("from_government_mission"),
        "works_for_offering_employer": works_there,
        "months_in_offered_job": _months_there,
        "employer_years_in_business": _figure("employer_years_in_business"),
        "employer_years_in_province": _employer("years_in_province", number),
        "employer_full_time_staff": _employer("full_time_staff", number),
        "employer_annual_revenue": _employer("annual_revenue_cad", number),
        "employer_naics": _employer("naics", name),
        "employer_sector": _offer(_sector),
        "employer_public_body": _employer("public_body", truth),
        "employer_applicant_ownership": _employer("applicant_ownership_percent", number),
        "employer_category_a_referral": _employer("category_a_referral", truth),
        "employer_designated_for": _employer("designated_for", _set),
        "employer_confirms_language": _employer("confirms_language", truth),
        "category_a_positions_this_year": _employer("category_a_positions_this_year", number),
    },
    parts.held: {
        "trade_certificate": _holds("trade_certificate"),
        "trade_certificate_province": _held("trade_certificate", "province", name),
        "nomination": _holds("nomination"),
        "nomination_express_entry": _held("nomination", "express_entry", truth),
        "nomination_province": _held("nomination", "province", name),
        "nomination_support_letter": _held("nomination", "support_letter", truth),
    },
    parts.in_us: {
        "h1b_status": _part("h1b", "status", name),
        "h1b_visa_valid": _visa_valid,
        "lives_in_us": _lives_in_us,
        "us_months_with_employer": _part("us_job", "months_with_employer", number),
        "us_job_capacity": _part("us_job", "capacity", name),
        "us_employer_has_canadian_affiliate": _part("us_job", "employer_has_canadian_affiliate", truth),
    },
    parts.meant: {
        "us_permanent_resident": lambda p, _b: truth(p.us_permanent_resident, "us_permanent_resident"),
        "intends_provinces": lambda p, _b: _set(p.intends_to_live_in, "intends_to_live_in"),
        "intends_quebec": _intends_quebec,
        "express_entry_profile": lambda p, _b: truth(p.express_entry_profile, "express_entry_profile"),
        "citizenships": lambda p, _b: _set(p.citizenships, "citizenships"),
        "permanent_residences": _permanent_residences,
        "licensed_provinces": lambda p, _b: _set(
            None if p.licensed_in_canada is None else [x.province for x in p.licensed_in_canada if x.province],
            "licensed_in_canada",
        ),
        "invitation_letters": lambda p, _b: _set(p.invitation_letters, "invitation_letters"),
    },
    parts.money: {
        "settlement_funds": lambda p, _b: number(p.settlement_funds_cad, "settlement_funds_cad"),
        "annual_family_income": lambda p, _b: number(p.annual_family_income_cad, "annual_family_income_cad"),
    },
}
DERIVATIONS = {key: derive for found in BY_PART.values() for key, derive in found.items()}
RESTS_ON = {key: part for part, found in BY_PART.items() for key in found}
