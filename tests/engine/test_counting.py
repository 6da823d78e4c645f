"""Counting as the conventions settle it: years, windows, anniversaries, part time, overlaps."""

from typing import Any

import pytest

from tests.engine.conftest import Assess
from tests.profiles import JOB_OFFER, asha


def job(start: str, end: str | None, **changes: Any) -> dict[str, Any]:
    return {**asha()["work"][0], "start": start, "end": end, **changes}


def canadian(start: str, end: str | None, **changes: Any) -> dict[str, Any]:
    return job(start, end, country="CA", province="ON", **changes)


def factor(assess_profile: Assess, name: str, grid: str = "crs", **changes: Any) -> int:
    factors = assess_profile(asha(**changes)).as_json()["scores"][grid]["factors"]
    assert name in factors
    return int(factors[name])


@pytest.mark.parametrize(
    ("born", "points"),
    [
        ("2008-11-22", 0),
        ("2008-11-21", 99),
        ("2007-11-22", 99),
        ("2007-11-21", 105),
        ("2006-11-21", 110),
        ("1996-11-22", 110),
        ("1996-11-21", 105),
        ("1986-11-21", 50),
        ("1985-11-21", 39),
        ("1982-11-21", 6),
        ("1981-11-22", 6),
        ("1981-11-21", 0),
    ],
)
def test_age_points_change_on_the_birthday(born: str, points: int, assess_profile: Assess) -> None:
    assert factor(assess_profile, "age", birth_date=born) == points


@pytest.mark.parametrize(("taken", "counts"), [("2024-11-21", False), ("2024-11-22", True), ("2026-11-21", True)])
def test_a_language_result_no_longer_counts_on_its_second_anniversary(
    taken: str, counts: bool, assess_profile: Assess
) -> None:
    tests = [{**asha()["language_tests"][0], "date": taken}]
    assert (factor(assess_profile, "first_language", language_tests=tests) > 0) is counts


@pytest.mark.parametrize(("assessed", "counts"), [("2021-11-21", False), ("2021-11-22", True)])
def test_an_assessment_no_longer_counts_on_its_fifth_anniversary(
    assessed: str, counts: bool, assess_profile: Assess
) -> None:
    education = [{**asha()["education"][0], "eca_date": assessed}]
    assert (factor(assess_profile, "education", education=education) > 0) is counts


@pytest.mark.parametrize(
    ("jobs", "years"),
    [
        ([canadian("2025-11-23", "2026-11-21")], 1),  # 364 days are 52 weeks: 1,560 hours
        ([canadian("2025-11-24", "2026-11-21")], 0),
        ([canadian("2024-11-24", "2026-11-21", hours_per_week=15)], 1),
        ([canadian("2024-11-25", "2026-11-21", hours_per_week=15)], 0),
        ([canadian("2025-11-23", "2026-11-21", hours_per_week=60)], 1),
        ([canadian("2025-05-24", "2026-11-21"), canadian("2025-05-24", "2026-11-21")], 1),
        ([canadian("2025-11-23", "2026-11-21", hours_per_week=15)] * 2, 1),
        ([canadian("2015-01-01", "2017-12-31")], 1),  # cut to the last ten years: 2016-11-21 to 2017-12-31
        ([canadian("2010-01-01", "2016-11-20")], 0),
        ([canadian("2024-01-01", None, self_employed=True)], 0),
        ([canadian("2024-01-01", None, student=True)], 0),
        ([canadian("2024-01-01", None, authorized=False)], 0),
        ([canadian("2024-01-01", None, paid=False)], 0),
        ([canadian("2024-01-01", None, employer_country="US")], 0),
        ([canadian("2024-01-01", None, noc="65201")], 0),
    ],
)
def test_canadian_work_is_counted_in_whole_years_of_1560_hours(
    jobs: list[dict[str, Any]], years: int, assess_profile: Assess
) -> None:
    points = factor(assess_profile, "canadian_work", work=jobs)
    assert points == [0, 40, 53, 64, 72, 80][years]


def test_foreign_work_counts_self_employed_studying_and_unauthorized(assess_profile: Assess) -> None:
    work = [job("2022-01-01", None, self_employed=True, student=True, authorized=False)]
    assert factor(assess_profile, "foreign_work_language", work=work) == 50


