"""The public site with the rules of the repository's packs, on a day that stands still. No database is needed."""

import datetime as dt

import pytest

from eligibility.wizard import clock
from programs import store
from programs.rulebook import Rulebook
from tests.seeded import seeded_rulebook

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="session")
def seeded() -> Rulebook:
    """The rulebook of the repository's packs, read once."""
    return seeded_rulebook()


@pytest.fixture(autouse=True)
def _rules(seeded: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "current", lambda: seeded)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
