"""The parts of a profile that facts rest on, as plain answers: who gave the same answers has the same facts.

Free text (a job's title, a field of study) decides nothing, and is left out.
"""

from collections.abc import Callable, Hashable, Sequence
from operator import itemgetter
from typing import Any

from eligibility.profile.model import (
    H1B,
    Answers,
    Education,
    Employer,
    InCanada,
    JobOffer,
    LanguageTest,
    Nomination,
    Partner,
    Profile,
    Relative,
    TradeCertificate,
    USJob,
    Work,
)

Part = Callable[[Profile], Hashable]
Plain = tuple[Any, ...]


def _all_but(model: type[Answers], *left_out: str) -> Callable[[dict[str, Any]], Plain]:
    """What takes the answers out of a part, in the order of its fields."""
    return itemgetter(*[name for name in model.model_fields if name not in left_out])


_OF_JOB = _all_but(Work, "title")
_OF_STUDY = _all_but(Education, "field")
_OF_TEST = _all_but(LanguageTest)
_OF_CANADA = _all_but(InCanada)
_OF_OFFER = _all_but(JobOffer, "employer")
_OF_EMPLOYER = _all_but(Employer)
_OF_CERTIFICATE = _all_but(TradeCertificate)
_OF_NOMINATION = _all_but(Nomination)
_OF_RELATIVE = _all_but(Relative)
_OF_H1B = _all_but(H1B)
_OF_US_JOB = _all_but(USJob)
_NO_PARTNER = Partner()


def jobs(work: Sequence[Work] | None) -> Plain | None:
    """Jobs."""
    return None if work is None else tuple([_OF_JOB(job.__dict__) for job in work])


def studies(education: Sequence[Education] | None) -> Plain | None:
    """Credentials, and studies that go on."""
    return None if education is None else tuple([_OF_STUDY(item.__dict__) for item in education])


def tests(language_tests: Sequence[LanguageTest] | None) -> Plain | None:
    """Language results."""
    return None if language_tests is None else tuple([_OF_TEST(test.__dict__) for test in language_tests])


def _offer(offer: Any) -> Any:
    """A job offer; as it stands where there is none, or none is known."""
    if not offer:
        return offer
    employer = offer.employer
    return _OF_OFFER(offer.__dict__), employer and _OF_EMPLOYER(employer.__dict__)


def age(profile: Profile) -> Plain:
    """The day the person was born, and today."""
    return profile.as_of, profile.birth_date


def place(profile: Profile) -> Plain:
    """Where the person lives, and presence, status and permit in Canada."""
    canada = profile.canada
    return profile.as_of, profile.residence, canada and _OF_CANADA(canada.__dict__)


def offer(profile: Profile) -> Any:
    """The job offer, and whether the person is there already. Without an offer the rest decides nothing."""
    given = profile.job_offer
    if given is False:
        return False
    canada = profile.canada
    return _offer(given), profile.residence, canada and canada.present


def held(profile: Profile) -> Plain:
    """The trade certificate and the nomination."""
    certificate, nomination = profile.trade_certificate, profile.nomination
    return (
        certificate and _OF_CERTIFICATE(certificate.__dict__),
        nomination and _OF_NOMINATION(nomination.__dict__),
    )


def in_us(profile: Profile) -> Plain:
    """Status and job in the United States."""
    h1b, job = profile.h1b, profile.us_job
    return (
        profile.as_of,
        profile.residence,
        h1b and _OF_H1B(h1b.__dict__),
        job and _OF_US_JOB(job.__dict__),
    )


def meant(profile: Profile) -> Plain:
    """Where the person belongs and means to live, and what they hold ready for it."""
    licences = profile.licensed_in_canada
    return (
        profile.citizenships,
        profile.permanent_residences,
        profile.us_permanent_resident,
        profile.intends_to_live_in,
        profile.provinces_of_interest,
        profile.express_entry_profile,
        profile.invitation_letters,
        licences and tuple([licence.province for licence in licences]),
    )


def money(profile: Profile) -> Plain:
    """Settlement funds and income."""
    return profile.settlement_funds_cad, profile.annual_family_income_cad


def couple(profile: Profile) -> Plain:
    """Whether there is a partner, and one who comes along."""
    partner = profile.partner
    return profile.marital_status, partner and (partner.accompanying, partner.canadian_citizen_or_pr)


def family(profile: Profile) -> Plain:
    """Partner, children and the family's size."""
    partner, children = profile.partner, profile.children
    return (
        profile.as_of,
        profile.marital_status,
        profile.family_size,
        partner and (partner.accompanying, partner.canadian_citizen_or_pr),
        children and tuple([child.birth_date for child in children]),
    )


def of_partner(profile: Profile) -> Plain:
    """The partner's presence in Canada and job offer."""
    partner = profile.partner or _NO_PARTNER
    canada = partner.canada
    return profile.as_of, profile.marital_status, canada and _OF_CANADA(canada.__dict__), _offer(partner.job_offer)


def relatives(profile: Profile) -> Plain | None:
    """Relatives in Canada."""
    given = profile.relatives_in_canada
    return None if given is None else tuple([_OF_RELATIVE(one.__dict__) for one in given])


def estimates(profile: Profile) -> bool:
    """Whether some of the person's language levels are their own estimate."""
    return True in [test.estimated for test in profile.language_tests or ()]


def around_work(profile: Profile) -> Plain:
    """What work is held against: the occupation offered or certified, and whether the person is there already."""
    given, certificate, canada = profile.job_offer, profile.trade_certificate, profile.canada
    return (
        given and (given.noc, given.works_there_now),
        certificate and (certificate.noc,),
        canada and canada.present,
        profile.residence,
    )
