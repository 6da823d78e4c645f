"""The public pages on occupations, as text."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from programs import store
from programs.models import MainDuty, OccupationRemark, RulebookRevision
from tests.wizard.visitor import text_of

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def _tables(tables: None) -> None:
    """Every page here uses the guide."""


def read(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, path
    return text_of(response)


def test_a_search_says_what_sets_each_occupation_apart_and_its_lists(client: Client) -> None:
    page = read(client, "/occupations/", q="sr sofware eng")
    assert "Software engineers and designers NOC 21231, TEER 1 Engineering-level software work" in page
    assert "GTS B · Alberta tech · Saskatchewan tech" in page
    assert "an officer compares your duties with the official text" in page


def test_more_lists_than_fit_lead_to_the_occupations_page(client: Client) -> None:
    html = client.get("/occupations/", {"q": "registered nurse"}).content.decode()
    assert 'href="/occupations/31301/#lists">and ' in html


def test_a_search_for_nothing_we_know_says_what_to_try(client: Client) -> None:
    assert "We found no occupation for “zzzzzzzz”" in read(client, "/occupations/", q="zzzzzzzz")


def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    html = client.get("/occupations/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


def test_an_occupations_page_tells_all_there_is(client: Client) -> None:
    page = read(client, "/occupations/21231/")
    for words in (
        "NOC 21231 Software engineers and designers: lists and neighbours",
        "Ingénieurs/ingénieures et concepteurs/conceptrices en logiciel",
        "Easily taken for Software developers and programmers 21232",
        "Global Talent Occupations List (Global Talent Stream, Category B) since 22 December 2022",
        "engineering and math (STEM) occupations 31 May 2023 to 26 February 2025",
        "Looked at by:",
        "15-1252 Software Developers (close)",
        "2173 Software engineers and designers (close)",
        "NOC 2026",
    ):
        assert words in page, words


def test_an_occupation_without_a_guide_has_a_page_too(client: Client) -> None:
    page = read(client, "/occupations/75110/")
    assert "Construction trades helpers and labourers" in page
    assert "What sets it apart" not in page


@pytest.mark.parametrize(
    "path", ["/occupations/99999/", "/occupations/2123/", "/occupations/abcde/", "/occupations/212311/"]
)
def test_an_occupation_that_is_none_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/occupations/", "/occupations/21231/", "/occupations/from-us/", "/occupations/software/"]
)
def test_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert "noindex" not in client.get(path).headers.get("X-Robots-Tag", "")


def test_a_us_code_leads_to_candidates_with_how_well_each_fits(client: Client) -> None:
    page = read(client, "/occupations/from-us/", code="15-1252.00")
    assert "15-1252: Software Developers (SOC 2018)" in page
    assert "It leads to 5 Canadian occupations" in page
    assert "Close: this is the usual home of the code. (confirmed by two tables or texts)" in page
    assert "Partial: only some jobs under this code. (from one table only: to be checked)" in page
    assert "A table of codes never decides." in page


def test_an_older_code_tells_its_steps(client: Client) -> None:
    page = read(client, "/occupations/from-us/", code="15-1132")
    expected = (
        "15-1132 (Software Developers, Applications) of SOC 2010 became 15-1252 (Software Developers) of SOC 2018."
    )
    assert expected in page


def test_a_title_of_a_us_form_does_as_well(client: Client) -> None:
    page = read(client, "/occupations/from-us/", code="Software Developers")
    assert "15-1252: Software Developers (SOC 2018)" in page
    assert "Other codes with a title like this" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("15-12", "is not a code. A US code has two digits, a hyphen and four digits"),
        ("99-9999", "We do not know the code 99-9999."),
        ("9876", "We do not know the code 9876."),
        ("zzzzzz", "has a title like “zzzzzz”"),
        ("?", "is not a code."),
    ],
)
def test_a_code_that_cannot_be_read_says_what_would_be_right(client: Client, typed: str, says: str) -> None:
    response = client.get("/occupations/from-us/", {"code": typed})
    assert says in text_of(response)
    assert f'value="{typed}"' in response.content.decode()


def test_a_code_of_noc_2021_leads_straight_to_its_page(client: Client) -> None:
    assert "This is a code of NOC 2021 already" in read(client, "/occupations/from-us/", code="21231")


def test_a_main_duty_leads_to_a_suggestion_with_its_reason(client: Client) -> None:
    page = read(client, "/occupations/software/", asked="1", duty="21231")
    assert "We suggest Software engineers and designers (21231) Because you said: “You own architecture" in page
    assert "How to tell: 21232 is centred on writing and testing application code" in page
    assert "An officer compares your real duties with the official text" in page


def test_each_main_duty_has_a_suggestion(client: Client) -> None:
    codes = list(MainDuty.objects.values_list("occupation__code", flat=True))
    assert len(codes) == 12
    for code in codes:
        assert "We suggest" in read(client, "/occupations/software/", duty=code)


@pytest.mark.parametrize("query", [{"asked": "1"}, {"asked": "1", "duty": "99999"}])
def test_without_a_choice_the_page_asks_for_one(client: Client, query: dict[str, str]) -> None:
    assert "Choose the first line that is clearly true" in read(client, "/occupations/software/", **query)


def test_the_pages_speak_french_where_the_texts_do(client: Client) -> None:
    french = {"Accept-Language": "fr"}
    page = client.get("/occupations/21231/", headers=french).content.decode()
    assert "Travail logiciel au niveau de l&#x27;ingénierie" in page
    assert "VTM B" in client.get("/occupations/", {"q": "ingenieur logiciel"}, headers=french).content.decode()


def test_the_search_as_one_types_tells_the_same_and_keeps_its_limits(client: Client) -> None:
    (first, *_rest) = client.get("/occupations/search", {"q": "swe"}).json()["results"]
    assert first["code"] == "21231"
    assert first["apart"].startswith("Engineering-level software work")
    assert first["lists"] == "GTS B · Alberta tech · Saskatchewan tech"
    assert len(client.get("/occupations/search", {"q": "manager"}).json()["results"]) <= 10
    assert client.get("/occupations/search", {"q": "nurse " * 5000 + "\x00"}).status_code == 200


def test_a_search_asks_the_database_little(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for path, most in (("/occupations/?q=nurse", 1), ("/occupations/21231/", 8), ("/occupations/search?q=nurse", 1)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_an_occupations_page_is_kept_until_something_that_it_says_moves(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    etag = client.get("/occupations/21231/")["ETag"]
    with django_assert_max_num_queries(0):
        assert "Easily taken for" in read(client, "/occupations/21231/")
    assert client.get("/occupations/21231/", headers={"if-none-match": etag}).status_code == 304
    before = RulebookRevision.current_number()
    OccupationRemark.objects.create(
        id="new", text_en="Read the official text.", source="https://example.org", as_of="2026-11"
    )
    assert RulebookRevision.current_number() > before
    monkeypatch.setattr(store, "state", lambda: "after that")
    assert client.get("/occupations/21231/", headers={"if-none-match": etag}).status_code == 200
    assert "Read the official text." in read(client, "/occupations/21231/")
