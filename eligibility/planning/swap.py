"""The two of us: principal applicant and partner exchanged."""

from eligibility.planning.copies import copied
from eligibility.profile.model import PARTNERED, Partner, Profile, Relative

# What each of two people has of their own, in the applicant's place and in the partner's alike.
OWN = (
    "birth_date",
    "education",
    "language_tests",
    "work",
    "canada",
    "job_offer",
    "citizenships",
    "residence",
    "trade_certificate",
    "nomination",
    "h1b",
    "us_job",
    "express_entry_profile",
    "licensed_in_canada",
    "us_permanent_resident",
    "permanent_residences",
    "invitation_letters",
)
_OTHER = {"applicant": "partner", "partner": "applicant", None: None}


def can_swap(profile: Profile) -> bool:
    """Whether there is a partner, about whom something is known, who could apply instead."""
    partner = profile.partner
    return profile.marital_status in PARTNERED and partner is not None and partner.canadian_citizen_or_pr is not True


def swap(profile: Profile) -> Profile:
    """The same two people, the other one applying. Swapping twice gives the profile back.

    What is not known about the partner stays unknown once they apply. Whether the other one comes along is kept.

    Raises:
        ValueError: where nobody could take the applicant's place.

    """
    partner = profile.partner
    if partner is None or not can_swap(profile):
        raise ValueError("there is no partner who could apply instead")
    return copied(
        profile,
        **{key: getattr(partner, key) for key in OWN},
        partner=copied(partner, **{key: getattr(profile, key) for key in OWN}),
        relatives_in_canada=_from_the_other_side(profile.relatives_in_canada),
    )


def accompanied(profile: Profile, *, accompanying: bool) -> Profile:
    """The profile with the partner coming along or not."""
    partner = profile.partner or Partner()
    return copied(profile, partner=copied(partner, accompanying=accompanying))


def arrangements(profile: Profile) -> dict[str, Profile]:
    """The ways in which two people could apply: who is the applicant, and whether the other one comes along.

    Raises:
        ValueError: where nobody could take the applicant's place.

    """
    swapped = swap(profile)
    return {
        "you_together": accompanied(profile, accompanying=True),
        "you_alone": accompanied(profile, accompanying=False),
        "partner_together": accompanied(swapped, accompanying=True),
        "partner_alone": accompanied(swapped, accompanying=False),
    }


def _from_the_other_side(relatives: tuple[Relative, ...] | None) -> tuple[Relative, ...] | None:
    if relatives is None:
        return None
    return tuple(copied(relative, of=_OTHER[relative.of]) for relative in relatives)
