"""Four people and what they answer, page by page, as of 21 November 2026.

They are those of `eligibility/demo/`, as far as the questionnaire asks. Questions go by the name they are
stored under, answers by the words on the page.
"""

import datetime as dt
from typing import Any

from tests.browser.applicant import DONT_KNOW

TODAY = dt.date(2026, 11, 21)
Pages = dict[str, Any]


def day(text: str) -> dt.date:
    """A date, from the way it is written here."""
    return dt.date.fromisoformat(text)


NO_TIES_TO_CANADA = {
    "present": "No",
    "job_offer": "No",
    "nomination": "No",
    "trade_certificate": "No",
    "express_entry_profile": "No",
}


def job(title: str, noc: str, start: str, end: str | None = None) -> Pages:
    """A full-time paid job in the United States."""
    ended = {"still_there": "No", "end": day(end)} if end else {"still_there": "Yes"}
    return {
        "job_title": title,
        "noc": f"NOC {noc}",
        "country": "United States",
        "start": day(start),
        **ended,
        "hours_per_week": 40,
        "paid": "Yes",
        "self_employed": "No",
    }


ASHA: Pages = {
    "h1b": {"situation": "You work on an approved H-1B."},
    "h1b-dates": {
        "i94_expires": day("2027-09-30"),
        "expires": day("2027-09-30"),
        "visa_valid_until": day("2027-09-30"),
        "first_h1b_day": day("2021-10-01"),
        "i140_approved": "No",
    },
    "what-it-means": None,
    "us-job": {"months_with_employer": 76, "capacity": "None of these", "employer_has_canadian_affiliate": "No"},
    "you": {
        "birth_date": day("1997-04-08"),
        "citizenship": "India",
        "residence": "United States",
        "provinces": ["Ontario", "British Columbia"],
    },
    "family": {"marital_status": "Never married", "has_children": "No"},
    "work": [job("software engineer", "21231", "2020-07-06")],
    "education": [
        {
            "level": "Master's degree",
            "country": "United States",
            "finished": "Yes",
            "completed": day("2020-05-15"),
            "eca": "Yes",
            "eca_date": day("2025-02-10"),
        }
    ],
    "language": [
        {
            "test": "IELTS General Training",
            "date": day("2026-02-14"),
            "listening": 8.5,
            "reading": 8,
            "writing": 7,
            "speaking": 7.5,
        }
    ],
    "canada": NO_TIES_TO_CANADA,
    "relatives": "No",
    "money": {"settlement_funds_cad": "32,000"},
}

DANIEL: Pages = {
    "h1b": {"situation": "You work on an approved H-1B."},
    "h1b-dates": {
        "i94_expires": day("2027-06-30"),
        "expires": day("2027-06-30"),
        "visa_valid_until": day("2025-08-31"),
        "first_h1b_day": day("2018-10-01"),
        "i140_approved": "Yes",
    },
    "what-it-means": None,
    "us-job": {
        "months_with_employer": 97,
        "capacity": "Manager: I lead people or an essential function",
        "employer_has_canadian_affiliate": "Yes",
    },
    "you": {
        "birth_date": day("1992-02-19"),
        "citizenship": "Brazil",
        "residence": "United States",
        "provinces": ["Ontario", "Alberta"],
    },
    "family": {
        "marital_status": "Married",
        "accompanying": "Yes",
        "partner_canadian": "No",
        "has_children": "Yes",
        "family_size": 3,
    },
    "children": [{"birth_date": day("2022-04-02")}],
    "work": [job("information systems analyst", "21222", "2018-10-01")],
    "education": [
        {
            "level": "Bachelor's degree, or another credential of three years or more",
            "country": "Brazil",
            "finished": "Yes",
            "completed": day("2014-12-15"),
            "eca": "Yes",
            "eca_date": day("2025-11-05"),
        }
    ],
    "language": [
        {
            "test": "IELTS General Training",
            "date": day("2026-04-11"),
            "listening": 8,
            "reading": 7,
            "writing": 7,
            "speaking": 7,
        }
    ],
    "partner-education": [
        {
            "level": "Bachelor's degree, or another credential of three years or more",
            "country": "Brazil",
            "finished": "Yes",
            "completed": day("2015-12-18"),
            "eca": "Yes",
            "eca_date": day("2025-11-05"),
        }
    ],
    "partner-language": [
        {
            "test": "CELPIP-General",
            "date": day("2026-05-16"),
            "listening": 8,
            "reading": 8,
            "writing": 8,
            "speaking": 8,
        }
    ],
    "partner-work": "No",
    "canada": NO_TIES_TO_CANADA,
    "relatives": "No",
    "money": {"settlement_funds_cad": "38,000"},
}

_NEARLY_NATIVE = "I follow and say almost everything, complex things too (CLB 9)"

LAID_OFF: Pages = {
    "h1b": {"situation": "Your job ended and you are inside the grace period."},
    "h1b-dates": {"last_day_worked": day("2026-10-12"), "i94_expires": day("2027-05-31")},
    "what-it-means": None,
    "you": {
        "birth_date": day("1988-01-27"),
        "citizenship": "India",
        "residence": "United States",
        "provinces": ["Ontario", "British Columbia", "Alberta"],
    },
    "family": {
        "marital_status": "Married",
        "accompanying": "Yes",
        "partner_canadian": "No",
        "has_children": "Yes",
        "family_size": 4,
    },
    "children": [{"birth_date": day("2016-08-21")}, {"birth_date": day("2020-03-09")}],
    "work": [
        job("software developer", "21232", "2018-03-05", "2026-10-12"),
        job("computer programmer", "21230", "2014-08-04", "2018-02-23"),
    ],
    "education": [
        {
            "level": "Master's degree",
            "country": "United States",
            "finished": "Yes",
            "completed": day("2014-05-10"),
            "eca": DONT_KNOW,
        }
    ],
    "language": [
        {
            "test": "Not yet: I estimate my English",
            "listening": _NEARLY_NATIVE,
            "reading": _NEARLY_NATIVE,
            "writing": "I work in it with ease, and sometimes miss a nuance (CLB 8)",
            "speaking": _NEARLY_NATIVE,
        }
    ],
    "partner-education": [
        {
            "level": "Master's degree",
            "country": "India",
            "finished": "Yes",
            "completed": day("2012-06-30"),
            "eca": "No",
        }
    ],
    "partner-language": "Not yet",
    "partner-work": "No",
    "canada": NO_TIES_TO_CANADA,
    "relatives": [
        {
            "relation": "Cousin",
            "of": "Mine",
            "status": "Citizen",
            "province": "Ontario",
            "age_18_or_over": "Yes",
        }
    ],
    "money": {"settlement_funds_cad": "45,000"},
}

KNOWS_NOTHING: Pages = {
    "h1b": {"situation": DONT_KNOW},
    "you": {
        "birth_date": DONT_KNOW,
        "citizenship": DONT_KNOW,
        "residence": DONT_KNOW,
        "provinces": ["I am not sure yet"],
    },
    "family": {"marital_status": DONT_KNOW, "has_children": DONT_KNOW},
    "work": DONT_KNOW,
    "education": DONT_KNOW,
    "language": "Not yet",
    "canada": dict.fromkeys(NO_TIES_TO_CANADA, DONT_KNOW),
    "relatives": DONT_KNOW,
    "money": {"settlement_funds_cad": DONT_KNOW},
}
