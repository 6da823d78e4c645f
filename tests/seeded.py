"""The rulebook of the repository's packs, without a database: read once by each process, for whoever asks first."""

from functools import cache

from programs.packs.seed import seed_rulebook
from programs.rulebook import Rulebook


@cache
def seeded_rulebook() -> Rulebook:
    """The rulebook of the packs. Reading it takes seconds, so no module of tests asks while it is imported."""
    return seed_rulebook()
