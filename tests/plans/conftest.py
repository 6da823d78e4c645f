"""The repository's own rules, as the rulebook in force."""

from tests.results.conftest import rules, seeded

__all__ = ["rules", "seeded"]
