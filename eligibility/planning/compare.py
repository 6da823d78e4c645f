"""Which of the two should apply: the ways in which a couple could do it, side by side."""

from dataclasses import dataclass
from typing import Any

from eligibility.engine import Assessment, assess
from eligibility.engine.fulfilled import FULFILLED
from eligibility.planning.swap import arrangements
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to apply: `you_together`, `you_alone`, `partner_together` or `partner_alone`."""

    id: str
    profile: Profile
    assessment: Assessment

    @property
    def open_programs(self) -> tuple[str, ...]:
        """The programs that the one who applies qualifies for."""
        return tuple(one.id for one in self.assessment.programs if one.verdict in FULFILLED)

    def as_json(self) -> dict[str, Any]:
        """The arrangement as plain values, the profile included."""
        return {
            "id": self.id,
            "scores": {key: score.total for key, score in self.assessment.scores.items()},
            "open_programs": list(self.open_programs),
            "profile": self.profile.model_dump(mode="json", exclude_none=True),
        }


def compare(profile: Profile, rulebook: Rulebook) -> tuple[Arrangement, ...]:
    """Every way in which the couple could apply, as of the profile's day.

    Raises:
        ValueError: where nobody could take the applicant's place.

    """
    book = rulebook.on(profile.as_of)
    return tuple(Arrangement(key, one, assess(one, book)) for key, one in arrangements(profile).items())
