"""From the first page to the result, as four people walk it: on a phone and at a desk, with JavaScript and without.

Every walk sees every page of the questionnaire, so each of the four browsers is used, and none by everyone.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.people import ASHA, DANIEL, KNOWS_NOTHING, LAID_OFF

pytestmark = pytest.mark.browser

CRS = "Comprehensive Ranking System (CRS)"
FSW_POINTS = "Federal Skilled Worker selection factors"
NO_ROUND_FROM_ABROAD = "No round since 23 April 2024 has taken people from abroad on their score alone."

WITH_SCRIPT, WITHOUT_SCRIPT = {"java_script_enabled": True}, {"java_script_enabled": False}
PHONE_WITH = pytest.param(PHONE | WITH_SCRIPT, id="phone, with JavaScript")
PHONE_WITHOUT = pytest.param(PHONE | WITHOUT_SCRIPT, id="phone, without JavaScript")
DESKTOP_WITH = pytest.param(DESKTOP | WITH_SCRIPT, id="desktop, with JavaScript")
DESKTOP_WITHOUT = pytest.param(DESKTOP | WITHOUT_SCRIPT, id="desktop, without JavaScript")


@pytest.mark.parametrize("browser", [PHONE_WITHOUT, DESKTOP_WITH])
def test_a_single_engineer_from_india_learns_where_she_stands(visit: Visit, browser) -> None:
    asha = visit(**browser)
    asha.start()
    asha.fill_in_all(ASHA)
    asha.sees("Software engineer, United States, since July 2020, 40 hours a week, NOC 21231")
    asha.see_results()
    expect(asha.score(CRS)).to_contain_text(re.compile(r"^\s*478\s+out of 1,200"))
    expect(asha.score(FSW_POINTS)).to_contain_text(re.compile(r"^\s*74\s+out of 100"))
    expect(asha.score(FSW_POINTS)).to_contain_text("You pass the mark of 67, with 7 points to spare.")
    expect(asha.door("fsw")).to_contain_text("Likely")
    expect(asha.door("cec")).to_contain_text("One step away")
    asha.sees(NO_ROUND_FROM_ABROAD)
    funds = asha.unfold("fsw").get_by_role("listitem").filter(has_text="32,000").first
    expect(funds).to_contain_text("15,263")


@pytest.mark.parametrize("browser", [PHONE_WITH, DESKTOP_WITHOUT])
def test_for_a_married_couple_the_partners_answers_count(visit: Visit, browser) -> None:
    daniel = visit(**browser)
    daniel.start()
    daniel.fill_in_all(DANIEL)
    daniel.see_results()
    crs = daniel.score(CRS)
    expect(crs).to_contain_text(re.compile(r"^\s*398\s+out of 1,200"))
    expect(crs).to_contain_text(re.compile(r"Spouse or common-law partner factors\s+20 of 40"))

    daniel.go_to("family")
    daniel.answer("accompanying", "No")
    daniel.continue_()
    daniel.go_to("check")
    expect(daniel.page.get_by_role("heading", name="Your partner's languages")).to_have_count(0)
    daniel.see_results()
    expect(crs).not_to_contain_text(re.compile(r"^\s*398\s"))


@pytest.mark.parametrize("browser", [PHONE_WITH])
def test_someone_laid_off_sees_the_day_their_sixty_days_end(visit: Visit, browser) -> None:
    person = visit(**browser)
    person.start()
    person.fill_in("h1b", LAID_OFF["h1b"])
    person.fill_in("h1b-dates", LAID_OFF["h1b-dates"])
    person.is_at("what-it-means")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Your 60 days end on Friday 11 December 2026")
    person.sees("That is 20 days from today.")
    rest = {place: answers for place, answers in LAID_OFF.items() if place not in {"h1b", "h1b-dates"}}
    person.fill_in_all(rest)
    person.see_results()
    person.sees("First, by 11 December 2026", "20 days left", "A new employer files an H-1B petition.")
    expect(person.score(CRS)).to_contain_text(re.compile(r"between\s+\d+\s+and\s+\d+\s+out of 1,200"))


@pytest.mark.parametrize("browser", [DESKTOP_WITHOUT])
def test_to_someone_who_knows_almost_nothing_nothing_is_claimed(visit: Visit, browser) -> None:
    person = visit(**browser)
    person.start()
    person.fill_in_all(KNOWS_NOTHING)
    expect(person.page.get_by_role("main")).not_to_contain_text("Not answered yet")
    person.see_results()
    crs = person.score(CRS)
    expect(crs).to_contain_text(re.compile(r"^\s*Not known yet"))
    expect(crs.get_by_role("row", name=re.compile("^Total"))).to_have_text(
        re.compile(r"Total\s+\d+\s*–\s*[\d,]+\s+1,?200")
    )
    for program in ("fsw", "fst", "cec", "federal-gts-category-a", "federal-gts-category-b"):
        expect(person.door(program)).to_contain_text("An answer is missing")
    for claim in ("Eligible", "Likely", "open to you today"):
        expect(person.page.get_by_role("main")).not_to_contain_text(claim)
