"""The repository's own rules, without a database, for everything on the way from answers to the page."""

import pytest

from programs import store
from programs.rulebook import Rulebook
from tests.seeded import seeded_rulebook


@pytest.fixture(scope="session")
def seeded() -> Rulebook:
    """The rulebook of the repository's packs, read once."""
    return seeded_rulebook()


@pytest.fixture
def rules(seeded: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """The same, as the rulebook in force."""
    monkeypatch.setattr(store, "current", lambda: seeded)
    return seeded
