"""Each page shows, keeps what was typed, refuses with words that help, and goes on."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from eligibility.wizard import rules
from eligibility.wizard.forms.relatives import RELATIONS
from tests.fuzz.html_forms import forms_of
from tests.wizard.visitor import (
    DEGREE,
    H1B_DATES,
    IELTS,
    JOB,
    MARRIED,
    MONEY,
    NOTHING_IN_CANADA,
    SINGLE,
    SITUATION,
    US_JOB,
    YOU,
    Typed,
    Visitor,
    answer_as_asha,
    day,
)

pytestmark = pytest.mark.database

# page, what is typed, the page after it
PAGES: list[tuple[str, Typed, str]] = [
    ("h1b", SITUATION, "h1b-dates"),
    ("h1b-dates", H1B_DATES, "what-it-means"),
    ("us-job", US_JOB, "you"),
    ("you", YOU, "family"),
    ("family", SINGLE, "work"),
    ("work", {"any": "yes"}, "work/add"),
    ("work", {"any": "unknown"}, "education"),
    ("education", {"any": "no"}, "language"),
    ("language", {"any": "unknown"}, "canada"),
    ("canada", NOTHING_IN_CANADA, "relatives"),
    ("relatives", {"any": "no"}, "money"),
    ("money", MONEY, "check"),
]
ITEMS: list[tuple[str, Typed, str]] = [
    ("work", JOB, "Software engineer, United States, since January 2020, 40 hours a week, NOC 21231"),
    ("education", DEGREE, "Master's degree, United States, finished in May 2019, assessed (ECA)"),
    ("language", IELTS, "IELTS General Training, 1 March 2026, listening 8.5, reading 8, writing 7, speaking 7.5"),
    ("partner-education", DEGREE, "Master's degree"),
    ("partner-language", IELTS, "IELTS General Training"),
    (
        "relatives",
        {"relation": "sibling", "status": "citizen", "province": "ON", "age_18_or_over": "yes"},
        "Brother or sister, citizen, Ontario",
    ),
    ("children", day("birth_date", "2020-04-02"), "A child born on 2 April 2020"),
]


@pytest.mark.parametrize(("page", "typed", "following"), PAGES)
def test_a_page_goes_on_when_it_is_answered(asha: Visitor, page: str, typed: Typed, following: str) -> None:
    asha.send("h1b", **SITUATION)
    assert asha.send(page, **typed) == following


@pytest.mark.parametrize(("page", "typed", "following"), PAGES)
def test_an_empty_page_is_refused_with_words_that_help(asha: Visitor, page: str, typed: Typed, following: str) -> None:
    asha.send("h1b", **SITUATION)
    if page == "h1b":
        asha.send("h1b", situation="nothing")
    assert asha.send(page) == page
    said = asha.open(page)
    assert "Something on this page needs another look" in said
    assert not any(bad in said for bad in ("This field is required", "Enter a valid", "Select a valid choice"))


@pytest.mark.parametrize(("page", "typed", "following"), PAGES)
def test_what_was_answered_is_there_again(asha: Visitor, page: str, typed: Typed, following: str) -> None:
    asha.send("h1b", **SITUATION)
    asha.send(page, **typed)
    chosen = {field for form in forms_of(asha.raw(page)) for field in form.fields}
    for name, value in typed.items():
        for each in value if isinstance(value, list) else [value]:
            assert (name, each.replace(",", "")) in chosen


@pytest.mark.parametrize(("slug", "typed", "sentence"), ITEMS)
def test_a_thing_of_a_list_reads_as_a_sentence(asha: Visitor, slug: str, typed: Typed, sentence: str) -> None:
    assert asha.add(slug, **typed) == slug
    assert sentence in asha.open(slug)


@pytest.mark.parametrize(("slug", "typed", "sentence"), ITEMS)
def test_an_empty_thing_is_kept_and_named_as_unfinished(asha: Visitor, slug: str, typed: Typed, sentence: str) -> None:
    assert asha.add(slug) == f"{slug}/1"
    assert "Something on this page needs another look" in asha.open(f"{slug}/1")
    assert "Not finished: it does not count yet" in asha.open(slug)


def test_what_was_typed_is_kept_although_it_is_not_valid(asha: Visitor) -> None:
    assert asha.send("you", **YOU | day("birth_date", "1997-02-31")) == "you"
    shown = asha.raw("you")
    assert 'value="31"' in shown
    assert "Enter your date of birth, for example 17 May 1994. It cannot be after today." in asha.open("you")
    assert 'href="#id_birth_date_0"' in shown
    assert '<option value="IN" selected>' in shown


def test_a_valid_answer_survives_an_invalid_one(asha: Visitor) -> None:
    asha.send("you", **YOU)
    asha.send("you", **YOU | {"residence": ""})
    assert asha.profile["birth_date"] == "1997-05-17"
    assert "Not finished" in asha.open("check")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"reading": "7.3"}, "Reading: enter your IELTS General Training score from 0 to 9 in steps of 0.5"),
        ({"listening": "9.5"}, "Listening: enter your IELTS General Training score from 0 to 9"),
        ({"speaking": "seven"}, "Speaking: enter your IELTS General Training score"),
        (day("date", "2026-11-22"), "It cannot be after today."),
        ({"test": "toefl"}, "Choose the test you took"),
        ({"writing_unknown": "on"}, "You gave an answer and also ticked the box below it."),
    ],
)
def test_a_score_the_test_cannot_give_is_refused(asha: Visitor, typed: Typed, message: str) -> None:
    assert asha.add("language", **IELTS | typed) == "language/1"
    assert message in asha.open("language/1")


def test_a_decimal_comma_and_marks_between_thousands_are_understood(asha: Visitor) -> None:
    asha.add("language", **IELTS | {"listening": "8,5"})
    asha.send("money", settlement_funds_cad="$40 000.50")
    assert asha.profile["language_tests"][0]["listening"] == 8.5
    assert asha.profile["settlement_funds_cad"] == 40000.5


def test_tef_asks_which_column_was_copied_and_knows_its_range(asha: Visitor) -> None:
    tef = {"test": "tef_canada", **day("date", "2026-03-01"), **dict.fromkeys(("reading", "writing"), "280")}
    asha.add("language", token="tef", **tef, listening="500", speaking="300", shown="test")
    assert "Which column of the certificate do you copy?" in asha.open("language/1")
    assert asha.send("language/1", **tef, scale="old_equivalent", listening="500", speaking="300") == "language/1"
    assert "Listening: enter a score from 0 to 360" in asha.open("language/1")
    assert asha.send("language/1", **tef, scale="699", listening="500", speaking="300") == "language"
    assert asha.profile["language_tests"][0]["scale"] == "699"


def test_an_unknown_occupation_is_refused(asha: Visitor) -> None:
    assert asha.add("work", **JOB | {"noc": "99999"}) == "work/1"
    assert "Choose the occupation that is nearest to the work" in asha.open("work/1")


def test_a_job_cannot_end_before_it_starts(asha: Visitor) -> None:
    ended = JOB | {"still_there": "no"} | day("end", "2019-12-31")
    assert asha.add("work", **ended) == "work/1"
    assert "Enter a day after the job's start" in asha.open("work/1")


def test_questions_that_an_answer_brings_up_are_asked_and_are_no_error(asha: Visitor) -> None:
    in_canada = JOB | {"country": "CA"}
    shown = "job_title,noc,country,start,still_there,hours_per_week,paid,self_employed"
    assert asha.add("work", **in_canada, shown=shown) == "work/1"
    said = asha.open("work/1")
    assert "Because of what you answered, there are 4 more questions on this page." in said
    assert "Were you allowed to work in Canada at that time?" in said
    assert "Something on this page needs another look" not in said
    rest = {"province": "ON", "authorized": "yes", "student": "no", "employer_country": "CA"}
    assert asha.send("work/1", **in_canada, **rest) == "work"


def test_occupations_are_found_without_javascript(asha: Visitor) -> None:
    assert asha.add("work", job_title="sofware enginer", find="1", shown="job_title") == "work/1"
    said = asha.open("work/1")
    assert "Software engineers and designers NOC 21231, TEER 1" in said
    assert "Something on this page needs another look" not in said


def test_a_title_that_leads_nowhere_says_what_to_do(asha: Visitor) -> None:
    asha.add("work", job_title="zzzzzzzz", find="1", shown="job_title")
    said = asha.open("work/1")
    assert "We found no occupation for this title. Try other words above" in said
    assert "None of these fits, or I don't know yet" in said


def test_a_preview_stores_nothing(asha: Visitor) -> None:
    response = asha.client.post(asha.url("family"), {"marital_status": "married", "preview": "1"})
    assert response.status_code == 200
    assert "Will your partner come to Canada with you?" in response.content.decode()
    assert asha.answers.are_empty


def test_back_and_skipping_demand_nothing(asha: Visitor) -> None:
    shown = asha.raw("family")
    assert f'href="{asha.url("you")}"' in shown
    assert f'href="{asha.url("work")}"' in shown


def test_progress_is_told_in_words(asha: Visitor) -> None:
    assert "Step 5 of 9: Your education" in asha.open("education")
    asha.send("family", **MARRIED)
    assert "Step 5 of 10: Your education" in asha.open("education")
    assert "Step 7 of 10: Your partner" in asha.open("partner-language")


def test_titles_in_the_browsers_history_are_neutral(asha: Visitor) -> None:
    for page in ("h1b", "you", "check", "keep", "delete"):
        title = asha.raw(page).split("<title>")[1].split("</title>")[0].strip()
        assert title.startswith("Your answers")


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(asha: Visitor) -> None:
    answer_as_asha(asha)
    said = asha.open("check")
    for words in ("17 May 1997", "India", "Ontario, British Columbia", "Never married", "40,000 Canadian dollars"):
        assert words in said
    assert "Not answered yet" not in said
    for page in ("h1b", "you", "family", "work", "education", "language", "canada", "money"):
        assert f'href="{asha.url(page)}?return=check"' in asha.raw("check")


def test_a_change_from_the_check_page_leads_back_to_it(asha: Visitor) -> None:
    answer_as_asha(asha)
    assert asha.send("money", **MONEY, **{"return": "check"}) == "check"


def test_a_change_says_what_is_newly_asked_and_keeps_what_still_applies(asha: Visitor) -> None:
    answer_as_asha(asha)
    assert asha.send("family", **MARRIED, **{"return": "check"}) == "check"
    said = asha.open("check")
    assert "Your change brought up something new" in said
    assert "Your partner's education" in said
    asha.add("partner-education", **DEGREE)
    assert asha.profile["partner"]["education"][0]["level"] == "masters"
    asha.send("family", **SINGLE, **{"return": "check"})
    assert asha.profile["partner"] is None
    asha.send("family", **MARRIED, **{"return": "check"})
    assert asha.profile["partner"]["education"][0]["level"] == "masters"


def test_a_page_that_is_not_needed_says_so_and_keeps_what_is_typed(asha: Visitor) -> None:
    assert "this page is not needed" in asha.open("job-offer")
    offer = {"job_title_unknown": "on", "province": "ON", "hours_per_week": "40", "permanent": "yes"}
    rest = {
        "wage_unknown": "on",
        "local_median_hourly_wage_unknown": "on",
        "lmia": "none",
        "intra_company": "no",
        "employer_category_a_referral": "no",
    }
    asha.send("job-offer", **offer, **rest)
    assert asha.profile["job_offer"] is None
    asha.send("canada", **NOTHING_IN_CANADA | {"job_offer": "yes"})
    assert asha.profile["job_offer"]["province"] == "ON"


def test_a_browser_may_fill_in_what_is_about_the_person(asha: Visitor) -> None:
    shown = asha.raw("you")
    for kind in ("bday-day", "bday-month", "bday-year", "country"):
        assert f'autocomplete="{kind}"' in shown


def test_pages_ask_the_database_little(
    asha: Visitor, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    answer_as_asha(asha)
    # The first look at the results is remembered; after that nothing is written until something changes.
    asha.open("results")
    for page in ("you", "work", "work/add", "check", "results"):
        with django_assert_max_num_queries(1):
            asha.open(page)


@pytest.mark.parametrize(
    "page", ["h1b", "h1b-dates", "what-it-means", "you", "family", "work", "work/1", "language/1", "check", "keep"]
)
def test_pages_are_ready_for_french(asha: Visitor, page: str) -> None:
    answer_as_asha(asha, MARRIED)
    response = asha.client.get(asha.url(page), headers={"Accept-Language": "fr-CA"})
    assert response.status_code == 200
    assert '<html lang="fr' in response.content.decode()


def test_rules_and_places_speak_french(asha: Visitor) -> None:
    french = {"Accept-Language": "fr"}
    assert "Vous travaillez avec un H-1B approuvé." in asha.client.get(asha.url("h1b"), headers=french).content.decode()
    assert "États-Unis" in asha.client.get(asha.url("you"), headers=french).content.decode()


def test_every_relation_that_the_rules_know_has_a_name() -> None:
    assert set(rules.relations()) <= set(RELATIONS)


def test_questions_that_come_back_show_what_was_answered_before(asha: Visitor) -> None:
    asha.send("family", **MARRIED)
    asha.send("family", **SINGLE)
    again = {"marital_status": "married", "has_children": "no", "shown": "marital_status,has_children"}
    assert asha.send("family", **again) == "family"
    page = asha.raw("family")
    chosen = [
        re.search(r'value="(\w+)"', tag)
        for tag in re.findall(r'<input[^>]*name="accompanying"[^>]*>', page)
        if "checked" in tag
    ]
    assert [found[1] for found in chosen if found] == ["yes"]
