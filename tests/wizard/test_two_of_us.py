"""Which of two should apply: both as the applicant, with the other one along or not."""

import pytest
from django.test import Client

from eligibility.two_of_us.ways import two_of_us
from tests.wizard.visitor import (
    DEGREE,
    IELTS,
    JOB,
    MARRIED,
    SINGLE,
    SITUATION,
    TODAY,
    US_JOB,
    Visitor,
    answer_as_asha,
    day,
    text_of,
)

pytestmark = pytest.mark.database

PARTNER_SELF = {
    **day("birth_date", "1997-05-17"),
    "citizenship": "BR",
    "residence": "US",
    "nomination": "no",
    "trade_certificate": "no",
    "express_entry_profile": "no",
}
PARTNER_JOB = {key: value for key, value in JOB.items() if key != "employer_country"}


@pytest.fixture
def couple(asha: Visitor) -> Visitor:
    answer_as_asha(asha, MARRIED)
    return asha


def test_somebody_without_a_partner_is_told_calmly(asha: Visitor) -> None:
    assert "You have not told us yet whether you have a partner" in asha.open("two-of-us")
    answer_as_asha(asha, SINGLE)
    page = asha.open("two-of-us")
    assert "You told us of no partner, so there is nothing to compare" in page
    assert "Your partner applies" not in page


def test_a_partner_who_is_canadian_does_not_apply(couple: Visitor) -> None:
    couple.send("family", **MARRIED | {"partner_canadian": "yes"})
    assert "your partner is a citizen or permanent resident of Canada already" in couple.open("two-of-us")


def test_the_four_ways_stand_side_by_side_and_what_is_not_known_leads_to_its_question(couple: Visitor) -> None:
    page = couple.open("two-of-us")
    for way in (
        "You apply, your partner comes along",
        "You apply, your partner stays",
        "Your partner applies, you come along",
        "Your partner applies, you stay",
    ):
        assert way in page
    raw = couple.raw("two-of-us")
    for slug, name in {
        "partner-self": "your partner&#x27;s birth date",
        "partner-education": "your partner&#x27;s education and its assessment for Canada",
        "partner-language": "your partner&#x27;s language results",
    }.items():
        assert f'href="{couple.url(slug)}?return=check">{name}</a>' in raw


def test_work_that_nobody_asked_for_is_unknown_and_not_none(couple: Visitor) -> None:
    couple.send("partner-work", any="no")
    assert couple.profile["partner"]["work"] == []
    assert "your partner's work, in Canada and elsewhere" in couple.open("two-of-us")
    couple.send("partner-self", **PARTNER_SELF)
    couple.send("partner-jobs", any="no")
    assert "your partner's work, in Canada and elsewhere" not in couple.open("two-of-us")


def test_a_partner_who_is_told_of_in_full_comes_out_as_anyone_who_applies(couple: Visitor) -> None:
    assert couple.send("partner-self", **PARTNER_SELF) == "partner-jobs"
    couple.add("partner-jobs", **PARTNER_JOB)
    couple.send("partner-work", any="no")
    couple.add("partner-education", **DEGREE)
    couple.add("partner-language", **IELTS)
    partner = couple.profile["partner"]
    assert partner["birth_date"] == "1997-05-17"
    assert [job["country"] for job in partner["work"]] == ["US"]
    # Both of them are young, graduates and software engineers: it is the same whoever of them applies.
    found = two_of_us(couple.answers, TODAY)
    assert found is not None
    crs = {column.key: column.assessment.scores["crs"].range for column in found.columns}
    assert crs["you_together"] == crs["partner_together"]
    assert crs["you_alone"] == crs["partner_alone"]
    assert "your partner's birth date" not in couple.open("two-of-us")


