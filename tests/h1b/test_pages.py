"""The pages of the US side, as people use them: the own clock, the clock for anyone, receipt numbers."""

import io
import logging
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from config.log import JsonFormatter
from tests.wizard.visitor import NOTHING_IN_CANADA, SITUATION, YOU, Visitor, day, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

NUMBER = "EAC2190O12345"


@pytest.fixture
def asha(client: Client) -> Visitor:
    """Asha, at the first question."""
    return Visitor(client)


def laid_off(visitor: Visitor, **dates: Any) -> None:
    visitor.send("h1b", situation="laid_off_in_grace")
    visitor.send("h1b-dates", **dates)


def test_the_own_clock_is_made_from_the_answers(asha: Visitor) -> None:
    laid_off(asha, **day("last_day_worked", "2026-10-19"), **day("i94_expires", "2027-09-30"))
    page = asha.open("clock")
    assert "18 December 2026 27 days left The 60 days after your last day of work end" in page
    assert "8 CFR 214.1(l)(2)" in page
    assert "A new employer files an H-1B petition." in page


def test_the_own_clock_leads_to_the_question_that_is_missing(asha: Visitor) -> None:
    laid_off(asha, last_day_worked_unknown="on", **day("i94_expires", "2027-09-30"))
    assert "Not known" in asha.open("clock")
    assert f'<a href="{asha.url("h1b-dates")}">your last day of work</a>' in asha.raw("clock")


def test_a_situation_brings_its_own_dates_into_questionnaire_profile_and_clock(asha: Visitor) -> None:
    asha.send("h1b", situation="extension_pending")
    asha.send("h1b-dates", **day("i94_expires", "2026-10-01"), **day("petition_filed_on", "2026-09-15"))
    h1b = asha.profile["h1b"]
    assert (h1b["extension_pending"], h1b["petition_filed_on"]) == (True, "2026-09-15")
    assert "29 May 2027" in asha.open("clock")


def test_days_abroad_and_a_labor_certification_are_asked_near_the_six_years(asha: Visitor) -> None:
    asha.send("h1b", situation="near_six_year_limit")
    asha.send(
        "h1b-dates",
        i94_expires_unknown="on",
        six_years_end_unknown="on",
        days_abroad="45",
        i140_approved="no",
        **day("first_h1b_day", "2021-03-01"),
        **day("labor_certification_filed_on", "2025-12-01"),
    )
    page = asha.open("clock")
    assert "14 April 2027" in page
    assert "1 December 2026 in 10 days One-year extensions become possible" in page
    assert "Open to you, by your answers" in page


def test_a_citizen_of_a_listed_country_is_told_that_revalidation_is_closed(asha: Visitor) -> None:
    laid_off(asha, **day("last_day_worked", "2026-10-19"), **day("i94_expires", "2027-09-30"))
    asha.send("you", **YOU)
    assert "you are shut out of this" not in asha.open("clock")
    asha.send("you", **YOU | {"citizenship": "IR"})
    assert "you are shut out of this" in asha.open("clock")


def test_who_has_not_told_where_they_stand_is_asked_for_it(asha: Visitor) -> None:
    assert "Tell us first where you stand" in asha.open("clock")


def test_who_was_not_drawn_has_no_day_that_presses(asha: Visitor) -> None:
    asha.send("h1b", situation="registration_not_selected")
    asha.send("canada", **NOTHING_IN_CANADA)
    assert "no day of the United States presses you" in asha.open("clock")


def test_the_own_clock_is_private(asha: Visitor, client: Client) -> None:
    asha.send("h1b", **SITUATION)
    response = client.get(asha.url("clock"))
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert response.content.decode().split("<title>")[1].split("</title>")[0].strip() == "Your dates – Northbound"
    assert client.get("/a/nobody-has-this-secret/clock/").status_code == 404
    assert client.post(asha.url("clock")).status_code == 405


def test_results_and_meaning_lead_to_the_clock(asha: Visitor) -> None:
    laid_off(asha, **day("last_day_worked", "2026-10-19"), **day("i94_expires", "2027-09-30"))
    assert f'href="{asha.url("clock")}"' in asha.raw("what-it-means")
    assert f'href="{asha.url("clock")}"' in asha.raw("results")


