"""What a profile's shape cannot tell: codes and scores are held against the rulebook."""

from collections.abc import Iterator

from eligibility.facts.language import check_test, was_found_right
from eligibility.facts.prepared import prepared
from eligibility.profile.errors import ProfileError, together
from eligibility.profile.model import JobOffer, Licence, Partner, Profile, TradeCertificate
from programs.rulebook import RulebookInForce


def _codes(profile: Profile) -> Iterator[tuple[str, str | None]]:
    for prefix, person in (("", profile), ("partner.", profile.partner)):
        if person is None:
            continue
        for index, job in enumerate(person.work or ()):
            yield f"{prefix}work[{index}].noc", job.noc
        if isinstance(person.job_offer, JobOffer):
            yield f"{prefix}job_offer.noc", person.job_offer.noc
    if isinstance(profile.trade_certificate, TradeCertificate):
        yield "trade_certificate.noc", profile.trade_certificate.noc
    licences: tuple[Licence, ...] = profile.licensed_in_canada or ()
    for index, licence in enumerate(licences):
        yield f"licensed_in_canada[{index}].noc", licence.noc


def _names_unknown_code(profile: Profile, book: RulebookInForce) -> bool:
    """Whether some code is unknown: asked first, since finding out which takes longer and is seldom needed."""
    known, partner = book.occupations, profile.partner
    people: tuple[Profile | Partner, ...] = (profile,) if partner is None else (profile, partner)
    for person in people:
        for job in person.work or ():
            if job.noc is not None and job.noc not in known:
                return True
        if person.job_offer and person.job_offer.noc is not None and person.job_offer.noc not in known:
            return True
    held: tuple[TradeCertificate | Licence, ...] = profile.licensed_in_canada or ()
    if profile.trade_certificate:
        held = (*held, profile.trade_certificate)
    return any(one.noc is not None and one.noc not in known for one in held) if held else False


def check_profile(profile: Profile, book: RulebookInForce) -> None:
    """Refuse unknown occupation codes, tests and scores.

    Raises:
        ProfileError: naming the field, what is wrong and what would be right; it knows everything else that is wrong.

    """
    if "counting" not in book.tables:
        raise ProfileError("as_of", f"the rulebook has no rules in force on {profile.as_of}")
    errors = [
        ProfileError(field, f"{code} is not a unit group of NOC 2021; look its five digits up by job title")
        for field, code in (_codes(profile) if _names_unknown_code(profile, book) else ())
        if code is not None and code not in book.occupations
    ]
    kept, day = prepared(book), profile.as_of
    for prefix, person in (("", profile), ("partner.", profile.partner)):
        for index, test in enumerate((person.language_tests if person else None) or ()):
            if was_found_right(test, day, kept):
                continue
            try:
                check_test(test, f"{prefix}language_tests[{index}]", day, book)
            except ProfileError as error:
                errors += error.all
    if errors:
        raise together(errors)
