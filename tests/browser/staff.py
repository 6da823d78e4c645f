"""Someone who keeps the rules true, in a browser: what tests have them do in admin."""

import datetime as dt
import re

from playwright.sync_api import Locator, Page, expect

PASSWORD = "a-password-for-tests"


class Staff:
    """A person of the staff at a page of the admin."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin

    @property
    def content(self) -> Locator:
        """What a page is about, without the bars around it."""
        return self.page.locator("#content")

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Sign in at the front door."""
        self.page.goto(f"{self.origin}/staff/")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.content).to_contain_text("What would you like to do?")

    def go_home(self) -> None:
        """Go to the first page of the admin."""
        self.page.goto(f"{self.origin}/staff/")

    def follow(self, *names: str | re.Pattern[str]) -> None:
        """Follow one link after another."""
        for name in names:
            with self.page.expect_navigation():
                self.content.get_by_role("link", name=name, exact=True).first.click()

    def make_new_version(self, effective_from: dt.date, name: str) -> None:
        """From the page of a version: a draft that is to hold from another day."""
        self.follow("New version from this one")
        self.page.get_by_label("In force from").fill(effective_from.isoformat())
        self.page.get_by_label("Name", exact=False).fill(name)
        self.page.get_by_role("button", name="New version from this one").click()
        self._is_told("is a draft now.")

    def unfold(self, words: str) -> None:
        """Open what is folded away under these words."""
        self.content.locator("summary", has_text=words).click()

    def save(self) -> None:
        """Save the draft, and stay on its page."""
        self.page.get_by_role("button", name="Save and continue editing").first.click()
        self._is_told("was changed successfully.")

    def change_factor(self, name: str) -> None:
        """From a grid's page: go to the page of one of its factors."""
        heading = self.page.get_by_role("heading", name=re.compile(rf"^{re.escape(name)}\b"))
        with self.page.expect_navigation():
            self.page.locator("section", has=heading).get_by_role("link", name="Change").first.click()

    def change_points(self, case: str, points: int) -> None:
        """On a factor's page: give one of its cases other points."""
        key = self.page.locator(f"input[name$=-key][value={case}]").get_attribute("name") or ""
        of = key.removesuffix("-key")
        field = self.page.locator(f"input[name={of}-points]")
        if not field.is_visible():
            self.page.locator(f"#{of}").get_by_role("button", name="Change").first.click()
        field.fill(str(points))
        self.save()

    def publish(self, why: str) -> None:
        """Put the draft on the page in force."""
        self.follow("Publish")
        self.page.get_by_role("textbox", name="Why:", exact=True).fill(why)
        self.page.get_by_role("button", name="Publish").click()
        self._is_told("is published.")

    def resolve(self, notice: str, came_of_it: str, on: dt.date) -> None:
        """From the first page: close a notice, saying what came of it."""
        self.go_home()
        self.content.get_by_role("listitem").filter(has_text=notice).get_by_role("link", name="Resolve").click()
        self.page.get_by_label("What came of it (English)").fill(came_of_it)
        self.page.get_by_label("Resolved on").fill(on.isoformat())
        self.page.get_by_role("button", name="Resolve notice").click()
        self._is_told("is resolved.")

    def _is_told(self, text: str) -> None:
        expect(self.page.locator(".messagelist")).to_contain_text(text)
