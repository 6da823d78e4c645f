"""The public pages in a browser: no complaint of the security policy, nothing that axe finds, nothing too wide."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.test_pages import NARROWEST, TOO_WIDE

pytestmark = pytest.mark.browser

# A program with every kind of part, one that is described only, and one of each other page.
PAGES = ("/programs/fsw/", "/programs/on-entrepreneur-new/", "/lists/gts-category-b/", "/rounds/", "/points/sirs/")


def test_a_reader_from_a_search_engine_finds_rules_and_the_way_to_the_questions(visit: Visit) -> None:
    zoe = visit(**PHONE)
    for path in PAGES:
        zoe.open(path)
    zoe.open("/programs/fsw/")
    assert zoe.page.locator('script[type="application/ld+json"]').count() == 2
    assert zoe.page.context.cookies() == []
    zoe.press("See where you stand")
    expect(zoe.page.get_by_role("heading", level=1)).to_have_text("Which doors to Canada are open to you?")


def test_programs_are_filtered_without_javascript(visit: Visit) -> None:
    zoe = visit(java_script_enabled=False, color_scheme="dark")
    zoe.open("/programs/?authority=yt")
    zoe.page.get_by_label("Kind of program").select_option("pnp_stream")
    zoe.page.get_by_text("More filters").click()
    zoe.page.get_by_label("Intake today").select_option("open")
    zoe.press("Show programs")
    expect(zoe.page.get_by_role("list", name="Filters in use").get_by_role("listitem")).to_have_count(3)
    zoe.press("Clear all filters")
    expect(zoe.page.get_by_role("heading", level=2).first).to_have_text("All 168 programs")


def test_no_public_page_is_wider_than_the_narrowest_screen(visit: Visit) -> None:
    zoe = visit(**NARROWEST)
    for path in ("/programs/", *PAGES, "/points/crs/", "/programs/category-stem/", "/rounds/?period=all"):
        zoe.page.goto(f"{zoe.watch.origin}{path}")
        zoe.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert zoe.page.evaluate(TOO_WIDE) <= 0, path
