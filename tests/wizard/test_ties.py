"""What ties a person to Canada: asked only where the rules look at it, and read as it was said."""

import pytest

from eligibility.wizard import relevance
from eligibility.wizard.ties import EMPLOYER
from programs.rulebook import vocabulary
from tests.wizard.visitor import (
    MARRIED,
    MONEY,
    NOTHING_IN_CANADA,
    OFFER,
    PARTNER_IN_CANADA,
    SINGLE,
    SITUATION,
    YOU,
    Typed,
    Visitor,
    answer_as_asha,
    day,
)

pytestmark = pytest.mark.database

WITH_OFFER: Typed = NOTHING_IN_CANADA | {"job_offer": "yes"}
WITH_PAPERS: Typed = NOTHING_IN_CANADA | {"papers": "yes"}
WITH_PARTNER: Typed = NOTHING_IN_CANADA | {"partner_in_canada": "yes"}


def asked(visitor: Visitor, page: str, *names: str) -> set[str]:
    """Which of these questions are on a page."""
    shown = visitor.raw(page)
    return {name for name in names if f'id="question-{name}"' in shown}


def has_offer_in(visitor: Visitor, province: str, **you: str) -> None:
    visitor.send("you", **YOU | you)
    visitor.send("canada", **WITH_OFFER)
    assert visitor.send("job-offer", **OFFER | {"province": province}) == "employer"


# Nobody is asked what cannot matter


def test_without_an_offer_and_papers_there_is_one_question_more_that_may_stay_empty(asha: Visitor) -> None:
    answer_as_asha(asha)
    assert asked(asha, "canada", "papers", "partner_in_canada") == {"papers"}
    assert asked(asha, "money", "annual_family_income_cad") == set()
    said = asha.open("check")
    assert "Not answered yet" not in said
    assert not any(title in said for title in ("Your employer in Canada", "Papers from provinces"))


def test_papers_are_asked_for_only_where_a_province_looks_at_them(asha: Visitor) -> None:
    asha.send("you", **YOU | {"provinces": ["NU"]})
    assert asked(asha, "canada", "papers") == set()
    asha.send("you", **YOU | {"provinces": ["unsure"]})
    assert asked(asha, "canada", "papers") == {"papers"}


@pytest.mark.parametrize(
    "family", [SINGLE, MARRIED | {"accompanying": "no"}, MARRIED | {"partner_canadian": "yes"}, MARRIED]
)
def test_a_partner_is_asked_about_only_if_they_come_along(asha: Visitor, family: Typed) -> None:
    asha.send("family", **family)
    assert asked(asha, "canada", "partner_in_canada") == ({"partner_in_canada"} if family is MARRIED else set())


EVERYWHERE = {"designated_for"}


@pytest.mark.parametrize(
    ("province", "expected"),
    [
        ("ON", {"region", "years_in_business", "full_time_staff", "annual_revenue_cad"}),
        (
            "BC",
            {"region", "years_in_province", "full_time_staff", "applicant_ownership_percent", "supports_nomination"},
        ),
        ("AB", {"region", "years_in_province", "full_time_staff", "annual_revenue_cad", "public_body"}),
        (
            "NB",
            {
                "naics",
                "years_in_province",
                "applicant_ownership_percent",
                "supports_nomination",
                "from_government_mission",
            },
        ),
        ("NU", set()),
    ],
)
def test_of_an_employer_is_asked_what_the_province_of_the_offer_looks_at(
    asha: Visitor, province: str, expected: set[str]
) -> None:
    has_offer_in(asha, province)
    assert asked(asha, "employer", *EMPLOYER) == expected | EVERYWHERE


def test_an_offer_in_an_unknown_place_is_looked_at_where_the_person_means_to_live(asha: Visitor) -> None:
    asha.send("you", **YOU)
    asha.send("canada", **WITH_OFFER)
    offer = {key: value for key, value in OFFER.items() if key != "province"}
    asha.send("job-offer", **offer, province_unknown="on")
    said = asha.raw("employer")
    assert 'value="on_northern"' in said
    assert 'value="metro_vancouver"' in said
    assert 'value="calgary_cma"' not in said


def test_positions_of_category_a_are_asked_for_unless_there_is_no_referral(asha: Visitor) -> None:
    has_offer_in(asha, "ON")
    assert not asked(asha, "employer", "category_a_positions_this_year")
    asha.send("job-offer", **OFFER | {"employer_category_a_referral": "yes"})
    assert asked(asha, "employer", "category_a_positions_this_year")


@pytest.mark.parametrize(("citizenship", "is_asked"), [("MX", True), ("US", True), ("IN", False)])
def test_the_list_of_professions_is_for_citizens_the_rules_name(
    asha: Visitor, citizenship: str, is_asked: bool
) -> None:
    has_offer_in(asha, "ON", citizenship=citizenship)
    assert bool(asked(asha, "job-offer", "cusma_profession")) is is_asked
    if is_asked:
        asha.send("job-offer", **OFFER, cusma_profession="Engineer")
        assert asha.profile["job_offer"]["cusma_profession"] == "Engineer"
        asha.send("job-offer", **OFFER, cusma_profession="other")
        assert asha.profile["job_offer"]["cusma_profession"] == "other"


