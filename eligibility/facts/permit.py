"""Facts about presence, status and permit in Canada, of the applicant and of the partner, and the partner's offer."""

import datetime as dt
from collections.abc import Callable

from eligibility.facts import parts
from eligibility.facts.dates import completed_months
from eligibility.facts.family import has_partner
from eligibility.facts.values import (
    ANYTHING,
    DOES_NOT_APPLY,
    Value,
    all_of,
    known,
    name,
    truth,
    unknown_name,
    unknown_number,
)
from eligibility.profile.model import InCanada, JobOffer, Partner, Profile
from programs.rulebook import RulebookInForce

Derivation = Callable[[Profile, RulebookInForce], Value]


def in_canada(profile: Profile, _book: RulebookInForce) -> Value:
    """Whether the person is in Canada: as said, or else by where they live."""
    if profile.canada is not None and profile.canada.present is not None:
        return known(profile.canada.present)
    return truth(None if profile.residence is None else profile.residence == "CA", "canada.present", "residence")


def _permit(canada: InCanada | None, inside: Value, as_of: dt.date, path: str) -> Value:
    if canada is not None and canada.permit is not None:
        expired = canada.permit_expires is not None and canada.permit_expires < as_of
        return known("none" if expired else canada.permit)
    if inside.high is False or (canada is not None and canada.status in ("none", "visitor")):
        return known("none")
    return unknown_name(f"{path}.permit")


def _months_left(canada: InCanada | None, permit: Value, as_of: dt.date, path: str) -> Value:
    if permit.low == "none":
        return known(0)
    if canada is None or canada.permit_expires is None:
        return unknown_number(*permit.missing, f"{path}.permit_expires")
    months = completed_months(as_of, canada.permit_expires)
    return known(months) if permit.is_known or months == 0 else Value(0, months, permit.missing)


def _status(canada: InCanada | None, inside: Value, path: str) -> Value:
    if canada is not None and canada.status is not None:
        return known(canada.status)
    return known("none") if inside.high is False else unknown_name(f"{path}.status")


def canada_permit(profile: Profile, book: RulebookInForce) -> Value:
    """The work permit held in Canada; `none` for someone who is not in Canada and names no permit."""
    return _permit(profile.canada, in_canada(profile, book), profile.as_of, "canada")


def permit_months_left(profile: Profile, book: RulebookInForce) -> Value:
    """The whole months that the work permit still runs; none without a permit."""
    return _months_left(profile.canada, canada_permit(profile, book), profile.as_of, "canada")


def canada_status(profile: Profile, book: RulebookInForce) -> Value:
    """The status held in Canada; `none` for someone who is not there."""
    return _status(profile.canada, in_canada(profile, book), "canada")


def months_in_province(profile: Profile, book: RulebookInForce) -> Value:
    """How many months the person has lived in the province they are in; none for someone outside Canada."""
    if profile.canada is not None and profile.canada.months_in_province is not None:
        return known(profile.canada.months_in_province)
    return known(0) if in_canada(profile, book).high is False else unknown_number("canada.months_in_province")


def authorized_to_work(profile: Profile, book: RulebookInForce) -> Value:
    """Whether the person is in Canada with a work permit."""
    permit = canada_permit(profile, book)
    inside = in_canada(profile, book)
    holds = None if permit.low is ANYTHING else permit.low != "none"
    return truth(all_of((holds, inside.low if inside.is_known else None)), *permit.missing, *inside.missing)


def _of_partner(without: Value, get: Callable[[Partner, Profile, RulebookInForce], Value]) -> Derivation:
    """A fact of the partner: `without` for someone who has none, not known while that is not known."""

    def derive(profile: Profile, book: RulebookInForce) -> Value:
        married = has_partner(profile)
        if married.high is False:
            return without
        if not married.is_known:
            return get(Partner(), profile, book)._replace(missing=married.missing)
        return get(profile.partner or Partner(), profile, book)

    return derive


def _partner_inside(partner: Partner) -> Value:
    return truth(partner.canada.present if partner.canada else None, "partner.canada.present")


def _partner_permit(partner: Partner, profile: Profile) -> Value:
    return _permit(partner.canada, _partner_inside(partner), profile.as_of, "partner.canada")


def _partner_offer(partner: Partner, _profile: Profile, _book: RulebookInForce) -> Value:
    return truth(None if partner.job_offer is None else partner.job_offer is not False, "partner.job_offer")


def _partner_offer_noc(partner: Partner, _profile: Profile, _book: RulebookInForce) -> Value:
    if partner.job_offer is False:
        return DOES_NOT_APPLY
    noc = partner.job_offer.noc if isinstance(partner.job_offer, JobOffer) else None
    return name(noc, "partner.job_offer" if partner.job_offer is None else "partner.job_offer.noc")


def _partner_offer_teer(partner: Partner, profile: Profile, book: RulebookInForce) -> Value:
    noc = _partner_offer_noc(partner, profile, book)
    if noc.low is None:
        return DOES_NOT_APPLY
    return known(book.occupations[noc.low].teer) if noc.is_known else unknown_number(*noc.missing, high=5)


# By the part of the profile that they rest on.
DERIVATIONS: dict[parts.Part, dict[str, Derivation]] = {
    parts.place: {
        "in_canada": in_canada,
        "canada_permit": canada_permit,
        "permit_months_left": permit_months_left,
        "canada_status": canada_status,
        "authorized_to_work_in_canada": authorized_to_work,
        "canada_province": lambda p, _b: name(p.canada.province if p.canada else None, "canada.province"),
        "months_in_canada_province": months_in_province,
        "residence": lambda p, _b: name(p.residence, "residence"),
    },
    parts.of_partner: {
        "partner_canada_status": _of_partner(
            DOES_NOT_APPLY, lambda partner, _p, _b: _status(partner.canada, _partner_inside(partner), "partner.canada")
        ),
        "partner_permit_months_left": _of_partner(
            known(0),
            lambda partner, p, _b: _months_left(partner.canada, _partner_permit(partner, p), p.as_of, "partner.canada"),
        ),
        "partner_job_offer": _of_partner(known(False), _partner_offer),
        "partner_job_offer_noc": _of_partner(DOES_NOT_APPLY, _partner_offer_noc),
        "partner_job_offer_teer": _of_partner(DOES_NOT_APPLY, _partner_offer_teer),
    },
}
