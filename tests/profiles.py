"""Profiles for tests: a small cast, and Hypothesis strategies for complete and for partly answered ones."""

import copy
import datetime as dt
import json
import pathlib
from typing import Any

from hypothesis import strategies as st

from eligibility.profile import Profile, read_profile

DEMO = pathlib.Path(__file__).resolve().parents[1] / "eligibility" / "demo"
AS_OF = dt.date(2026, 11, 21)
LEVELS = ["none", "secondary", "one_year", "two_year", "bachelors", "masters", "professional", "doctorate"]
NOCS = ["21231", "21232", "20012", "22220", "72200", "63200", "31301", "65201", "75110", "00012"]

ASHA: dict[str, Any] = {
    "id": "asha",
    "as_of": "2026-11-21",
    "birth_date": "1997-05-17",
    "citizenships": ["IN"],
    "residence": "US",
    "marital_status": "single",
    "education": [{"level": "masters", "country": "US", "completed": "2019-05-30", "eca": True}],
    "language_tests": [
        {
            "test": "ielts_gt",
            "language": "en",
            "date": "2026-03-01",
            "listening": 8.5,
            "reading": 8.0,
            "writing": 7.0,
            "speaking": 7.5,
        }
    ],
    "work": [
        {
            "noc": "21231",
            "country": "US",
            "start": "2020-01-06",
            "end": None,
            "hours_per_week": 40,
            "self_employed": False,
            "student": False,
            "authorized": True,
            "paid": True,
        }
    ],
    "trade_certificate": False,
    "job_offer": False,
    "nomination": False,
    "relatives_in_canada": [],
    "settlement_funds_cad": 40000,
    "family_size": 1,
    "provinces_of_interest": ["ON", "BC"],
    "children": [],
    "h1b": {"status": "employed", "expires": "2027-09-30", "lives_in_us": True, "visa_valid_until": "2027-01-01"},
}


def demo_profile(name: str, **changes: Any) -> Profile:
    """One of the demo people, with some answers changed."""
    return read_profile(json.loads((DEMO / f"{name}.json").read_text()) | changes)


def asha(**changes: Any) -> dict[str, Any]:
    """Asha, a single software engineer from India, with some answers changed."""
    return {**copy.deepcopy(ASHA), **changes}


def days(first: dt.date, last: dt.date = AS_OF) -> st.SearchStrategy[str]:
    """Dates as text."""
    return st.dates(first, last).map(dt.date.isoformat)


def clb_tests() -> st.SearchStrategy[dict[str, Any]]:
    """A result given as levels."""
    return st.fixed_dictionaries(
        {
            "test": st.just("clb"),
            "language": st.sampled_from(["en", "fr"]),
            "date": days(dt.date(2024, 6, 1)),
            **{ability: st.integers(3, 11) for ability in ("listening", "reading", "writing", "speaking")},
        }
    )


@st.composite
def jobs(draw: st.DrawFn) -> dict[str, Any]:
    """A job, in Canada or abroad, complete in every answer."""
    start = draw(st.dates(dt.date(2012, 1, 1), AS_OF))
    end = draw(st.one_of(st.none(), st.dates(start, AS_OF)))
    return {
        "noc": draw(st.sampled_from(NOCS)),
        "country": draw(st.sampled_from(["US", "IN", "CA", "CA"])),
        "province": None,
        "start": start.isoformat(),
        "end": end and end.isoformat(),
        "hours_per_week": draw(st.sampled_from([10, 15, 20, 30, 37.5, 40])),
        "self_employed": draw(st.booleans()),
        "student": draw(st.booleans()),
        "authorized": draw(st.sampled_from([True, True, False])),
        "paid": draw(st.sampled_from([True, True, True, False])),
    }


def credentials() -> st.SearchStrategy[dict[str, Any]]:
    """A credential, complete in every answer."""
    return st.fixed_dictionaries(
        {
            "level": st.sampled_from(LEVELS),
            "country": st.sampled_from(["US", "IN", "CA"]),
            "completed": st.one_of(days(dt.date(2012, 1, 1)), st.none()),
            "eca": st.booleans(),
            "eca_date": st.one_of(st.none(), days(dt.date(2020, 6, 1))),
            "canadian_study_years": st.integers(0, 4),
        }
    )