def test_the_narrower_reading_of_foreign_work_is_told_where_it_changes_the_points(assess_profile: Assess) -> None:
    work = [job("2023-01-01", "2024-06-30"), job("2024-07-01", "2026-11-21", noc="20012")]
    score = assess_profile(asha(work=work)).scores["crs"]
    line = next(line for line in score.walk() if line.id == "foreign_work_language")
    assert (line.points, len(line.remarks)) == (50, 1)
    plain = assess_profile(asha()).scores["crs"]
    assert not any(line.remarks for line in plain.walk())


@pytest.mark.parametrize(
    ("jobs", "met"),
    [
        ([job("2025-01-01", "2025-12-30")], True),
        ([job("2025-01-01", "2025-06-30"), job("2025-07-01", "2025-12-30")], True),
        ([job("2025-01-01", "2025-06-30"), job("2025-07-02", "2025-12-31")], False),
        ([job("2025-01-01", "2025-06-30"), job("2025-07-01", "2025-12-30", noc="21232")], False),
        ([job("2014-01-01", "2016-12-31")], False),
        ([canadian("2025-01-01", "2025-12-30", authorized=False)], False),
    ],
)
def test_the_fsw_year_is_continuous_and_in_one_occupation(
    jobs: list[dict[str, Any]], met: bool, assess_profile: Assess
) -> None:
    program = assess_profile(asha(work=jobs)).program("fsw")
    assert {f.id: f.met for f in program.requirements}["skilled-work"] is met


def test_job_offer_points_end_on_2025_03_25(assess_profile: Assess) -> None:
    early = {"language_tests": [{**asha()["language_tests"][0], "date": "2024-06-01"}], "job_offer": JOB_OFFER}
    before = assess_profile(asha(as_of="2025-03-24", **early)).scores["crs"]
    after = assess_profile(asha(as_of="2025-03-25", **early)).scores["crs"]
    assert before.total - after.total == 50


@pytest.mark.parametrize(
    ("scale", "taken", "listening", "level"),
    [
        (None, "2026-01-01", 503, 9),
        ("699", "2026-01-01", 502, 8),
        ("old_equivalent", "2026-01-01", 298, 9),
        ("old_equivalent", "2026-01-01", 297, 8),
    ],
)
def test_tef_is_read_on_the_scale_it_names(
    scale: str | None, taken: str, listening: int, level: int, assess_profile: Assess
) -> None:
    test = {"test": "tef_canada", "language": "fr", "date": taken, "scale": scale}
    scores = {"listening": listening, "reading": 250, "writing": 400, "speaking": 400}
    clb = assess_profile(asha(language_tests=[{**test, **scores}])).clb["applicant"]["fr"]
    assert clb is not None
    assert clb["listening"] == level


@pytest.mark.parametrize(("taken", "listening"), [("2023-12-10", 298), ("2023-12-11", 503)])
def test_tef_that_names_no_scale_is_read_on_that_of_its_very_day(
    taken: str, listening: int, assess_profile: Assess
) -> None:
    test = {"test": "tef_canada", "language": "fr", "date": taken, "listening": listening}
    scores = {"reading": 250, "writing": 400, "speaking": 400}
    clb = assess_profile(asha(as_of="2025-06-01", language_tests=[{**test, **scores}])).clb["applicant"]["fr"]
    assert clb is not None
    assert clb["listening"] == 9


def test_the_second_language_is_capped_at_22_with_a_partner(assess_profile: Assess) -> None:
    ten = {"date": "2026-01-01", **dict.fromkeys(("listening", "reading", "writing", "speaking"), 10)}
    tests = [{"test": "clb", "language": language, **ten} for language in ("en", "fr")]
    partner = {"accompanying": True, "canadian_citizen_or_pr": False, "education": [], "language_tests": [], "work": []}
    assert factor(assess_profile, "second_language", language_tests=tests) == 24
    married = {"marital_status": "married", "partner": partner}
    assert factor(assess_profile, "second_language", language_tests=tests, **married) == 22


def test_a_partner_of_whom_nothing_is_known_makes_the_score_a_range(assess_profile: Assess) -> None:
    score = assess_profile(asha(marital_status="married", partner=None)).scores["crs"]
    assert not score.complete
    assert score.range[1] <= 478 + 40
    assert "partner.accompanying" in score.missing