def test_the_list_is_for_a_second_citizenship_too(asha: Visitor) -> None:
    has_offer_in(asha, "ON", second_citizenship="MX")
    assert asked(asha, "job-offer", "cusma_profession")


@pytest.mark.parametrize(("province", "is_asked"), [("BC", True), ("ON", False)])
def test_income_is_asked_where_the_offers_province_looks_at_it(asha: Visitor, province: str, is_asked: bool) -> None:
    has_offer_in(asha, province)
    assert bool(asked(asha, "money", "annual_family_income_cad")) is is_asked
    asha.send("money", **MONEY, annual_family_income_cad="$75,000")
    assert asha.profile["annual_family_income_cad"] == (75000 if is_asked else None)


# Pages show, keep, refuse and go on


@pytest.mark.parametrize(
    ("gates", "page", "typed", "following"),
    [
        (WITH_OFFER, "employer", {}, "relatives"),
        (WITH_OFFER, "employer", {"region": "on_northern", "full_time_staff": "12"}, "relatives"),
        (WITH_PARTNER, "partner-canada", PARTNER_IN_CANADA, "relatives"),
        (WITH_PARTNER, "partner-canada", {"status": "abroad", "job_offer": "no"}, "relatives"),
        (WITH_PAPERS, "papers", {"licensed": ["ON", "AB"], "invitations": ["none"]}, "money"),
    ],
)
def test_a_new_page_shows_goes_on_and_keeps(
    asha: Visitor, gates: Typed, page: str, typed: Typed, following: str
) -> None:
    asha.send("family", **MARRIED)
    asha.send("canada", **gates)
    assert asha.send(page, **typed) == following
    shown = asha.raw(page)
    for value in typed.values():
        for each in value if isinstance(value, list) else [value]:
            assert f'value="{each}"' in shown
    assert asha.client.get(asha.url(page), headers={"Accept-Language": "fr"}).status_code == 200


@pytest.mark.parametrize(
    ("gates", "page", "typed", "message"),
    [
        (WITH_OFFER, "employer", {"full_time_staff": "-1"}, "Enter a whole number of people, for example 12"),
        (WITH_OFFER, "employer", {"region": "metro_vancouver"}, "Choose the region"),
        (WITH_OFFER, "employer", {"designated_for": ["rcip", "none"]}, "You chose “None of these” and something"),
        (WITH_OFFER, "employer", {"designated_for": ["unknown", "rcip"]}, "You chose “I don't know yet” and"),
        (WITH_PARTNER, "partner-canada", {}, "Choose your partner's status in Canada"),
        (WITH_PAPERS, "papers", {"licensed": ["ON"]}, "Tick the programs that invited you"),
        (WITH_PAPERS, "papers", {"licensed": ["XX"], "invitations": ["none"]}, "Tick the provinces where you are"),
    ],
)
def test_a_new_page_refuses_with_words_that_help(
    asha: Visitor, gates: Typed, page: str, typed: Typed, message: str
) -> None:
    asha.send("you", **YOU)
    asha.send("family", **MARRIED)
    asha.send("canada", **gates)
    if page == "employer":
        asha.send("job-offer", **OFFER)
    assert asha.send(page, **typed) == page
    assert message in asha.open(page)


def test_the_check_page_shows_what_was_said(asha: Visitor) -> None:
    answer_as_asha(asha, MARRIED)
    asha.send("canada", **WITH_OFFER | WITH_PAPERS | WITH_PARTNER | {"job_offer": "yes", "papers": "yes"})
    asha.send("job-offer", **OFFER)
    asha.send("employer", region="on_northern", designated_for=["rcip"], full_time_staff_unknown="on")
    asha.send("papers", licensed=["ON"], invitations=["mb-strategic-recruitment"])
    asha.send("partner-canada", **PARTNER_IN_CANADA)
    said = asha.open("check")
    for words in ("Northern Ontario", "Rural Community Immigration Pilot", "Strategic Recruitment", "Worker, with"):
        assert words in said


# The profile says what was said


def test_the_profile_of_an_employer(asha: Visitor) -> None:
    has_offer_in(asha, "NB")
    asha.send("job-offer", **OFFER | {"province": "NB", "seasonal": "no", "permanent_residences": ["AU"]})
    asha.send(
        "employer",
        naics="23",
        years_in_province="3.5",
        applicant_ownership_percent="0",
        supports_nomination="yes",
        from_government_mission="unknown",
        designated_for=["none"],
    )
    offer = asha.profile["job_offer"]
    assert offer["seasonal"] is False
    assert offer["supports_nomination"] is True
    assert offer["from_government_mission"] is offer["region"] is None
    assert offer["employer"] == {
        "category_a_referral": False,
        "naics": "23",
        "years_in_province": 3.5,
        "full_time_staff": None,
        "annual_revenue_cad": None,
        "public_body": None,
        "applicant_ownership_percent": 0,
        "confirms_language": None,
        "designated_for": [],
        "category_a_positions_this_year": None,
    }
    assert asha.profile["permanent_residences"] == ["AU"]


