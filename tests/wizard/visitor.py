"""A person at the questionnaire: what tests say of them in the words of the pages."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.test import Client

from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import profile_dict, to_profile
from tests.reading import words

TODAY = dt.date(2026, 11, 21)
Typed = dict[str, Any]


def day(name: str, date: str) -> Typed:
    """A date as its three fields."""
    year, month, number = date.split("-")
    return {f"{name}_day": str(int(number)), f"{name}_month": str(int(month)), f"{name}_year": year}


class Visitor:
    """Someone who answers."""

    def __init__(self, client: Client) -> None:
        self.client = client
        response = client.post("/start/")
        self.secret = response["Location"].split("/")[2]

    def url(self, place: str = "") -> str:
        return f"/a/{self.secret}/{place}/" if place else f"/a/{self.secret}/"

    def open(self, place: str, **query: str) -> str:
        """What a page says, as text."""
        response = self.client.get(self.url(place), query)
        assert response.status_code == 200, (place, response.status_code)
        return text_of(response)

    def raw(self, place: str) -> str:
        """A page's HTML."""
        return self.client.get(self.url(place)).content.decode()

    def send(self, place: str, **typed: Any) -> str:
        """Send a page, and return where it leads: a step's address below the secret."""
        response = self.client.post(self.url(place), typed)
        assert response.status_code == 302, (place, response.status_code)
        return response["Location"].removeprefix(self.url()).split("#")[0].rstrip("/")

    def add(self, place: str, token: str = "", **typed: Any) -> str:
        """Add a thing to a list."""
        return self.send(f"{place}/add", token=token or f"{place}-{typed!r}"[:40], **typed)

    @property
    def answers(self) -> Answers:
        return store.visit(self.secret)

    @property
    def profile(self) -> Typed:
        """The profile in the form of the contract, after it was checked."""
        to_profile(self.answers, TODAY)
        return profile_dict(self.answers, TODAY)


def text_of(response: HttpResponse) -> str:
    """What a person reads on a page."""
    return words(response.content.decode())


# Answers that are valid, page by page -----------------------------------------------------------

SITUATION: Typed = {"situation": "employed_approved"}
H1B_DATES: Typed = {
    **day("i94_expires", "2027-09-30"),
    **day("expires", "2027-09-30"),
    **day("visa_valid_until", "2027-01-01"),
    **day("first_h1b_day", "2021-10-01"),
    "i140_approved": "no",
}
US_JOB: Typed = {
    "months_with_employer": "30",
    "capacity": "other",
    "employer_has_canadian_affiliate": "unknown",
}
YOU: Typed = {
    **day("birth_date", "1997-05-17"),
    "citizenship": "IN",
    "residence": "US",
    "provinces": ["ON", "BC"],
}
SINGLE: Typed = {"marital_status": "single", "has_children": "no"}
MARRIED: Typed = {
    "marital_status": "married",
    "accompanying": "yes",
    "partner_canadian": "no",
    "has_children": "no",
}
JOB: Typed = {
    "job_title": "software engineer",
    "noc": "21231",
    "country": "US",
    **day("start", "2020-01-06"),
    "still_there": "yes",
    "hours_per_week": "40",
    "paid": "yes",
    "self_employed": "no",
}
DEGREE: Typed = {
    "level": "masters",
    "country": "US",
    "finished": "yes",
    **day("completed", "2019-05-30"),
    "eca": "yes",
    **day("eca_date", "2026-01-12"),
}
IELTS: Typed = {
    "test": "ielts_gt",
    **day("date", "2026-03-01"),
    "listening": "8.5",
    "reading": "8",
    "writing": "7",
    "speaking": "7.5",
}
NOTHING_IN_CANADA: Typed = {
    "present": "no",
    "job_offer": "no",
    "nomination": "no",
    "trade_certificate": "no",
    "express_entry_profile": "no",
}
OFFER: Typed = {
    "job_title": "software engineer",
    "noc": "21231",
    "province": "ON",
    "hours_per_week": "37.5",
    "permanent": "yes",
    "wage": "60",
    "wage_per": "hour",
    "local_median_hourly_wage": "52.5",
    "lmia": "none",
    "intra_company": "no",
    "employer_category_a_referral": "no",
}
PARTNER_IN_CANADA: Typed = {
    "status": "worker",
    "permit": "lmia",
    **day("permit_expires", "2028-12-31"),
    "job_offer": "yes",
    "job_title": "software engineer",
    "noc": "21231",
}
MONEY: Typed = {"settlement_funds_cad": "40,000"}


def answer_as_asha(visitor: Visitor, family: Typed = SINGLE) -> None:
    """Answer every page as Asha would: single, a software engineer from India, with IELTS scores."""
    visitor.send("h1b", **SITUATION)
    visitor.send("h1b-dates", **H1B_DATES)
    visitor.send("us-job", **US_JOB)
    visitor.send("you", **YOU)
    visitor.send("family", **family)
    visitor.add("work", **JOB)
    visitor.add("education", **DEGREE)
    visitor.add("language", **IELTS)
    visitor.send("canada", **NOTHING_IN_CANADA)
    visitor.send("relatives", any="no")
    visitor.send("money", **MONEY)
