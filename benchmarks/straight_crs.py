"""The CRS of 2025-03-25 and the FSW selection points, written out by hand in straight Python.

A second, independent reading of the official tables: tests hold the engine against it, and benchmarks time the
engine against it. It serves nobody else: the product scores from rule packs only. It takes complete profiles
(nothing unknown) as parsed JSON, with levels already given by a `clb` test.

Tables: https://www.canada.ca/en/immigration-refugees-citizenship/services/immigrate-canada/express-entry/check-score/crs-criteria.html
and IRPR ss. 78 to 83.
"""

import datetime as dt
from itertools import product
from typing import Any

ABILITIES = ("listening", "reading", "writing", "speaking")
AGE_SINGLE = {18: 99, 19: 105, **dict.fromkeys(range(20, 30), 110), 30: 105, 31: 99, 32: 94, 33: 88, 34: 83, 35: 77}
AGE_SINGLE |= {36: 72, 37: 66, 38: 61, 39: 55, 40: 50, 41: 39, 42: 28, 43: 17, 44: 6}
AGE_COUPLE = {18: 90, 19: 95, **dict.fromkeys(range(20, 30), 100), 30: 95, 31: 90, 32: 85, 33: 80, 34: 75, 35: 70}
AGE_COUPLE |= {36: 65, 37: 60, 38: 55, 39: 50, 40: 45, 41: 35, 42: 25, 43: 15, 44: 5}
LEVELS = (
    "none",
    "secondary",
    "one_year",
    "two_year",
    "bachelors",
    "two_or_more",
    "masters",
    "professional",
    "doctorate",
)
EDU_SINGLE = dict(zip(LEVELS, (0, 30, 90, 98, 120, 128, 135, 135, 150), strict=True))
EDU_COUPLE = dict(zip(LEVELS, (0, 28, 84, 91, 112, 119, 126, 126, 140), strict=True))
EDU_SPOUSE = dict(zip(LEVELS, (0, 2, 6, 7, 8, 9, 10, 10, 10), strict=True))
EDU_FSW = dict(zip(LEVELS, (0, 5, 15, 19, 21, 22, 23, 23, 25), strict=True))
THREE_YEARS = ("bachelors", "two_or_more", "masters", "professional", "doctorate")


