"""The profile that the answers of four people make."""

from collections.abc import Iterator
from typing import Any

import pytest

from eligibility.answers.document import Answers
from eligibility.answers.to_profile import profile_dict, to_profile
from eligibility.profile import read_profile
from programs.rulebook import Rulebook, vocabulary
from tests.wizard.visitor import (
    DEGREE,
    IELTS,
    JOB,
    MARRIED,
    NOTHING_IN_CANADA,
    PARTNER_IN_CANADA,
    TODAY,
    YOU,
    Visitor,
    answer_as_asha,
    day,
)

pytestmark = pytest.mark.database


def test_asha_is_single_and_an_engineer_from_india(asha: Visitor) -> None:
    answer_as_asha(asha)
    profile = asha.profile
    assert profile["as_of"] == "2026-11-21"
    assert profile["birth_date"] == "1997-05-17"
    assert profile["citizenships"] == ["IN"]
    assert profile["residence"] == "US"
    assert profile["intends_to_live_in"] == profile["provinces_of_interest"] == ["ON", "BC"]
    assert profile["marital_status"] == "single"
    assert profile["partner"] is None
    assert profile["children"] == []
    assert profile["family_size"] == 1
    assert profile["h1b"] == {
        "status": "employed",
        "lives_in_us": True,
        "last_day_worked": None,
        "i94_expires": "2027-09-30",
        "expires": "2027-09-30",
        "visa_valid_until": "2027-01-01",
        "first_h1b_day": "2021-10-01",
        "i140_approved": False,
        # What only other situations ask for is not known.
        "extension_pending": None,
        "petition_filed_on": None,
        "response_due": None,
        "days_abroad": None,
        "six_years_end": None,
        "labor_certification_filed_on": None,
    }
    assert profile["us_job"] == {
        "months_with_employer": 30,
        "capacity": "other",
        "employer_has_canadian_affiliate": None,
    }
    assert profile["work"] == [
        {
            "noc": "21231",
            "title": "software engineer",
            "country": "US",
            "province": None,
            "start": "2020-01-06",
            "end": None,
            "hours_per_week": 40,
            "paid": True,
            "self_employed": False,
            "authorized": None,
            "student": None,
            "employer_country": None,
        }
    ]
    assert profile["education"] == [
        {
            "level": "masters",
            "country": "US",
            "province": None,
            "completed": "2019-05-30",
            "eca": True,
            "eca_date": "2026-01-12",
            "canadian_study_years": None,
        }
    ]
    assert profile["language_tests"] == [
        {
            "test": "ielts_gt",
            "date": "2026-03-01",
            "scale": None,
            "listening": 8.5,
            "reading": 8,
            "writing": 7,
            "speaking": 7.5,
        }
    ]
    assert profile["canada"] == {"present": False}
    assert profile["job_offer"] is profile["nomination"] is profile["trade_certificate"] is False
    assert profile["relatives_in_canada"] == []
    assert profile["settlement_funds_cad"] == 40000


def test_asha_and_daniel_are_married_and_his_answers_count(asha: Visitor) -> None:
    answer_as_asha(asha, MARRIED)
    asha.add("partner-education", **DEGREE | {"level": "bachelors", "eca": "unknown"})
    asha.add("partner-language", **IELTS | {"reading": "6.5"})
    canadian = {key: value for key, value in JOB.items() if key != "country"} | {
        "province": "ON",
        "authorized": "yes",
        "student": "no",
    }
    asha.add("partner-work", **canadian)
    partner = asha.profile["partner"]
    assert partner["accompanying"] is True
    assert partner["canadian_citizen_or_pr"] is False
    assert partner["education"][0] | {} == {
        "level": "bachelors",
        "country": "US",
        "province": None,
        "completed": "2019-05-30",
        "eca": None,
        "eca_date": None,
        "canadian_study_years": None,
    }
    assert partner["language_tests"][0]["reading"] == 6.5
    assert partner["work"][0]["country"] == "CA"
    assert partner["work"][0]["province"] == "ON"
    assert asha.profile["family_size"] == 2
    assert asha.profile["language_tests"][0]["reading"] == 8


@pytest.mark.parametrize("change", [{"accompanying": "no"}, {"partner_canadian": "yes"}])
def test_a_partner_who_does_not_count_is_not_asked_about(asha: Visitor, change: dict[str, str]) -> None:
    assert asha.send("family", **MARRIED | change) == "work"
    assert asha.send("language", any="unknown") == "canada"
    assert asha.profile["partner"]["education"] is None


def test_laid_off_with_twenty_days_left(asha: Visitor) -> None:
    assert asha.send("h1b", situation="laid_off_in_grace") == "h1b-dates"
    dates = day("last_day_worked", "2026-10-12") | day("i94_expires", "2027-09-30")
    assert asha.send("h1b-dates", **dates) == "what-it-means"
    said = asha.open("what-it-means")
    assert "Your 60 days end on Friday 11 December 2026" in said
    assert "That is 20 days from today." in said
    assert "Your grace period ends on 11 December 2026." in asha.open("you")
    profile = asha.profile
    assert profile["h1b"]["status"] == "laid_off"
    assert profile["h1b"]["last_day_worked"] == "2026-10-12"
    assert profile["us_job"] is None


def test_the_grace_period_ends_with_the_stay_where_that_is_sooner(asha: Visitor) -> None:
    asha.send("h1b", situation="laid_off_in_grace")
    asha.send("h1b-dates", **day("last_day_worked", "2026-10-12"), **day("i94_expires", "2026-11-30"))
    assert "Your time ends with your I-94, on Monday 30 November 2026" in asha.open("what-it-means")


