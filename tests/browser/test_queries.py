"""The same as tests/wizard/test_queries.py with everything in the database that the repository brings."""

import pytest

from eligibility.answers import store as answers_store
from programs import store
from tests.wizard.test_queries import MOST, queries_of_all
from tests.wizard.visitor import Visitor

pytestmark = pytest.mark.browser


def test_every_page_asks_little_of_a_full_database(answered: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = store.current()
    monkeypatch.setattr(store, "current", lambda: rulebook)
    answers_store.purging.take_turn()
    counted = queries_of_all(answered, rulebook)
    assert not {url: number for url, number in counted.items() if number > MOST}
