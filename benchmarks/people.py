"""Made-up people for measuring: complete profiles from a fixed seed, the same in every run."""

import random
from typing import Any

ABILITIES = ("listening", "reading", "writing", "speaking")
LEVELS = ("two_year", "bachelors", "bachelors", "masters", "masters", "doctorate")
OCCUPATIONS = ("21231", "21232", "21211", "21223", "20012", "21301")


def _levels(pick: random.Random, language: str) -> dict[str, Any]:
    scores = {ability: pick.randint(5, 10) for ability in ABILITIES}
    return {"test": "clb", "language": language, "date": "2026-02-01", **scores}


def _person(pick: random.Random) -> dict[str, Any]:
    start = f"{pick.randint(2014, 2024)}-{pick.randint(1, 12):02}-01"
    level = pick.choice(LEVELS)
    study = {"level": level, "country": "IN", "completed": "2012-06-01", "eca": True, "canadian_study_years": 0}
    job = {
        "noc": pick.choice(OCCUPATIONS),
        "country": pick.choice(("US", "US", "US", "CA")),
        "start": start,
        "end": None,
        "hours_per_week": 40,
        "self_employed": False,
        "student": False,
        "authorized": True,
        "paid": True,
    }
    languages = ("en", "fr") if pick.random() < 0.15 else ("en",)
    return {
        "birth_date": f"{pick.randint(1978, 2001)}-{pick.randint(1, 12):02}-15",
        "education": [study],
        "language_tests": [_levels(pick, language) for language in languages],
        "work": [job],
    }


def people(count: int, seed: int = 20261121) -> list[dict[str, Any]]:
    """So many profiles in the form of the contract, as of 2026-11-21."""
    pick = random.Random(seed)
    made = []
    for number in range(count):
        married = pick.random() < 0.5
        partner = {"accompanying": True, "canadian_citizen_or_pr": False, **_person(pick)} if married else None
        made.append(
            {
                "id": number,
                "as_of": "2026-11-21",
                "residence": "US",
                "citizenships": ["IN"],
                **_person(pick),
                "marital_status": "married" if married else "single",
                "partner": partner,
                "trade_certificate": False,
                "job_offer": False,
                "nomination": False,
                "relatives_in_canada": [],
                "settlement_funds_cad": pick.choice((10000, 30000, 60000)),
                "family_size": 2 if married else 1,
                "children": [],
                "provinces_of_interest": ["ON", "BC"],
                "canada": {"present": False},
                "express_entry_profile": False,
            }
        )
    return made