def test_a_grace_period_that_is_over_is_said_to_be(asha: Visitor) -> None:
    asha.send("h1b", situation="laid_off_in_grace")
    asha.send("h1b-dates", **day("last_day_worked", "2026-08-01"), i94_expires_unknown="on")
    assert "Your 60 days ended on 30 September 2026" in asha.open("what-it-means")


def test_someone_who_knows_nothing_yet_gets_unknowns_and_never_a_no(asha: Visitor) -> None:
    asha.send("h1b", situation="unknown")
    asha.send("you", birth_date_unknown="on", citizenship_unknown="on", residence_unknown="on", provinces=["unsure"])
    asha.send("family", marital_status="unknown", has_children="unknown")
    for slug in ("work", "education", "language", "relatives"):
        asha.send(slug, any="unknown")
    asha.send("canada", **dict.fromkeys(NOTHING_IN_CANADA, "unknown"))
    asha.send("money", settlement_funds_cad_unknown="on")
    assert {key: value for key, value in asha.profile.items() if value is not None} == {"as_of": "2026-11-21"}
    said = asha.open("check")
    assert "Not answered yet" not in said
    assert "I don't know yet" in said


def test_someone_who_skips_everything_gets_unknowns_too() -> None:
    assert to_profile(Answers(), TODAY) == read_profile({"as_of": TODAY.isoformat()})


def test_a_job_that_ended_on_a_forgotten_day_does_not_seem_to_go_on(asha: Visitor) -> None:
    asha.add("work", **JOB | {"still_there": "no", "end_unknown": "on"})
    job = asha.profile["work"][0]
    assert job["start"] is None
    assert job["end"] is None


def test_an_estimate_is_marked_as_one_and_is_of_today(asha: Visitor) -> None:
    levels = {"listening": "9", "reading": "8", "writing": "unknown", "speaking": "7"}
    assert asha.add("language", test="estimate-fr", **levels) == "language"
    assert asha.profile["language_tests"] == [
        {
            "test": "clb",
            "language": "fr",
            "date": "2026-11-21",
            "estimated": True,
            "listening": 9,
            "reading": 8,
            "writing": None,
            "speaking": 7,
        }
    ]


def test_someone_living_in_canada_is_present_without_being_asked(asha: Visitor) -> None:
    asha.send("you", **YOU | {"residence": "CA"})
    gates = {key: value for key, value in NOTHING_IN_CANADA.items() if key != "present"}
    assert asha.send("canada", **gates) == "in-canada"
    asha.send("in-canada", status="visitor", province="BC")
    assert asha.profile["canada"]["present"] is True
    assert asha.profile["canada"]["province"] == "BC"


def test_every_fact_that_the_rules_use_has_a_question(asha: Visitor, seeded: Rulebook) -> None:
    answer_as_asha(asha, MARRIED)
    asha.send("canada", **dict.fromkeys([*NOTHING_IN_CANADA, "papers", "partner_in_canada"], "yes"))
    asha.send("partner-canada", **PARTNER_IN_CANADA)
    asked = set(paths(asha.profile))
    for fact in sorted(facts_used(seeded)):
        assert set(vocabulary().facts[fact].answers) & asked, fact


def paths(profile: dict[str, Any], before: str = "") -> Iterator[str]:
    """Every place in a profile that the questionnaire can fill."""
    for key, value in profile.items():
        yield before + key
        if isinstance(value, dict):
            yield from paths(value, f"{before}{key}.")


def facts_used(rulebook: Rulebook) -> set[str]:
    """The facts that conditions and tables look at."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.update(value[key] for key in ("fact", "other_fact", "by") if isinstance(value.get(key), str))
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(inner)

    for document in rulebook.documents:
        walk(document.model_dump())
    return found & set(vocabulary().facts)


def test_a_language_nobody_tested_yet_is_unknown_and_not_absent(asha: Visitor) -> None:
    asha.send("language", any="unknown")
    assert asha.profile["language_tests"] is None


@pytest.mark.parametrize(("per", "field"), [("year", "annual_wage"), ("hour", "hourly_wage")])
def test_a_wage_is_for_a_year_or_for_an_hour(asha: Visitor, per: str, field: str) -> None:
    asha.send("canada", **NOTHING_IN_CANADA | {"job_offer": "yes"})
    offer = {
        "job_title": "software engineer",
        "noc": "21231",
        "province": "ON",
        "hours_per_week": "37.5",
        "permanent": "yes",
        "wage": "60",
        "wage_per": per,
        "local_median_hourly_wage": "52.5",
        "lmia": "gts_b",
        "intra_company": "no",
        "employer_category_a_referral": "unknown",
    }
    assert asha.send("job-offer", **offer) == "employer"
    read = asha.profile["job_offer"]
    assert read[field] == 60
    assert [read["annual_wage"], read["hourly_wage"]].count(None) == 1
    assert read["lmia"] == "gts_b"
    assert read["local_median_hourly_wage"] == 52.5


def test_the_order_of_answers_never_matters(asha: Visitor) -> None:
    answer_as_asha(asha, MARRIED)
    first = profile_dict(asha.answers, TODAY)
    other = Visitor(asha.client)
    other.add("language", **IELTS)
    other.add("education", **DEGREE)
    answer_as_asha(other, MARRIED)
    assert profile_dict(other.answers, TODAY) == first
