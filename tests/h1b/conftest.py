"""The rules of the repository's packs, and a day that stands still."""

import datetime as dt

import pytest

from eligibility.h1b.clock import situations
from eligibility.wizard import clock as wizard_clock
from programs import store
from programs.packs.schema import H1BSituations
from programs.packs.schema.receipts import ReceiptNumbers
from programs.rulebook import Rulebook
from tests.seeded import seeded_rulebook
from tests.wizard.visitor import TODAY


@pytest.fixture(scope="session")
def seeded() -> Rulebook:
    """The rulebook of the repository's packs, read once."""
    return seeded_rulebook()


@pytest.fixture(scope="session")
def document(seeded: Rulebook) -> H1BSituations:
    """What it says of H-1B workers."""
    found = situations(seeded)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def receipt_rules(document: H1BSituations) -> ReceiptNumbers:
    """What it says of receipt numbers."""
    assert document.receipt_numbers is not None
    return document.receipt_numbers


@pytest.fixture
def rules(seeded: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """The same, in force, on the day of the tests."""
    monkeypatch.setattr(store, "current", lambda: seeded)
    monkeypatch.setattr(wizard_clock, "today", lambda: TODAY)
    return seeded


@pytest.fixture
def today() -> dt.date:
    """The day on which all of this happens."""
    return TODAY
