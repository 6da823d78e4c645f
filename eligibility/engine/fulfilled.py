"""Which verdicts say that a program's rules are met, as far as a machine can tell. Its intake is another fact."""

from typing import Final

from eligibility.engine.assessment import Verdict

FULFILLED: Final[frozenset[Verdict]] = frozenset({"eligible", "likely"})
