"""Pages for people who see, point, read or print in another way, and pages for what is not there."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from eligibility.models import Application
from tests.browser.applicant import Applicant
from tests.browser.conftest import PHONE, Visit
from tests.wizard.visitor import Visitor

pytestmark = pytest.mark.browser

NARROWEST = {"viewport": {"width": 320, "height": 640}}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A radio's ring is drawn around its label too.
HAS_FOCUS_RING = """() => [document.activeElement, document.activeElement.closest("label")]
  .filter(Boolean)
  .map((each) => getComputedStyle(each))
  .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)"""

# What came to stand elsewhere on its own since the page was first drawn: https://web.dev/articles/cls
FIRST_DRAWN = """() => new Promise((drawn) => {
  const observer = new PerformanceObserver((seen) => seen.getEntriesByName("first-contentful-paint")[0] && drawn());
  observer.observe({ type: "paint", buffered: true });
})"""
MOVED = """() => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  told(observer.takeRecords().flatMap((shift) => shift.sources.map(({ node }) => node?.outerHTML ?? "gone")));
})))"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus; each stop on the way shows where one is."""
    for _stop in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_FOCUS_RING)
        if name in page.evaluate("document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText"):
            return
    pytest.fail(f"Tab never came to {name!r}.")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_answered_with_the_keyboard_alone(visit: Visit, javascript: bool) -> None:
    asha = visit(java_script_enabled=javascript)
    asha.start()
    keyboard = asha.page.keyboard
    tab_to(asha.page, "Skip to the content")
    keyboard.press("Enter")
    tab_to(asha.page, "You work on an approved H-1B.")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowUp")
    tab_to(asha.page, "Continue")
    with asha.page.expect_navigation():
        keyboard.press("Enter")
    asha.is_at("h1b-dates")
    asha.go_back()
    expect(asha.question("situation").get_by_label("You work on an approved H-1B.")).to_be_checked()


def test_nothing_is_wider_than_the_narrowest_screen(visit: Visit, answered: Visitor) -> None:
    asha = visit(**NARROWEST)
    for path in (
        "/",
        *map(answered.url, ("h1b", "h1b-dates", "what-it-means", "you", "work", "work/1", "language/1")),
        *map(answered.url, ("check", "keep", "delete", "results")),
    ):
        asha.open(path)
        assert asha.page.evaluate(TOO_WIDE) <= 0, path
    asha.unfold("fsw")
    assert asha.page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_dark(visit: Visit, answered: Visitor, width: int) -> None:
    asha = visit(viewport={"width": width, "height": 900}, color_scheme="dark")
    asha.open("/")
    asha.open(answered.url("what-it-means"))
    asha.open(answered.url("work/1"))
    asha.open(answered.url("check"))
    asha.open(answered.url("results"))
    asha.unfold("fsw")
    asha.start()
    asha.continue_()
    asha.sees("Something on this page needs another look")


def test_nothing_moves_when_scripts_come_late(visit: Visit, answered: Visitor) -> None:
    asha = visit(**PHONE)
    held: list[Route] = []

    def hold(script: Route) -> None:
        held.append(script)

    asha.page.route("**/*.js", hold)
    for place in ("work/1", "keep", "results/all"):
        asha.page.goto(f"{asha.watch.origin}{answered.url(place)}", wait_until="commit")
        asha.page.evaluate(FIRST_DRAWN)
        assert held
        while held:
            held.pop().continue_()
        asha.page.wait_for_load_state()
        assert asha.page.evaluate(MOVED) == [], place


def test_on_paper_folds_stand_open_and_the_actions_are_gone(visit: Visit, answered: Visitor) -> None:
    asha = visit()
    asha.open(answered.url("results"))
    asha.page.emulate_media(media="print")
    asha.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(asha.door("category-french")).to_be_visible()
    expect(asha.door("federal-francophone-mobility")).to_be_hidden()
    expect(asha.page.get_by_role("table").first).to_be_visible()
    for action in ("Leave this page", "Change answers"):
        expect(asha.page.get_by_role("link", name=action).first).to_be_hidden()
    expect(asha.page.get_by_role("button", name="Delete everything now")).to_be_hidden()
    asha.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    asha.page.emulate_media(media="screen")
    expect(asha.door("category-french")).to_be_hidden()


def test_an_address_that_was_never_one_says_so(visit: Visit) -> None:
    zoe = visit()
    zoe.open("/nothing-here/", status=404)
    zoe.sees("This page is not here")
    zoe.press("Go to the first page")
    expect(zoe.page.get_by_role("heading", level=1)).to_have_text("Which doors to Canada are open to you?")


def test_a_link_whose_time_is_over_says_so_and_offers_to_start_again(visit: Visit, answered: Visitor) -> None:
    long_ago = timezone.now() - dt.timedelta(days=31)
    yesterday = timezone.now() - dt.timedelta(days=1)
    Application.objects.update(created=long_ago, last_visited=long_ago, expires=yesterday)
    asha: Applicant = visit()
    asha.open(answered.url(), status=404)
    asha.sees("Nothing is kept under this link", re.compile("Nobody opened it for a long time"))
    asha.press("Start again")
    asha.is_at("h1b")
