"""Facts: typed values, known, unknown or estimated, derived from a profile as of its date. No Django here."""

from eligibility.facts.derive import STUDIED, Facts, branches

__all__ = ["STUDIED", "Facts", "branches"]
