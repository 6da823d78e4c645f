"""Made-up people: what each types, page by page, and the profile that this makes, each written for itself.

The profile goes to `manage.py evaluate`, the typing through the site; both have to come to the same verdicts.
"""

import random
from dataclasses import dataclass, field
from typing import Any

Typed = dict[str, Any]

_NOCS = ("21231", "21232", "21211", "21223", "21301")
_CITIZENSHIPS = ("IN", "CN", "BR", "PH", "MX")
_LEVELS = ("bachelors", "masters", "doctorate")
_PROVINCES = (["ON", "BC"], ["ON", "AB"], ["SK"], ["MB", "NS", "ON"])
NO_TIES = {
    "present": "no",
    "job_offer": "no",
    "nomination": "no",
    "trade_certificate": "no",
    "express_entry_profile": "no",
}


@dataclass
class Answering:
    """A person: steps in the order of the questionnaire (a list adds things), and the profile that they make."""

    number: int
    steps: dict[str, Typed | list[Typed]] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)


def day(name: str, date: str) -> Typed:
    """A date as its three fields."""
    year, month, number = date.split("-")
    return {f"{name}_day": str(int(number)), f"{name}_month": str(int(month)), f"{name}_year": year}


def _degree(level: str, completed: str) -> tuple[Typed, dict[str, Any]]:
    typed = {"level": level, "country": "US", "finished": "yes", "eca": "yes"}
    typed |= day("completed", completed) | day("eca_date", "2026-01-12")
    held = {"level": level, "country": "US", "completed": completed, "eca": True, "eca_date": "2026-01-12"}
    return typed, held


def _test(pick: random.Random) -> tuple[Typed, dict[str, Any]]:
    scores = {name: pick.choice((6, 6.5, 7, 7.5, 8, 8.5)) for name in ("listening", "reading", "writing", "speaking")}
    typed = {"test": "ielts_gt", **day("date", "2026-03-01"), **{name: str(score) for name, score in scores.items()}}
    return typed, {"test": "ielts_gt", "date": "2026-03-01", "scale": None, **scores}


def person(number: int, as_of: str) -> Answering:
    """The person of this number, always the same."""
    pick = random.Random(number)
    married = pick.random() < 0.4
    born = f"{pick.randint(1978, 2001)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    start = f"{pick.randint(2013, 2024)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    noc, citizen, months = pick.choice(_NOCS), pick.choice(_CITIZENSHIPS), pick.randint(1, 120)
    provinces, funds = pick.choice(_PROVINCES), pick.randint(5, 90) * 1000
    degree, degree_held = _degree(pick.choice(_LEVELS), f"{pick.randint(2008, 2020)}-05-30")
    test, test_held = _test(pick)
    dates = {
        "i94_expires": "2027-09-30",
        "expires": "2027-09-30",
        "visa_valid_until": "2027-01-01",
        "first_h1b_day": "2021-10-01",
    }
    made = Answering(number)
    made.steps = {
        "h1b": {"situation": "employed_approved"},
        "h1b-dates": {
            **{k: v for name, date in dates.items() for k, v in day(name, date).items()},
            "i140_approved": "no",
        },
        "us-job": {"months_with_employer": str(months), "capacity": "other", "employer_has_canadian_affiliate": "no"},
        "you": {**day("birth_date", born), "citizenship": citizen, "residence": "US", "provinces": provinces},
        "family": {"marital_status": "married" if married else "single", "has_children": "no"}
        | ({"accompanying": "yes", "partner_canadian": "no"} if married else {}),
        "work": [
            {
                "job_title": "software engineer",
                "noc": noc,
                "country": "US",
                **day("start", start),
                "still_there": "yes",
                "hours_per_week": "40",
                "paid": "yes",
                "self_employed": "no",
            }
        ],
        "education": [degree],
        "language": [test],
    }
    partner = None
    if married:
        of_partner, of_partner_held = _degree(pick.choice(_LEVELS), "2014-05-30")
        tests, tests_held = _test(pick)
        made.steps |= {"partner-education": [of_partner], "partner-language": [tests], "partner-work": {"any": "no"}}
        partner = {
            "accompanying": True,
            "canadian_citizen_or_pr": False,
            "education": [of_partner_held],
            "language_tests": [tests_held],
            "work": [],
        }
    made.steps |= {"canada": NO_TIES, "relatives": {"any": "no"}, "money": {"settlement_funds_cad": str(funds)}}
    made.profile = {
        "id": number,
        "as_of": as_of,
        "birth_date": born,
        "citizenships": [citizen],
        "residence": "US",
        "intends_to_live_in": provinces,
        "provinces_of_interest": provinces,
        "h1b": {"status": "employed", "lives_in_us": True, **dates, "i140_approved": False},
        "us_job": {"months_with_employer": months, "capacity": "other", "employer_has_canadian_affiliate": False},
        "marital_status": "married" if married else "single",
        "partner": partner,
        "children": [],
        "family_size": 2 if married else 1,
        "work": [
            {
                "noc": noc,
                "title": "software engineer",
                "country": "US",
                "start": start,
                "end": None,
                "hours_per_week": 40,
                "paid": True,
                "self_employed": False,
            }
        ],
        "education": [degree_held],
        "language_tests": [test_held],
        "canada": {"present": False},
        "job_offer": False,
        "nomination": False,
        "trade_certificate": False,
        "express_entry_profile": False,
        "relatives_in_canada": [],
        "settlement_funds_cad": funds,
    }
    return made
