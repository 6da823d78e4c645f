"""The pages of the US side and of figures in a browser: reflow, axe, both colour schemes, without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.results.test_results_in_browser import OPEN_EVERYTHING, RULES, WIDER_THAN_THE_SCREEN

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("rules")]

PLACES = ("/h1b/clock/", "/h1b/case-status/", "/context/")


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Open a page of the site."""
    contexts = []

    def go(place: str, **options: Any) -> Page:
        context = chromium.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}{place}")
        return page

    yield go
    for context in contexts:
        context.close()


def _type_a_day(page: Page, name: str, day: str, month: str, year: str) -> None:
    page.fill(f"[name={name}_day]", day)
    page.select_option(f"[name={name}_month]", label=month)
    page.fill(f"[name={name}_year]", year)


def _has_nothing_to_complain_of(page: Page) -> None:
    page.evaluate(OPEN_EVERYTHING)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_page_fits_and_axe_finds_nothing(visit: Any, width: int, scheme: str) -> None:
    for place in PLACES:
        page = visit(place, viewport={"width": width, "height": 800}, color_scheme=scheme)
        if place == "/h1b/clock/":
            _type_a_day(page, "last_day_worked", "19", "October", "2026")
            page.get_by_role("button", name="Show the days").click()
            page.get_by_text("18 December 2026").first.wait_for()
        if place == "/h1b/case-status/":
            page.fill("textarea", "EAC2190O12345 QQQ2190012345")
            page.get_by_role("button", name="Check the form").click()
            page.get_by_text("You typed the letter O").wait_for()
        _has_nothing_to_complain_of(page)


def test_the_clock_works_without_javascript(visit: Any) -> None:
    page = visit("/h1b/clock/", java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Show the days").click()
    assert page.get_by_role("alert").is_visible()
    _type_a_day(page, "i94_expires", "1", "December", "2026")
    page.get_by_role("button", name="Show the days").click()
    assert page.get_by_text("Your authorized stay (I-94) ends").is_visible()
