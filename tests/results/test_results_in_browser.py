"""The results page in a browser: reflow, axe, keyboard, without JavaScript, on paper, under the content policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from eligibility.answers import store
from eligibility.results import views
from eligibility.results.dates import dates
from eligibility.results.presentation import present
from tests.results import cast

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("rules")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = [(320, "light"), (360, "dark"), (390, "light"), (1280, "light"), (1280, "dark")]
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((fold) => { fold.open = true })"


@pytest.fixture
def address(live_server: Any, monkeypatch: pytest.MonkeyPatch, seeded: Any) -> str:
    """Where Asha's results are."""
    page = present(cast.profile(), cast.assessment(), dates(cast.profile(), seeded))
    monkeypatch.setattr(views, "evaluate", lambda answers, today: page)
    return f"{live_server.url}/a/{store.start()}/results/"


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def visit(chromium: Browser, address: str, complaints: list[str]) -> Iterator[Any]:
    """Open the page as a visitor would, and note what the browser complains of."""
    contexts = []

    def go(width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(visit, complaints, width, scheme) -> None:
    page = visit(width, color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(OPEN_EVERYTHING)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert complaints == []


def test_text_on_a_phone_is_eighteen_pixels_or_more(visit) -> None:
    size = visit(390).evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    body = visit(390).evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert body >= 18
    assert size >= 16


def test_without_javascript_every_reason_can_be_opened(visit) -> None:
    page = visit(390, java_script_enabled=False)
    assert not page.get_by_text("Print this page").first.is_visible()
    needed = page.locator("#program-fsw .nb-pair").first
    assert not needed.is_visible()
    page.locator("#program-fsw > summary").click()
    assert needed.is_visible()


def test_a_door_opens_with_the_keyboard(visit) -> None:
    page = visit()
    page.locator("#program-fsw > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#program-fsw").get_attribute("open") is not None


def test_a_link_to_a_door_opens_what_it_is_folded_in(visit, address) -> None:
    page = visit()
    page.goto(f"{address}#program-h1b-2023")
    assert page.locator("#program-h1b-2023 .nb-pair").first.is_visible()


def test_on_paper_the_near_doors_stand_open_and_the_actions_are_gone(visit) -> None:
    page = visit()
    page.emulate_media(media="print")
    assert page.locator("#program-fsw .nb-pair").first.is_visible()
    assert page.locator(".nb-table").first.is_visible()
    assert page.locator("#program-fst > summary").is_visible()
    assert not page.locator("#program-fst .nb-pair").first.is_visible()
    for gone in (".nb-leave", ".nb-aside", ".nb-keep"):
        assert not page.locator(gone).is_visible()


def test_the_link_is_copied(visit, address) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Come back later").click()
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address.removesuffix("results/")


def test_targets_are_large_enough_for_a_thumb(visit) -> None:
    small = visit(390).evaluate(
        """() => [...document.querySelectorAll("summary, button, .nb-button, .nb-leave, .nb-brand, input")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
