"""Staff publish in admin, and what an applicant is told changes within seconds, while the server goes on."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from eligibility.wizard import clock
from tests.browser.applicant import Applicant
from tests.browser.conftest import Site, Visit
from tests.browser.people import TODAY, day
from tests.browser.staff import PASSWORD, Staff
from tests.wizard.visitor import NOTHING_IN_CANADA, Visitor

pytestmark = pytest.mark.browser

HIGH_WAGE_NOTICE = "The points system is reported to have changed on 3 November 2026"
MADE_UP = "Made-up figures, for a test. No official grid was seen."
CRS = "Comprehensive Ranking System (CRS)"
JOB_OFFER = {
    "job_title": "software engineer",
    "noc": "21231",
    "province": "ON",
    "hours_per_week": "40",
    "permanent": "yes",
    "wage": "140,000",
    "wage_per": "year",
    "local_median_hourly_wage_unknown": "on",
    "lmia": "standard",
    "intra_company": "no",
    "employer_category_a_referral": "no",
}
HAS_COME = """async ({address, text}) => (await (await fetch(address)).text()).includes(text)"""


@pytest.fixture(scope="module")
def _undone_at_the_end(_server: Site) -> Iterator[None]:
    """Loading the rules again takes long, and what one of these tests publishes means nothing to the next."""
    yield
    _server.has_other_rules = True


@pytest.fixture
def omar(visit: Visit, site: Site, _undone_at_the_end: None) -> Staff:
    """Omar, who may edit and publish rules, signed in."""
    users = get_user_model().objects
    if not users.filter(username="omar").exists():
        users.create_superuser("omar", "", PASSWORD)
    staff = Staff(visit().page, site.url)
    staff.sign_in("omar")
    return staff


def results_of(answered: Visitor, applicant: Applicant) -> Applicant:
    """Someone who has answered, and has the result open in a browser."""
    applicant.open(answered.url("results"))
    return applicant


def see_come(applicant: Applicant, text: str, place: str = "") -> None:
    """Wait until the result says something new: the server reads new rules within seconds, by itself."""
    address = f"{applicant.link}results/{place}"
    applicant.page.wait_for_function(HAS_COME, arg={"address": address, "text": text}, polling=400)
    applicant.reload()


def test_a_new_table_of_settlement_funds_reaches_the_applicant(
    answered: Visitor, visit: Visit, omar: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The worked examples of the packs are as of the day before, and what they say of that day stays true.
    tomorrow = TODAY + dt.timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    asha = results_of(answered, visit())
    expect(asha.door("fsw")).to_contain_text("Likely")

    omar.follow("Reference tables", "Settlement funds by family size", "pof-2025")
    omar.make_new_version(tomorrow, "made-up-funds")
    omar.page.locator("input[name$=-value]:visible").first.fill("40123")
    omar.save()
    omar.publish(MADE_UP)

    see_come(asha, "40,123", "fsw/?part=reasons")
    expect(asha.door("fsw")).to_contain_text("One step away")
    funds = asha.unfold("fsw").get_by_role("listitem").filter(has_text="40,123").first
    expect(funds).to_contain_text("40,000")


def test_a_made_up_high_wage_grid_is_entered_and_its_notice_resolved_without_a_developer(
    answered: Visitor, visit: Visit, omar: Staff
) -> None:
    answered.send("canada", **NOTHING_IN_CANADA | {"job_offer": "yes"})
    answered.send("job-offer", **JOB_OFFER)
    asha = results_of(answered, visit())
    expect(asha.score(CRS)).to_contain_text(re.compile(r"^\s*478\s+out of 1,200"))
    expect(asha.score(CRS)).to_contain_text(HIGH_WAGE_NOTICE)

    # Job offers are reported to count again, so the grid in which they last did is the one to begin with.
    omar.follow("Points grids", "Comprehensive Ranking System (CRS)", "crs-2022-11-16")
    omar.make_new_version(day("2026-11-03"), "made-up-high-wage")
    omar.unfold("The version itself")
    omar.page.get_by_label("Note (English)").fill(MADE_UP)
    omar.save()
    omar.change_factor("Job offer")
    omar.change_points("skilled", 60)
    omar.go_home()
    omar.follow(re.compile("made-up-high-wage"))
    omar.publish(MADE_UP)
    omar.resolve(HIGH_WAGE_NOTICE, MADE_UP, on=TODAY)

    see_come(asha, "538")
    expect(asha.score(CRS)).to_contain_text(re.compile(r"^\s*538\s+out of 1,200"))
    expect(asha.score(CRS)).to_contain_text("in force since 3 November 2026")
    expect(asha.page.get_by_role("main")).not_to_contain_text(HIGH_WAGE_NOTICE)