def test_what_no_longer_applies_is_left_out_and_comes_back(asha: Visitor) -> None:
    has_offer_in(asha, "ON")
    asha.send("employer", region="on_northern", years_in_business="5", annual_revenue_cad="2,500,000")
    assert asha.profile["job_offer"]["employer_years_in_business"] == 5
    asha.send("job-offer", **OFFER | {"province": "MB"})
    assert asha.profile["job_offer"]["region"] is None
    assert asha.profile["job_offer"]["employer"]["annual_revenue_cad"] is None
    asha.send("job-offer", **OFFER)
    assert asha.profile["job_offer"]["region"] == "on_northern"


@pytest.mark.parametrize(
    ("gate", "typed", "licensed", "letters"),
    [
        ("no", {}, [], []),
        ("unknown", {}, None, None),
        ("", {}, None, None),
        ("yes", {}, None, None),
        (
            "yes",
            {"licensed": ["ON", "AB"], "invitations": ["unknown"]},
            [{"province": "ON"}, {"province": "AB"}],
            None,
        ),
        (
            "yes",
            {"licensed": ["none"], "invitations": ["mb-strategic-recruitment"]},
            [],
            ["mb-strategic-recruitment"],
        ),
    ],
)
def test_the_profile_of_papers(
    asha: Visitor, gate: str, typed: Typed, licensed: list[Typed] | None, letters: list[str] | None
) -> None:
    asha.send("canada", **NOTHING_IN_CANADA | {"papers": gate})
    if typed:
        asha.send("papers", **typed)
    assert asha.profile["licensed_in_canada"] == licensed
    assert asha.profile["invitation_letters"] == letters


@pytest.mark.parametrize(
    ("gate", "typed", "canada", "offer"),
    [
        ("no", {}, {"present": False}, False),
        ("unknown", {}, None, None),
        ("yes", {"status": "abroad", "job_offer": "unknown"}, {"present": False}, None),
        (
            "yes",
            PARTNER_IN_CANADA,
            {"present": True, "status": "worker", "permit": "lmia", "permit_expires": "2028-12-31"},
            {"noc": "21231"},
        ),
        (
            "yes",
            {"status": "unknown", "job_offer": "no"},
            {"present": None, "status": None, "permit": None, "permit_expires": None},
            False,
        ),
    ],
)
def test_the_profile_of_a_partner_in_canada(
    asha: Visitor, gate: str, typed: Typed, canada: Typed | None, offer: Typed | bool | None
) -> None:
    asha.send("family", **MARRIED)
    asha.send("canada", **NOTHING_IN_CANADA | {"partner_in_canada": gate})
    if typed:
        asha.send("partner-canada", **typed)
    assert asha.profile["partner"]["canada"] == canada
    assert asha.profile["partner"]["job_offer"] == offer


def test_a_nomination_may_come_with_a_letter(asha: Visitor) -> None:
    asha.send("canada", **NOTHING_IN_CANADA | {"nomination": "yes"})
    asha.send("nomination", province="ON", express_entry="no", support_letter="yes")
    assert asha.profile["nomination"] == {"province": "ON", "express_entry": False, "support_letter": True}


def test_months_in_a_province_are_asked_for_where_they_count(asha: Visitor) -> None:
    asha.send("h1b", **SITUATION)
    asha.send("you", **YOU | {"residence": "CA"})
    asha.send("canada", **{key: value for key, value in NOTHING_IN_CANADA.items() if key != "present"})
    here = {"status": "worker", "permit": "pgwp", **day("permit_expires", "2027-12-31"), "province": "NB"}
    assert asha.send("in-canada", **here, shown="status,permit,permit_expires,province") == "in-canada"
    assert asha.send("in-canada", **here, months_in_province="14") == "relatives"
    assert asha.profile["canada"]["months_in_province"] == 14
    assert asha.send("in-canada", **here | {"province": "ON"}) == "relatives"


# What is read from the rulebook


def test_every_fact_that_the_employers_page_asks_for_is_of_the_vocabulary() -> None:
    assert {fact for facts in EMPLOYER.values() for fact in facts} <= set(vocabulary().facts)


def test_every_region_and_sector_has_a_name() -> None:
    for fact in ("job_offer_region", "employer_sector"):
        assert len(relevance.choices(fact)) == len(vocabulary().facts[fact].choices)


def test_every_program_that_is_a_value_has_a_name() -> None:
    for fact in ("invitation_letters", "employer_designated_for"):
        for key, name in relevance.programs_named(fact, None):
            assert name != key
