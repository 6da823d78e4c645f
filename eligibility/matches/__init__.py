"""How many people of a population each program would take, and why some take nobody. No Django here."""

from eligibility.matches.count import MATCHES, Match, ProgramMatches, match_of, match_table
from eligibility.matches.markdown import NEARLY_EVERYBODY, Reason, as_markdown, explained

__all__ = [
    "MATCHES",
    "NEARLY_EVERYBODY",
    "Match",
    "ProgramMatches",
    "Reason",
    "as_markdown",
    "explained",
    "match_of",
    "match_table",
]