def test_a_clock_that_fails_says_so(asha: Visitor, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from eligibility.h1b import views

    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(views, "clock_page", fail)
    assert client.get(asha.url("clock")).status_code == 503


# The clock for anyone ---------------------------------------------------------------------------


def test_the_public_clock_shows_the_days_above_the_form_with_what_was_typed(client: Client) -> None:
    response = client.post("/h1b/clock/", day("last_day_worked", "2026-10-19") | day("first_h1b_day", "2021-10-01"))
    page = text_of(response)
    assert "18 December 2026 27 days left" in page
    assert "At the latest." in page
    assert "30 September 2027" in page
    assert 'value="2026"' in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_the_public_clock_counts_months_used(client: Client) -> None:
    assert "21 November 2027" in text_of(client.post("/h1b/clock/", {"months_used": "60"}))


def test_the_public_clock_tells_a_child_and_a_permit(client: Client) -> None:
    typed = (
        day("i94_expires", "2027-09-30") | day("child_birth_date", "2006-03-01") | day("permit_expires", "2027-02-15")
    )
    page = text_of(client.post("/h1b/clock/", typed))
    assert "Your child turns 21: H-4 ends in the United States" in page
    assert "15 February 2027 86 days left Your open work permit from the 2023 H-1B measure ends" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Enter at least one date."),
        ({"i94_expires_day": "45"}, "Enter the day your I-94 ends, for example 30 September 2027."),
        (day("first_h1b_day", "2021-10-01") | {"months_used": "50"}, "Keep one of the two, the surer one."),
        (day("first_h1b_day", "2030-10-01"), "It cannot be after today."),
    ],
)
def test_the_public_clock_says_what_is_wrong_and_keeps_what_was_typed(client: Client, typed: Any, said: str) -> None:
    response = client.post("/h1b/clock/", typed)
    assert said in text_of(response)
    for value in typed.values():
        assert f'value="{value}"' in response.content.decode()


# Receipt numbers ----------------------------------------------------------------------------------


def test_a_slip_is_explained_and_what_was_typed_stays(client: Client) -> None:
    response = client.post("/h1b/case-status/", {"numbers": NUMBER})
    page = text_of(response)
    assert "You typed the letter O in place 8, where a digit belongs: probably 0." in page
    assert "Vermont Service Center" in page
    assert "https://egov.uscis.gov/" in response.content.decode()
    assert NUMBER in response.content.decode()


@pytest.mark.parametrize(
    ("numbers", "said"), [("", "Enter at least one receipt number"), ("x" * 2001, "too much text")]
)
def test_nothing_and_too_much_are_refused_in_words(client: Client, numbers: str, said: str) -> None:
    assert said in text_of(client.post("/h1b/case-status/", {"numbers": numbers}))


def test_numbers_in_the_address_are_not_read(client: Client) -> None:
    assert NUMBER not in client.get("/h1b/case-status/", {"numbers": NUMBER}).content.decode()


def _everything_stored() -> str:
    return "".join(str(list(model._base_manager.values())) for model in apps.get_models())


@pytest.mark.parametrize(
    ("place", "typed", "traces"),
    [
        ("/h1b/case-status/", {"numbers": f"{NUMBER} WAC2190012345"}, (NUMBER, "WAC2190012345", "EAC2190012345")),
        ("/h1b/clock/", day("last_day_worked", "2026-10-19"), ("2026-10-19", "2026-12-18", "19 October")),
    ],
)
def test_nothing_typed_is_stored_or_logged_and_no_cookie_is_set(
    place: str, typed: Any, traces: tuple[str, ...]
) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before, level = _everything_stored(), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        client = Client(enforce_csrf_checks=True)
        response = client.post(place, typed)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert response.status_code == 200
    assert place in log.getvalue(), "the request itself is on record"
    assert not [trace for trace in traces if trace in log.getvalue()]
    assert _everything_stored() == before
    assert not Session.objects.exists()
    assert not client.cookies
    assert not mail.outbox


@pytest.mark.parametrize("place", ["/h1b/clock/", "/h1b/case-status/", "/context/"])
def test_public_pages_describe_themselves_and_may_be_found(client: Client, place: str) -> None:
    response = client.get(place)
    assert response.status_code == 200
    assert 'name="description"' in response.content.decode()
    assert "X-Robots-Tag" not in response
    assert client.put(place).status_code == 405