def earlier(day: dt.date, years: int) -> dt.date:
    """The same calendar day so many years before."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_of(person: dict[str, Any], as_of: dt.date) -> int:
    """Completed years."""
    born = dt.date.fromisoformat(person["birth_date"])
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


def level_of(person: dict[str, Any], as_of: dt.date) -> str:
    """The level of education that counts: assessed if foreign, two credentials together if one is long."""
    counted = []
    for item in person["education"]:
        if item["completed"] is None:
            continue
        fresh = item.get("eca_date") is None or dt.date.fromisoformat(item["eca_date"]) > earlier(as_of, 5)
        if item["country"] == "CA" or (item["eca"] and fresh):
            counted.append(item["level"])
    best = max(counted, key=LEVELS.index, default="none")
    later = [level for level in counted if LEVELS.index(level) >= LEVELS.index("one_year")]
    if best == "bachelors" and len(later) >= 2:
        return "two_or_more"
    return best


def hours_worked(jobs: list[dict[str, Any]], start: dt.date, as_of: dt.date, least: float = 0) -> float:
    """Hours worked from `start` to `as_of`, day by day, at most 30 a week; days below `least` are left out."""
    days = [0.0] * ((as_of - start).days + 1)
    for job in jobs:
        first = max(0, (dt.date.fromisoformat(job["start"]) - start).days)
        last = (dt.date.fromisoformat(job["end"]) - start).days if job["end"] else len(days) - 1
        for day in range(first, last + 1):
            days[day] += job["hours_per_week"]
    return sum(min(30.0, weekly) for weekly in days if weekly >= least) / 7


def years_of(jobs: list[dict[str, Any]], as_of: dt.date, window: int = 10) -> int:
    """Whole years of 1,560 hours in the window."""
    return int((hours_worked(jobs, earlier(as_of, window), as_of) + 1e-6) // 1560)


def skilled(person: dict[str, Any], *, canada: bool, teer: str = "0123") -> list[dict[str, Any]]:
    """The jobs that count as Canadian or as foreign skilled work in the CRS."""
    return [
        job
        for job in person["work"]
        if job["noc"][1] in teer
        and job["paid"]
        and (job["country"] == "CA") == canada
        and (not canada or (job["authorized"] and not job["self_employed"] and not job["student"]))
    ]


def tests_of(person: dict[str, Any], language: str, as_of: dt.date) -> list[list[int]]:
    """The valid results in a language, or one of zeros."""
    found = [
        [test[ability] for ability in ABILITIES]
        for test in person["language_tests"]
        if (test.get("language") or "en") == language and dt.date.fromisoformat(test["date"]) > earlier(as_of, 2)
    ]
    return found or [[0, 0, 0, 0]]


def crs(profile: dict[str, Any]) -> int:
    """The CRS total, with the language results that give most."""
    as_of = dt.date.fromisoformat(profile["as_of"])
    married = profile["marital_status"] in ("married", "common_law")
    partner = profile["partner"] if married else None
    couple = bool(partner and partner["accompanying"] and not partner["canadian_citizen_or_pr"])
    level = level_of(profile, as_of)
    age = age_of(profile, as_of)
    canadian = min(years_of(skilled(profile, canada=True), as_of), 5)
    foreign = years_of(skilled(profile, canada=False), as_of)
    fixed = (AGE_COUPLE if couple else AGE_SINGLE).get(age, 0) + (EDU_COUPLE if couple else EDU_SINGLE)[level]
    fixed += ((0, 35, 46, 56, 63, 70) if couple else (0, 40, 53, 64, 72, 80))[canadian]
    if couple and partner:
        fixed += spouse(partner, as_of)
    extra = additional(profile, partner if couple else None)
    totals = []
    for english, french, first in product(tests_of(profile, "en", as_of), tests_of(profile, "fr", as_of), ("en", "fr")):
        one, two = (english, french) if first == "en" else (french, english)
        core = sum(first_points(clb, couple) for clb in one)
        core += min(22 if couple else 24, sum(second_points(clb) for clb in two))
        bonus = 0
        if min(french) >= 7:
            bonus = 50 if min(english) >= 5 else 25
        totals.append(
            fixed
            + core
            + transferability(level, min(one), canadian, foreign, bool(profile["trade_certificate"]))
            + min(600, extra + bonus)
        )
    return max(totals)


def first_points(clb: int, couple: bool) -> int:
    """First official language, one ability."""
    if clb < 4:
        return 0
    single = {4: 6, 5: 6, 6: 9, 7: 17, 8: 23, 9: 31}
    pair = {4: 6, 5: 6, 6: 8, 7: 16, 8: 22, 9: 29}
    return (pair if couple else single).get(clb, 32 if couple else 34)


def second_points(clb: int) -> int:
    """Second official language, one ability."""
    return 6 if clb >= 9 else 3 if clb >= 7 else 1 if clb >= 5 else 0


def spouse(partner: dict[str, Any], as_of: dt.date) -> int:
    """Section B."""
    best = max(
        sum(5 if clb >= 9 else 3 if clb >= 7 else 1 if clb >= 5 else 0 for clb in result)
        for language in ("en", "fr")
        for result in tests_of(partner, language, as_of)
    )
    work = (0, 5, 7, 8, 9, 10)[min(years_of(skilled(partner, canada=True), as_of), 5)]
    return EDU_SPOUSE[level_of(partner, as_of)] + best + work


def transferability(level: str, clb: int, canadian: int, foreign: int, certificate: bool) -> int:
    """Section C: each pair of combinations at most 50, the section at most 100."""
    high = LEVELS.index(level) >= LEVELS.index("two_or_more")
    middle = not high and LEVELS.index(level) >= LEVELS.index("one_year")
    study = 50 if high else 25 if middle else 0
    abroad = 50 if foreign >= 3 else 25 if foreign else 0
    half = {50: 25, 25: 13, 0: 0}
    by_language = 2 if clb >= 9 else 1 if clb >= 7 else 0
    by_work = min(canadian, 2)

    def step(most: int, how: int) -> int:
        return most if how == 2 else half[most] if how == 1 else 0

    trade = (50 if clb >= 7 else 25 if clb >= 5 else 0) if certificate else 0
    return min(
        100,
        min(50, step(study, by_language) + step(study, by_work))
        + min(50, step(abroad, by_language) + step(abroad, by_work))
        + trade,
    )


def additional(profile: dict[str, Any], partner: dict[str, Any] | None) -> int:
    """Section D without the French bonus."""
    points = 0
    whose = ("applicant", "partner") if partner else ("applicant",)
    if any(
        r["relation"] == "sibling" and r["age_18_or_over"] and r["of"] in whose for r in profile["relatives_in_canada"]
    ):
        points += 15
    done = [e["level"] for e in profile["education"] if e["country"] == "CA" and e["completed"]]
    if any(level in THREE_YEARS for level in done):
        points += 30
    elif any(level in ("one_year", "two_year") for level in done):
        points += 15
    nomination = profile["nomination"]
    if nomination and nomination["express_entry"]:
        points += 600
    return points


CLOSE_FAMILY = ("sibling", "parent", "grandparent", "child", "grandchild", "aunt_uncle", "niece_nephew")
FSW_EXPERIENCE = (0, 9, 11, 11, 13, 13, 15)


def fsw67(profile: dict[str, Any]) -> int:
    """The FSW selection points out of 100, with the language results that give most."""
    as_of = dt.date.fromisoformat(profile["as_of"])
    married = profile["marital_status"] in ("married", "common_law")
    partner = profile["partner"] if married else None
    if partner and (not partner["accompanying"] or partner["canadian_citizen_or_pr"]):
        partner = None
    languages = []
    for english, french in product(tests_of(profile, "en", as_of), tests_of(profile, "fr", as_of)):
        # Who has results in one language only has no choice of which is first.
        both = any(english) and any(french)
        for one, two in ((english, french), (french, english)) if both else ((max(english, french), [0] * 4),):
            first = sum(6 if clb >= 9 else 5 if clb == 8 else 4 if clb == 7 else 0 for clb in one)
            languages.append(first + (4 if min(two) >= 5 else 0))
    age = age_of(profile, as_of)
    by_age = 12 if 18 <= age <= 35 else max(0, 12 - (age - 35)) if age > 35 else 0
    worked = [
        job
        for job in profile["work"]
        if job["paid"] and job["noc"][1] in "0123" and (job["country"] != "CA" or job["authorized"])
    ]
    offer = profile["job_offer"]
    arranged = bool(
        offer
        and offer["noc"][1] in "0123"
        and offer["hours_per_week"] >= 30
        and (offer["permanent"] or offer["duration_months"] >= 12)
        and offer["lmia"] in ("standard", "gts_a", "gts_b")
    )
    return (
        max(languages)
        + EDU_FSW[level_of(profile, as_of)]
        + FSW_EXPERIENCE[min(6, years_of(worked, as_of))]
        + by_age
        + (10 if arranged else 0)
        + min(10, adaptability(profile, partner, as_of, arranged=arranged))
    )


def studied(person: dict[str, Any]) -> bool:
    """Two academic years in Canada in a program of two years or more."""
    return (
        sum(e["canadian_study_years"] for e in person["education"] if e["country"] == "CA" and e["level"] != "one_year")
        >= 2
    )


def adaptability(profile: dict[str, Any], partner: dict[str, Any] | None, as_of: dt.date, *, arranged: bool) -> int:
    """IRPR s. 83, before its cap. A year of work in Canada is full-time work there (s. 83(4))."""

    def worked(person: dict[str, Any], teer: str) -> bool:
        jobs = [
            job
            for job in person["work"]
            if job["country"] == "CA" and job["noc"][1] in teer and job["authorized"] and job["paid"]
        ]
        return hours_worked(jobs, earlier(as_of, 40), as_of, least=30) >= 1560

    whose = ("applicant", "partner") if partner else ("applicant",)
    points = 5 * studied(profile) + 10 * worked(profile, "0123") + 5 * arranged
    points += 5 * any(
        r["relation"] in CLOSE_FAMILY and r["age_18_or_over"] and r["of"] in whose
        for r in profile["relatives_in_canada"]
    )
    if partner:
        tested = any(min(r) >= 4 for language in ("en", "fr") for r in tests_of(partner, language, as_of))
        points += 5 * tested + 5 * studied(partner) + 5 * worked(partner, "012345")
    return points
