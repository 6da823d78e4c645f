"""The questionnaire with the rules of the repository's packs, without loading them into a database."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from eligibility.answers import store
from eligibility.wizard import clock, occupations
from programs import store as rules_store
from programs.models.occupations import normalised
from programs.packs.seed import seed_rulebook
from programs.rulebook import Rulebook
from tests.wizard.visitor import TODAY, Visitor

TITLES = Path(rules_store.__file__).parent / "rulepacks" / "occupations" / "noc-2021-titles.csv"


@pytest.fixture(scope="session")
def seeded() -> Rulebook:
    """The rulebook of the repository's packs."""
    return seed_rulebook()


@pytest.fixture(scope="session")
def job_titles() -> occupations.Index:
    """The index of the repository's job titles."""
    with TITLES.open(encoding="utf-8", newline="") as file:
        return occupations.Index(
            (
                row["title"],
                normalised(row["title"]),
                row["language"],
                row["noc"],
                row["kind"],
                int(row["rank"]) if row["rank"] else None,
            )
            for row in csv.DictReader(file)
        )


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch, seeded: Rulebook, job_titles: occupations.Index) -> None:
    monkeypatch.setattr(rules_store, "current", lambda: seeded)
    monkeypatch.setattr(occupations, "current_index", lambda: job_titles)
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
