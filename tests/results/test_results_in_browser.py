"""The results page in a browser: reflow, axe, keyboard, without JavaScript, on paper, under the content policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from eligibility.answers import store
from eligibility.results import views
from eligibility.results.dates import dates
from eligibility.results.presentation import Page as Results
from eligibility.results.presentation import present
from tests.results import cast

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("rules")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = [(320, "light"), (390, "dark"), (1280, "light")]
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((fold) => { fold.open = true })"


@pytest.fixture
def address(live_server: Any, monkeypatch: pytest.MonkeyPatch, seeded: Any) -> str:
    """Where Asha's results are."""

    def evaluate(answers: object, today: object, *, everything: bool = False) -> Results:
        return present(cast.profile(), cast.assessment(), dates(cast.profile(), seeded), everything=everything)

    monkeypatch.setattr(views, "evaluate", evaluate)
    return f"{live_server.url}/a/{store.start()}/results/"


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def visit(chromium: Browser, address: str, complaints: list[str]) -> Iterator[Any]:
    """Open the page as a visitor would, and note what the browser complains of."""
    contexts = []

    def go(width: int = 1280, place: str = "", **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}{place}")
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(visit, complaints, width, scheme) -> None:
    page = visit(width, color_scheme=scheme, reduced_motion="reduce")
    link_to(page, "fsw").click()
    reasons(page, "fsw").wait_for()
    page.evaluate(OPEN_EVERYTHING)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert complaints == []


def test_text_on_a_phone_is_eighteen_pixels_or_more(visit) -> None:
    page = visit(390)
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert body >= 18
    assert size >= 16


def link_to(page: Page, program: str) -> Locator:
    """The link of a door's line."""
    return page.locator(f"#program-{program} [data-door]")


def reasons(page: Page, program: str) -> Locator:
    """The reasons shown below a door's line."""
    return page.locator(f"#program-{program} [data-reasons]")


@pytest.mark.parametrize("place", ["fsw/", "all/"])
def test_the_other_pages_fit_the_narrowest_screen_and_axe_finds_nothing(visit, complaints, place) -> None:
    page = visit(320, place, color_scheme="dark", reduced_motion="reduce")
    page.evaluate(OPEN_EVERYTHING)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert complaints == []


def test_without_javascript_a_door_leads_to_its_page_and_back_to_its_line(visit, address) -> None:
    page = visit(390, java_script_enabled=False)
    assert not page.get_by_text("Print this page").first.is_visible()
    link_to(page, "cec").click()
    page.wait_for_url(f"{address}cec/")
    assert page.get_by_text("12 months short").first.is_visible()
    page.get_by_role("link", name="Back to your results").first.click()
    page.wait_for_url(f"{address}#program-cec")
    assert link_to(page, "cec").is_visible()


def test_a_door_opens_below_its_line_with_the_keyboard_and_closes_again(visit, address, complaints) -> None:
    page = visit()
    link = link_to(page, "fsw")
    assert link.get_attribute("aria-expanded") == "false"
    link.focus()
    page.keyboard.press("Enter")
    reasons(page, "fsw").wait_for()
    assert reasons(page, "fsw").get_by_text("Needed").first.is_visible()
    assert page.url == address
    assert (link.get_attribute("aria-expanded"), link.get_attribute("aria-controls")) == ("true", "reasons-fsw")
    assert link.evaluate("(link) => link === document.activeElement")
    page.keyboard.press("Tab")
    assert reasons(page, "fsw").locator(":focus").count() == 1
    link.focus()
    page.keyboard.press("Enter")
    assert not reasons(page, "fsw").is_visible()
    assert link.get_attribute("aria-expanded") == "false"
    assert complaints == []


def test_a_click_anywhere_on_the_line_opens_it_and_the_line_stays_where_it_is(visit) -> None:
    page = visit(390)
    line = page.locator("#program-cec .nb-door__deciding")
    line.scroll_into_view_if_needed()
    before = line.bounding_box()
    line.click(force=True)
    reasons(page, "cec").wait_for()
    assert line.bounding_box() == before


def test_a_door_whose_reasons_cannot_be_fetched_leads_to_its_page(visit, address) -> None:
    page = visit()
    page.route("**/*part=reasons", lambda route: route.abort())
    link_to(page, "fsw").click()
    page.wait_for_url(f"{address}fsw/")


def test_a_door_opens_in_a_new_tab_as_any_link(visit, address) -> None:
    page = visit()
    with page.context.expect_page() as tab:
        link_to(page, "fsw").click(modifiers=["Control"])
    assert tab.value.url == f"{address}fsw/"
    assert reasons(page, "fsw").count() == 0


def test_a_link_to_a_door_opens_what_it_is_folded_in(visit, address) -> None:
    page = visit()
    page.goto(f"{address}#program-h1b-2023")
    assert link_to(page, "h1b-2023").is_visible()


def test_on_paper_what_is_open_is_printed_and_the_actions_are_gone(visit) -> None:
    page = visit()
    link_to(page, "fsw").click()
    reasons(page, "fsw").wait_for()
    page.emulate_media(media="print")
    assert reasons(page, "fsw").get_by_text("Needed").first.is_visible()
    assert page.locator(".nb-table").first.is_visible()
    assert page.locator("#group-not_now > summary").is_visible()
    assert not link_to(page, "fst").is_visible()
    for gone in (".nb-leave", ".nb-aside", ".nb-keep"):
        assert not page.locator(gone).is_visible()


def test_on_paper_the_page_with_everything_tells_far_doors_in_a_line(visit) -> None:
    page = visit(1280, "all/")
    assert page.locator("#program-fst .nb-pair").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("#program-fsw .nb-pair").first.is_visible()
    assert page.locator("#program-fst .nb-door__name").is_visible()
    assert not page.locator("#program-fst .nb-pair").first.is_visible()


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
