"""The timeline and the plan in a browser: reflow, axe, without JavaScript, on paper, under the content policy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from eligibility.answers import store
from eligibility.my_plan.programs import choose
from eligibility.profile import Profile

pytestmark = [pytest.mark.browser]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((fold) => { fold.open = true })"


@pytest.fixture
def visit(chromium: Browser, live_server: Any, demo: Callable[[str], Profile]) -> Iterator[Callable[..., Page]]:
    """Open a page of Asha's, who chose two programs; nothing may be complained of."""
    demo("asha-software-engineer")
    secret = store.start()
    with store.change(secret) as answers:
        choose(answers.beside, ["fsw", "federal-gts-category-b"])
    contexts, complaints = [], []

    def go(place: str, width: int, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.goto(f"{live_server.url}/a/{secret}/{place}/")
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("place", ["timeline", "my-plan"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(visit, place: str, width: int, scheme: str) -> None:
    page = visit(place, width, color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(OPEN_EVERYTHING)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def test_programs_are_chosen_without_javascript_and_the_form_is_not_printed(visit) -> None:
    page = visit("my-plan", 390, java_script_enabled=False)
    page.get_by_text("Choose the programs of your plan").click()
    page.get_by_role("checkbox", name="Federal Skilled Worker Program").uncheck()
    page.get_by_role("button", name="Keep these programs").click()
    headings = page.get_by_role("heading", level=3)
    assert headings.all_inner_texts() == ["Global Talent Stream - Category B (Global Talent Occupations List)"]
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Keep these programs").is_visible()
    assert page.get_by_role("heading", name="Documents to gather").is_visible()
