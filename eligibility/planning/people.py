"""The two people of a profile, as levers name them: `applicant` and `partner`."""

from typing import Any

from eligibility.planning.copies import copied
from eligibility.profile.model import Partner, Profile


def one_of(profile: Profile, person: str) -> Profile | Partner:
    """The applicant, or the partner; one of whom nothing is known where there is none."""
    return profile if person == "applicant" else profile.partner or Partner()


def with_answers_of(profile: Profile, person: str, update: dict[str, Any]) -> Profile:
    """The profile with answers of one of the two people replaced."""
    if person == "applicant":
        return copied(profile, **update)
    partner = profile.partner or Partner()
    return copied(profile, partner=copied(partner, **update))
