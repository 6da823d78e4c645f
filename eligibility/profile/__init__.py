"""An applicant's answers, typed and checked. No Django here."""

from eligibility.profile.errors import ProfileError
from eligibility.profile.model import Profile
from eligibility.profile.read import read_profile

__all__ = ["Profile", "ProfileError", "read_profile"]
