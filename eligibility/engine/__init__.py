"""The engine: rules and a profile in, an explained assessment out. No Django here."""

from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessment

__all__ = ["Assessment", "assess"]
