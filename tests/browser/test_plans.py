"""Someone asks what it would take, chooses a plan on a narrow phone without JavaScript, and lets it go again."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.wizard.visitor import Visitor

pytestmark = pytest.mark.browser

NARROWEST = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_plan_is_found_chosen_and_let_go(visit: Visit, answered: Visitor) -> None:
    asha = visit(**NARROWEST)
    asha.open(answered.url("plan"))
    asha.page.get_by_label("How many CRS points").fill("530")
    asha.press("Find plans")
    assert asha.page.evaluate(TOO_WIDE) <= 0
    first = asha.page.get_by_role("main").locator("ol > li").first
    name = first.get_by_role("heading").inner_text()
    first.get_by_role("button", name="Choose this plan").click()
    kept = asha.page.get_by_role("region", name="Your plan")
    expect(kept).to_contain_text(name.split("\n")[0])
    asha.watch.check(asha.page)
    kept.get_by_role("button", name="Let this plan go").click()
    expect(kept).to_have_count(0)
