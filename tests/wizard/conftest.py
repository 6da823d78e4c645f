"""The questionnaire with the rules of the repository's packs, without loading them into a database."""

import datetime as dt

import pytest
from django.test import Client

from eligibility.answers import store
from eligibility.occupations import search
from eligibility.occupations.titles import TitleIndex
from eligibility.wizard import clock
from programs import store as rules_store
from programs.rulebook import Rulebook
from tests.occupations.titles import title_index
from tests.seeded import seeded_rulebook
from tests.wizard.visitor import TODAY, Visitor


@pytest.fixture(scope="session")
def seeded() -> Rulebook:
    """The rulebook of the repository's packs."""
    return seeded_rulebook()


@pytest.fixture(scope="session")
def job_titles() -> TitleIndex:
    """The index of the repository's job titles."""
    return title_index()


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch, seeded: Rulebook, job_titles: TitleIndex) -> None:
    monkeypatch.setattr(rules_store, "current", lambda: seeded)
    monkeypatch.setattr(search, "current_index", lambda: job_titles)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    store.purging.make_due()


@pytest.fixture
def asha(db: None, client: Client) -> Visitor:
    """Asha, at the first question."""
    return Visitor(client)


@pytest.fixture
def today() -> dt.date:
    """The day on which all of this happens."""
    return TODAY
