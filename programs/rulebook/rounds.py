"""Rounds of invitations, as the rulebook holds them."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Round:
    """One Express Entry round.

    `kind` says whom it was for: `general`, a program's id, or a category's slug, told apart by `round_type`.
    A cut-off that includes nomination points could only be reached by people who hold a nomination.
    """

    number: str
    date: dt.date
    kind: str
    round_type: Literal["general", "program", "category"]
    name: str
    invitations: int
    cutoff: int | None
    includes_nomination_points: bool
    source: str

    @property
    def program(self) -> str | None:
        """The id of the program or category that one had to be in; None for a general round."""
        return {"general": None, "program": self.kind, "category": f"category-{self.kind}"}[self.round_type]
