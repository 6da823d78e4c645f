"""Scenarios, the two of us and what changed since: on the narrowest screen, scenarios without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_pages import NARROWEST, TOO_WIDE
from tests.wizard.visitor import MARRIED, Visitor

pytestmark = pytest.mark.browser


def test_a_copy_is_changed_compared_and_made_real(visit: Visit, answered: Visitor) -> None:
    asha = visit(**NARROWEST, java_script_enabled=False)
    asha.open(answered.url("what-if"))
    asha.page.get_by_label("Its name").fill("With more money")
    asha.press("Copy my answers")
    asha.sees("You are in the scenario “With more money”")
    asha.change("Your money")
    asha.sees("You are in the scenario “With more money”")
    asha.answer("settlement_funds_cad", "90,000")
    asha.continue_()
    asha.press("Compare it with your answers")
    asha.sees("Answers that differ", "90,000", "differs")
    assert asha.page.evaluate(TOO_WIDE) <= 0
    asha.press(re.compile(r"^Rename, use or remove\s*: With more money$"))
    asha.press("Use these answers as mine")
    asha.press("Use these answers as mine")
    asha.is_at("results")
    asha.open(answered.url("what-if"))
    asha.sees("My answers until 21 November 2026")


def test_two_people_see_their_four_ways_on_the_narrowest_screen(visit: Visit, answered: Visitor) -> None:
    answered.send("family", **MARRIED)
    asha = visit(**NARROWEST)
    for place in ("two-of-us", "since"):
        asha.open(answered.url(place))
        assert asha.page.evaluate(TOO_WIDE) <= 0, place
    asha.open(answered.url("two-of-us"))
    asha.sees("Your partner applies, you come along", "What we do not know of your partner")
    asha.press("Tell us about your partner as the applicant")
    asha.is_at("partner-self")
    expect(asha.page.get_by_role("main")).not_to_contain_text(re.compile("is not needed"))
