"""The repository's own rules in force, and the demo people with their answers."""

from collections.abc import Callable

import pytest

from eligibility.answers import store
from eligibility.my_plan import views as my_plan
from eligibility.profile import Profile
from eligibility.results import views as results
from eligibility.timeline import views as timeline
from eligibility.wizard import clock
from tests.profiles import demo_profile
from tests.results.conftest import rules, seeded

__all__ = ["rules", "seeded"]


@pytest.fixture
def demo(rules: object, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Profile]:
    """Have one of the demo people behind every secret, on their own day."""

    def take(name: str) -> Profile:
        profile = demo_profile(name)
        monkeypatch.setattr(clock, "today", lambda: profile.as_of)
        for module in (timeline, my_plan, results):
            monkeypatch.setattr(module, "to_profile", lambda answers, today: profile)
        return profile

    return take


@pytest.fixture
def secret(db: None, demo: Callable[[str], Profile]) -> str:
    """The secret of Asha."""
    demo("asha-software-engineer")
    return store.start()
