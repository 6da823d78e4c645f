"""The rulebook of the repository's packs, read once."""

from collections.abc import Callable
from typing import Any

import pytest

from eligibility.engine import Assessment, assess
from eligibility.profile import read_profile
from programs.rulebook import Rulebook
from tests.seeded import seeded_rulebook


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook of the repository's packs."""
    return seeded_rulebook()


Assess = Callable[[dict[str, Any]], Assessment]


@pytest.fixture(scope="session")
def assess_profile(rulebook: Rulebook) -> Assess:
    """Assess a profile written as a dictionary."""

    def run(written: dict[str, Any]) -> Assessment:
        profile = read_profile(written)
        return assess(profile, rulebook.on(profile.as_of))

    return run
