"""Real rules and real pages, and an account of how much was sent."""

from typing import Any

import pytest

from tests.fuzz.cases import sent
from tests.wizard.conftest import job_titles, seeded

__all__ = ["job_titles", "seeded"]


@pytest.fixture(autouse=True)
def _copies_no_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client keeps a copy of all that every template was given, which nobody looks at here."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_copied, **_more: None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell how many cases were sent."""
    if sent:
        terminalreporter.write_line("sent: " + ", ".join(f"{number} {kind}" for kind, number in sorted(sent.items())))