def relatives() -> st.SearchStrategy[dict[str, Any]]:
    """A relative in Canada."""
    return st.fixed_dictionaries(
        {
            "relation": st.sampled_from(["sibling", "cousin", "parent"]),
            "status": st.sampled_from(["citizen", "permanent_resident"]),
            "province": st.just("ON"),
            "of": st.sampled_from(["applicant", "partner"]),
            "age_18_or_over": st.booleans(),
        }
    )


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """What the applicant and the partner have in common."""
    return {
        "birth_date": draw(days(dt.date(1976, 1, 1), dt.date(2009, 12, 31))),
        "education": draw(st.lists(credentials(), max_size=3)),
        "language_tests": draw(st.lists(clb_tests(), max_size=3)),
        "work": draw(st.lists(jobs(), max_size=3)),
    }


@st.composite
def complete_profiles(draw: st.DrawFn) -> dict[str, Any]:
    """A profile in which nothing that matters to Express Entry is unknown."""
    married = draw(st.booleans())
    partner = None
    if married:
        partner = {
            "accompanying": draw(st.booleans()),
            "canadian_citizen_or_pr": draw(st.sampled_from([False, False, True])),
            **draw(people()),
            "job_offer": draw(st.sampled_from([False, {"noc": "21231"}, {"noc": "65201"}])),
            "canada": draw(st.sampled_from([{"present": False}, WORKING_IN_CANADA])),
        }
    return {
        **asha(id=draw(st.integers())),
        **draw(people()),
        "marital_status": "married" if married else "single",
        "partner": partner,
        "trade_certificate": draw(st.sampled_from([False, {"province": "AB", "noc": "72200"}])),
        "nomination": draw(st.sampled_from([False, False, {"province": "ON", "express_entry": True}])),
        "relatives_in_canada": draw(st.lists(relatives(), max_size=2)),
        "settlement_funds_cad": draw(st.sampled_from([5000, 15263, 19001, 60000])),
        "family_size": 2 if married else 1,
        "job_offer": draw(st.sampled_from([False, JOB_OFFER, {**JOB_OFFER, "lmia": "none"}])),
        "canada": {"present": False},
        "us_permanent_resident": draw(st.booleans()),
        "permanent_residences": draw(st.sampled_from([[], ["AU"]])),
    }


WORKING_IN_CANADA: dict[str, Any] = {
    "present": True,
    "status": "worker",
    "permit": "lmia",
    "permit_expires": "2028-06-30",
    "province": "ON",
}
JOB_OFFER: dict[str, Any] = {
    "noc": "21231",
    "province": "ON",
    "hours_per_week": 40,
    "duration_months": 24,
    "permanent": True,
    "annual_wage": 120000,
    "hourly_wage": 57.69,
    "lmia": "gts_b",
    "local_median_hourly_wage": 50,
    "employer": {"category_a_referral": False},
}

Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> list[Path]:
    """Every place in a profile that an answer could be taken from."""
    found: list[Path] = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if path == () and key in ("id", "as_of"):
            continue
        if inner is not None and not (isinstance(value, list)):
            found.append((*path, key))
        found.extend(places(inner, (*path, key)))
    return found


HAVE_A_DEFAULT = {"end", "completed", "eca_date", "employer_country", "language", "family_size", "scale", "date"}


def forget(profile: dict[str, Any], path: Path) -> dict[str, Any]:
    """The profile with one answer no longer known."""
    changed = copy.deepcopy(profile)
    inner: Any = changed
    for key in path[:-1]:
        inner = inner[key]
        if inner is None:
            return changed
    inner[path[-1]] = None
    return changed


@st.composite
def forgetful(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A complete profile, and the same with some answers taken away.

    Left out are the answers whose absence has a meaning of its own (a job without an end goes on, a bare level without
    a language is English, and without a date it has not lapsed).
    """
    whole = draw(complete_profiles())
    partly = whole
    candidates = [path for path in places(whole) if path[-1] not in HAVE_A_DEFAULT]
    for path in draw(st.lists(st.sampled_from(candidates), min_size=1, max_size=4)):
        try:
            partly = forget(partly, path)
        except (KeyError, TypeError, IndexError):
            continue
    return whole, partly