def test_whatever_is_not_known_of_the_partner_can_be_told(couple: Visitor) -> None:
    """What permits look at is asked in the words of one's own questions, and nothing stays unknown that was told."""
    couple.send("partner-self", **PARTNER_SELF)
    assert couple.send("partner-jobs", any="no") == "partner-h1b"
    assert couple.send("partner-h1b", **SITUATION, **day("visa_valid_until", "2027-01-01")) == "partner-us-job"
    couple.send("partner-us-job", **US_JOB | {"has_us_job": "yes", "capacity": "manager"})
    couple.send(
        "partner-papers",
        us_permanent_resident="no",
        permanent_residences=["none"],
        licensed=["ON"],
        invitations=["none"],
    )
    partner = couple.profile["partner"]
    assert (partner["h1b"]["status"], partner["h1b"]["lives_in_us"]) == ("employed", True)
    assert (partner["us_job"]["months_with_employer"], partner["us_job"]["capacity"]) == (30, "manager")
    assert partner["licensed_in_canada"] == [{"province": "ON"}]
    assert (partner["us_permanent_resident"], partner["permanent_residences"]) == (False, [])
    page = couple.open("two-of-us")
    for told in ("an H-1B of their own", "US green card", "licensed in Canada", "letters of invitation"):
        assert told not in page


def test_a_partner_without_an_h1b_or_a_job_in_the_states_has_none(couple: Visitor) -> None:
    couple.send("partner-self", **PARTNER_SELF | {"residence": "BR"})
    couple.send("partner-h1b", situation="no_h1b")
    couple.send("partner-us-job", has_us_job="no")
    partner = couple.profile["partner"]
    assert partner["h1b"] == {"status": "none", "lives_in_us": False, "visa_valid_until": None}
    assert partner["us_job"]["months_with_employer"] == 0
    assert "your partner's present job" not in couple.open("two-of-us")
    couple.send("partner-h1b", situation="unknown")
    couple.send("partner-us-job", has_us_job="unknown")
    assert (couple.profile["partner"]["h1b"], couple.profile["partner"]["us_job"]) == (None, None)


def test_a_stronger_partner_is_named_as_the_one_to_apply(couple: Visitor) -> None:
    couple.send("language/1", **IELTS | {"listening": "4", "reading": "4", "writing": "4", "speaking": "4"})
    couple.send("partner-self", **PARTNER_SELF)
    couple.add("partner-jobs", **PARTNER_JOB)
    couple.send("partner-work", any="no")
    couple.add("partner-education", **DEGREE)
    couple.add("partner-language", **IELTS)
    page = couple.open("two-of-us")
    assert "The most points for Express Entry that are sure" in page
    assert "Best: Your partner applies" in page
    assert "Best here" in page


def test_the_pages_of_a_partner_who_might_apply_are_asked_for_only_once_they_are_opened(couple: Visitor) -> None:
    assert "Your partner as the applicant" not in couple.open("check")
    assert couple.send("partner-work", any="no") == "canada"
    assert "is not needed" not in couple.open("partner-self")
    couple.send("partner-self", **PARTNER_SELF)
    page = couple.open("check")
    assert "Your partner as the applicant" in page
    assert "Your partner's work outside Canada" in page


def test_a_job_in_canada_is_sent_to_its_own_page(couple: Visitor) -> None:
    couple.send("partner-self", **PARTNER_SELF)
    place = couple.add("partner-jobs", **PARTNER_JOB | {"country": "CA"})
    assert "belongs on the page “Your partner's work in Canada”" in couple.open(place)


def test_without_the_other_one_the_present_way_comes_first(couple: Visitor) -> None:
    couple.send("family", **MARRIED | {"accompanying": "no"})
    raw = couple.raw("two-of-us")
    assert raw.index("You apply, your partner stays") < raw.index("You apply, your partner comes along")
    assert couple.open("partner-self")
    couple.send("partner-self", **PARTNER_SELF)
    assert "is not needed" not in couple.open("partner-education")


def test_an_unknown_secret_is_told_calmly(db: None, client: Client) -> None:
    response = client.get("/a/never-given/two-of-us/")
    assert response.status_code == 404
    assert "Nothing is kept under this link" in text_of(response)
