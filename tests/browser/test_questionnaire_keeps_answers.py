"""Whatever a person does with their browser, no answer is lost, and nothing is kept that they delete."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.applicant import Applicant
from tests.browser.conftest import Visit
from tests.browser.people import ASHA, DANIEL, day, job

pytestmark = pytest.mark.browser

SITUATION = "You work on an approved H-1B."
JOB = job("software engineer", "21231", "2020-07-06")

scripts = pytest.mark.parametrize(
    "visitor",
    [
        pytest.param({"java_script_enabled": True}, id="with JavaScript"),
        pytest.param({"java_script_enabled": False}, id="without JavaScript"),
    ],
    indirect=True,
)


@pytest.fixture
def visitor(visit: Visit, request: pytest.FixtureRequest) -> Applicant:
    """Someone at the first question."""
    applicant = visit(**getattr(request, "param", {}))
    applicant.start()
    return applicant


def typed(applicant: Applicant, question: str) -> list[str]:
    """What stands in the fields of a question, the box below it aside."""
    fields = applicant.question(question).locator("input:not([type=checkbox]), select")
    return [field.input_value() for field in fields.all()]


def second_tab(applicant: Applicant) -> Applicant:
    """The same person, in another tab of the same browser."""
    page: Page = applicant.page.context.new_page()
    tab = Applicant(page, applicant.watch, has_javascript=applicant.has_javascript)
    page.goto(applicant.page.url)
    return tab


@scripts
def test_back_finds_what_was_answered(visitor: Applicant) -> None:
    visitor.fill_in("h1b", ASHA["h1b"])
    visitor.fill_in("h1b-dates", ASHA["h1b-dates"])
    visitor.go_back()
    visitor.is_at("h1b-dates")
    assert typed(visitor, "first_h1b_day") == ["1", "10", "2021"]
    visitor.press("Back")
    visitor.is_at("h1b")
    expect(visitor.question("situation").get_by_label(SITUATION)).to_be_checked()


@scripts
def test_reloading_sends_nothing_twice_and_loses_nothing(visitor: Applicant) -> None:
    visitor.go_to("work")
    visitor.answer("any", "Yes")
    visitor.continue_()
    visitor.answer_all(JOB)
    visitor.continue_()
    visitor.reload()
    visitor.is_at("work")
    expect(visitor.page.get_by_role("main").get_by_role("listitem")).to_have_count(1)


@scripts
def test_a_double_click_adds_one_job(visitor: Applicant) -> None:
    visitor.go_to("work")
    visitor.answer("any", "Yes")
    visitor.continue_()
    visitor.answer_all(JOB)
    visitor.page.get_by_role("button", name="Save and continue").dblclick()
    visitor.is_at("work")
    visitor.reload()
    expect(visitor.page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    visitor.press("Add another job")
    visitor.go_to("work")
    expect(visitor.page.get_by_role("main").get_by_role("listitem")).to_have_count(1)


@scripts
def test_a_double_click_on_continue_goes_one_page_further(visitor: Applicant) -> None:
    visitor.answer("situation", SITUATION)
    visitor.page.get_by_role("button", name="Continue").dblclick()
    visitor.is_at("h1b-dates")
    visitor.go_to("check")
    visitor.sees(SITUATION)


def test_two_tabs_that_answer_different_pages_keep_both(visitor: Applicant) -> None:
    visitor.go_to("family")
    other = second_tab(visitor)
    other.go_to("money")
    other.answer("settlement_funds_cad", "32,000")
    visitor.answer_all(ASHA["family"])
    visitor.continue_()
    other.continue_()
    other.go_to("check")
    other.sees("Never married", "32,000 Canadian dollars")


def test_a_job_removed_in_one_tab_is_kept_when_the_other_saves_it(visitor: Applicant) -> None:
    visitor.go_to("work")
    visitor.answer("any", "Yes")
    visitor.continue_()
    visitor.answer_all(JOB)
    visitor.continue_()
    visitor.press(re.compile("^Change"))
    other = second_tab(visitor)
    other.go_to("work")
    other.press(re.compile("^Remove"))
    other.press("Remove it")
    visitor.answer("hours_per_week", 20)
    visitor.continue_()
    visitor.sees("Software engineer", "20 hours a week")


@scripts
def test_an_answer_changed_from_the_check_page_says_what_is_newly_asked_and_keeps_the_rest(visitor: Applicant) -> None:
    visitor.go_to("family")
    visitor.answer_all(ASHA["family"])
    visitor.continue_()
    visitor.go_to("money")
    visitor.answer_all(ASHA["money"])
    visitor.continue_()
    visitor.is_at("check")
    visitor.change("Your family")
    visitor.answer_all({"marital_status": "Married", "accompanying": "Yes", "partner_canadian": "No"})
    visitor.continue_()
    visitor.is_at("check")
    visitor.sees("Your change brought up something new", "32,000 Canadian dollars")
    visitor.press("Your partner's languages")
    visitor.answer("any", "Yes")
    visitor.continue_()
    visitor.answer_all(DANIEL["partner-language"][0])
    visitor.continue_()
    visitor.sees("CELPIP-General, 16 May 2026, listening 8")
    visitor.continue_()
    visitor.is_at("check")

    visitor.change("Your family")
    visitor.answer("marital_status", "Never married")
    visitor.continue_()
    expect(visitor.page.get_by_role("main")).not_to_contain_text("CELPIP-General")
    visitor.change("Your family")
    visitor.answer_all({"marital_status": "Married", "accompanying": "Yes", "partner_canadian": "No"})
    visitor.continue_()
    visitor.sees("CELPIP-General, 16 May 2026, listening 8")


@scripts
def test_what_cannot_be_right_stays_typed_beside_a_message_that_says_what_would_be(visitor: Applicant) -> None:
    visitor.go_to("language")
    visitor.answer("any", "Yes")
    visitor.continue_()
    wrong = {"listening": "7.3", "reading": "99", "writing": "seven", "speaking": 7}
    visitor.answer_all({"test": "IELTS General Training", "date": day("2026-02-14"), **wrong})
    visitor.page.get_by_label("Day", exact=True).fill("31")
    visitor.continue_()
    for _look in ("as it came back", "opened again later"):
        expect(visitor.page).to_have_title(re.compile("^Error: "))
        assert typed(visitor, "date") == ["31", "2", "2026"]
        assert [typed(visitor, name)[0] for name in wrong] == ["7.3", "99", "seven", "7"]
        expect(visitor.question("listening")).to_contain_text("from 0 to 9 in steps of 0.5")
        expect(visitor.question("date")).to_contain_text("Enter the date you took the test")
        expect(visitor.question("speaking")).not_to_contain_text("enter your")
        place = visitor.page.url
        visitor.go_to("language")
        visitor.sees("Not finished")
        visitor.press(re.compile("^Change"))
        assert visitor.page.url == place


@scripts
def test_the_error_summary_takes_focus_and_leads_to_each_field(visitor: Applicant) -> None:
    visitor.go_to("you")
    visitor.continue_()
    summary = visitor.page.get_by_role("alert")
    if visitor.has_javascript:
        expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    expect(links).to_have_count(4)
    links.filter(has_text="date of birth").click()
    expect(visitor.question("birth_date").get_by_label("Day", exact=True)).to_be_focused()
    links.filter(has_text="citizen of").click()
    expect(visitor.question("citizenship").get_by_role("combobox")).to_be_focused()


@scripts
def test_a_page_open_too_long_comes_back_with_everything_typed(visitor: Applicant) -> None:
    visitor.go_to("money")
    visitor.answer("settlement_funds_cad", "32,000")
    visitor.page.context.clear_cookies()
    visitor.continue_()
    visitor.watch.expect_refusal(visitor.page.url, 403)
    visitor.sees("Please send this page once more")
    assert typed(visitor, "settlement_funds_cad")[0] == "32,000"
    visitor.continue_()
    visitor.is_at("check")
    visitor.sees("32,000 Canadian dollars")


def test_the_secret_link_brings_the_answers_back_in_another_browser(visitor: Applicant, visit: Visit) -> None:
    visitor.fill_in("h1b", ASHA["h1b"])
    visitor.press("Come back later", within=visitor.page.get_by_role("complementary"))
    link = visitor.page.get_by_label("Your secret link").input_value()
    assert link == f"{visitor.watch.origin}{visitor.link}"
    elsewhere = visit()
    elsewhere.open(visitor.link)
    elsewhere.is_at("check")
    elsewhere.sees(SITUATION)


@scripts
def test_deleting_everything_leaves_nothing_under_the_link(visitor: Applicant) -> None:
    visitor.fill_in("h1b", ASHA["h1b"])
    link = visitor.link
    visitor.press("Delete everything", within=visitor.page.get_by_role("complementary"))
    visitor.press("Delete everything now")
    visitor.sees("Everything is deleted")
    for place in ("", "h1b/", "check/", "results/", "keep/"):
        visitor.open(f"{link}{place}", status=404)
        visitor.sees("Nothing is kept under this link")


@scripts
def test_leaving_goes_to_a_page_that_shows_nothing_of_it(visitor: Applicant) -> None:
    visitor.page.get_by_role("link", name="Leave this page").click()
    expect(visitor.page).to_have_title("Elsewhere")
    assert visitor.watch.went_elsewhere[0] == visitor.page.url == "https://www.weather.gov/"
    visitor.watch.went_elsewhere.clear()
    if visitor.has_javascript:
        visitor.page.go_back()
        expect(visitor.page).to_have_url(f"{visitor.watch.origin}/")


def test_pressing_escape_three_times_leaves_too(visitor: Applicant) -> None:
    for _time in range(3):
        visitor.page.keyboard.press("Escape")
    expect(visitor.page).to_have_title("Elsewhere")
    visitor.watch.went_elsewhere.clear()
