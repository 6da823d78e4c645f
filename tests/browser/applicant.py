"""Someone who answers the questionnaire in a browser: what tests have them do, in their own verbs.

Everything here works with and without JavaScript. With it, further questions appear as one answers; without
it, the page comes back with them after "Continue".
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.watch import Watch

DONT_KNOW = object()
"""The answer "I don't know yet", or "I'd rather not say" where that is offered in its place."""

Answer = Any
Answers = Mapping[str, Answer]
# A fold inside a closed fold cannot be clicked.
OPEN_ALL_AROUND = """(fold) => {
  for (let each = fold.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
}"""
_DONT_KNOW_WORDS = re.compile(r"I don't know yet|I'd rather not say")
_CONTINUE = re.compile(r"^(Save and continue|Continue)$")


class Applicant:
    """A person at a page."""

    def __init__(self, page: Page, watch: Watch, *, has_javascript: bool) -> None:
        self.page = page
        self.watch = watch
        self.has_javascript = has_javascript

    # Going places

    def open(self, path: str, status: int = 200) -> None:
        """Open an address of the site."""
        response = self.page.goto(f"{self.watch.origin}{path}")
        assert response is not None
        assert response.status == status
        self.watch.expect_refusal(self.page.url, status)
        self.watch.check(self.page)

    def start(self) -> None:
        """Begin on the first page."""
        self.open("/")
        self.press("Start")
        self.is_at("h1b")

    @property
    def link(self) -> str:
        """The path of the secret link, read off the present address."""
        found = re.search(r"/a/[^/]+/", self.page.url)
        assert found, self.page.url
        return found[0]

    def is_at(self, place: str) -> None:
        """Be on a step of the questionnaire."""
        expect(self.page).to_have_url(re.compile(rf"/a/[^/]+/{re.escape(place)}/([?#].*)?$"))

    def go_to(self, place: str) -> None:
        """Open a step by its address."""
        self.open(f"{self.link}{place}/")

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button or follow a link of this name, and look at the page it leads to."""
        scope = within or self.page.get_by_role("main")
        target = scope.get_by_role("button", name=name, exact=True).or_(
            scope.get_by_role("link", name=name, exact=True)
        )
        with self.page.expect_navigation():
            target.first.click()
        self.watch.check(self.page)

    def continue_(self) -> None:
        """Send the page."""
        self.press(_CONTINUE)

    def go_back(self) -> None:
        """Use the browser's own Back."""
        self.page.go_back()
        self.watch.check(self.page)

    def reload(self) -> None:
        """Load the page again."""
        self.page.reload()
        self.watch.check(self.page)

    def change(self, subject: str) -> None:
        """On the page with all answers: go and change what is said of a subject."""
        self.press(re.compile(rf"^(Change|Answer)\s*: {re.escape(subject)}$"))

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        """Read something on the page."""
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text, use_inner_text=True)

    # Answering

    def question(self, name: str) -> Locator:
        """A question on the page, by the name it is stored under."""
        return self.page.locator(f"#question-{name}")

    def answer(self, name: str, given: Answer) -> None:
        """Answer a question: a date, a choice or several by their words, a text, or that one does not know."""
        if not self.has_javascript and self.question(name).count() == 0:
            self.continue_()
        question = self.question(name)
        expect(question).to_be_visible()
        if given is DONT_KNOW:
            self._does_not_know(question)
        elif isinstance(given, dt.date):
            self._gives_date(question, given)
        elif isinstance(given, list):
            for each in given:
                question.get_by_label(each, exact=True).check()
        elif question.get_by_role("radio").count():
            # An occupation's code stands below its title, and counts as part of the label.
            name = re.compile(rf"\b{given}\b") if given.startswith("NOC ") else given
            question.get_by_role("radio", name=name, exact=True).check()
        elif question.get_by_role("combobox").count():
            question.get_by_role("combobox").select_option(label=given)
        else:
            question.get_by_role("textbox").fill(str(given))

    def answer_all(self, answers: Answers) -> None:
        """Answer one question after another."""
        for name, given in answers.items():
            if name == "job_title":
                self.type_job_title(given)
            else:
                self.answer(name, given)

    def type_job_title(self, title: str) -> None:
        """Write a job title, and have occupations shown for it."""
        self.answer("job_title", title)
        find = self.page.get_by_role("button", name="Find occupations")
        if not self.has_javascript:
            with self.page.expect_navigation():
                find.click()
            self.watch.check(self.page)
        expect(self.question("noc")).to_be_visible()

    def _gives_date(self, question: Locator, day: dt.date) -> None:
        question.get_by_label("Day", exact=True).fill(str(day.day))
        question.get_by_label("Month", exact=True).select_option(label=f"{day:%B}")
        question.get_by_label("Year", exact=True).fill(str(day.year))

    def _does_not_know(self, question: Locator) -> None:
        if question.get_by_role("combobox").count() and not question.get_by_role("checkbox").count():
            question.get_by_role("combobox").select_option(label="I don't know yet")
        else:
            question.get_by_label(_DONT_KNOW_WORDS).check()

    # Whole pages

    def fill_in(self, place: str, answers: Answers | Sequence[Answers] | str | None) -> None:
        """Do one step: its questions, a list's things or its first answer, or only read it; then go on."""
        self.is_at(place)
        if answers is None:
            self.continue_()
        elif isinstance(answers, Mapping):
            self.answer_all(answers)
            self.continue_()
        elif answers is DONT_KNOW or isinstance(answers, str):
            self.answer("any", answers)
            self.continue_()
        else:
            self._add_things(place, answers)

    def _add_things(self, place: str, things: Sequence[Answers]) -> None:
        self.answer("any", "Yes")
        self.continue_()
        for number, thing in enumerate(things):
            if number:
                self.press(re.compile(r"^Add another "))
            self.answer_all(thing)
            self.continue_()
        self.is_at(place)
        expect(self.page.get_by_role("main").get_by_role("listitem")).to_have_count(len(things))
        self.continue_()

    def fill_in_all(self, pages: Mapping[str, Any]) -> None:
        """Do all these steps, in the order in which the questionnaire asks them."""
        for place, answers in pages.items():
            self.fill_in(place, answers)
        self.is_at("check")

    # The result

    def see_results(self) -> None:
        """Go from the check page to the result."""
        self.press("See where you stand")
        self.is_at("results")

    def unfold(self, program: str) -> Locator:
        """Open a program on the results page: below its line, or without JavaScript on its own page."""
        door = self.page.locator(f"#program-{program}")
        door.evaluate(OPEN_ALL_AROUND)
        link = door.locator("[data-door]")
        if not self.has_javascript:
            with self.page.expect_navigation():
                link.click()
            door = self.page.get_by_role("main")
        else:
            link.click()
            expect(door.locator("[data-reasons]")).to_be_visible()
        self.watch.check(self.page)
        return door

    def score(self, name: str) -> Locator:
        """What the result says of the points in one system, with the table unfolded."""
        score = self.page.locator("h3", has_text=name).locator("xpath=following-sibling::div").first
        score.locator("details", has=self.page.get_by_role("table", include_hidden=True)).first.evaluate(
            OPEN_ALL_AROUND
        )
        return score

    def door(self, program: str) -> Locator:
        """The line of one program, with its verdict."""
        return self.page.locator(f"#program-{program} .nb-door__line")
