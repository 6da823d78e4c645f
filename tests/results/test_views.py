"""The results page over HTTP: who may see it, what it shows, and what it says when it cannot evaluate."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.answers import store
from eligibility.profile import ProfileError
from eligibility.results import views
from eligibility.results.dates import dates
from eligibility.results.presentation import Page, present
from eligibility.wizard import rules
from tests.results import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def secret() -> str:
    return store.start()


@pytest.fixture
def as_asha(monkeypatch: pytest.MonkeyPatch, seeded) -> None:
    """Whatever the answers, the pages are Asha's."""
    profile = cast.profile()

    def evaluate(answers: object, today: object, *, everything: bool = False) -> Page:
        return present(profile, cast.assessment(), dates(profile, seeded), everything=everything)

    monkeypatch.setattr(views, "evaluate", evaluate)


def address(secret: str) -> str:
    return reverse("eligibility:results", args=[secret])


def test_it_shows_results_even_to_someone_who_answered_nothing(client: Client, secret: str) -> None:
    response = client.get(address(secret))
    assert response.status_code == 200
    assert "Not known yet" in response.content.decode()


@pytest.mark.parametrize("place", ["", "all/", "fsw/"])
def test_an_unknown_secret_is_not_found(client: Client, place: str) -> None:
    assert client.get(f"{address('nobody')}{place}").status_code == 404


@pytest.mark.parametrize("place", ["nothing/", "nothing/?part=reasons", "fs/"])
def test_a_program_that_is_not_in_the_rules_is_not_found(client: Client, secret: str, place: str) -> None:
    assert client.get(f"{address(secret)}{place}").status_code == 404


@pytest.mark.parametrize("place", ["", "all/", "fsw/"])
def test_it_rejects_post(client: Client, secret: str, place: str) -> None:
    assert client.post(f"{address(secret)}{place}").status_code == 405


@pytest.mark.parametrize("place", ["", "all/", "fsw/", "fsw/?part=reasons", "nothing/"])
def test_no_cache_keeps_it(client: Client, secret: str, place: str) -> None:
    response = client.get(f"{address(secret)}{place}")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "failure", [LookupError("no counting rule"), ProfileError("birth_date", "1991-02-30 is not a day")]
)
def test_a_failed_evaluation_says_so_and_gives_no_verdict(
    client: Client, secret: str, monkeypatch: pytest.MonkeyPatch, caplog, failure: Exception
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(views, "assess", fail)
    with caplog.at_level(logging.ERROR):
        response = client.get(address(secret))
    text = response.content.decode()
    assert response.status_code == 503
    assert "We cannot evaluate your answers now" in text
    for verdict in ("ligible", "Likely", "open to you", "Met"):
        assert verdict not in text
    assert response.headers["Cache-Control"] == "no-store"
    assert "cannot be evaluated" in caplog.text


@pytest.mark.parametrize(
    ("place", "part"),
    [("", "scores.view"), ("", "rounds.view"), ("all/", "words.authority_name"), ("fsw/", "words.authority_name")],
)
def test_a_part_that_fails_while_the_page_is_drawn_leaves_nothing_of_it(
    client: Client, secret: str, monkeypatch: pytest.MonkeyPatch, place: str, part: str
) -> None:
    def fail(*_: object) -> None:
        raise LookupError(part)

    monkeypatch.setattr(f"eligibility.results.{part}", fail)
    response = client.get(f"{address(secret)}{place}")
    assert response.status_code == 503
    assert "We cannot evaluate your answers now" in response.content.decode()
    assert "ligible" not in response.content.decode()


def test_the_rulebook_is_asked_for_once_by_the_page(
    client: Client, secret: str, monkeypatch: pytest.MonkeyPatch, seeded
) -> None:
    asked = []

    class Store:
        @staticmethod
        def current():
            asked.append(1)
            return seeded

    monkeypatch.setattr(rules, "store", Store)
    assert client.get(address(secret)).status_code == 200
    assert len(asked) == 1


def test_things_stand_in_their_order(client: Client, secret: str, as_asha: None) -> None:
    text = client.get(address(secret)).content.decode()
    order = [
        "One door is open to you today.",
        "Has anyone like you been invited lately?",
        "What to do first",
        'nb-score__number">478<',
        'nb-score__number">74<',
        "Every door, and why",
        'id="group-open"',
        'id="group-one_step"',
        'id="group-need_answer"',
        'id="group-not_now"',
        'id="group-closed"',
        'id="next"',
        'id="family"',
        'id="notices"',
        "information, not legal advice",
        'id="keep"',
    ]
    found = [text.index(mark) for mark in order]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("", "Your results – Northbound"),
        ("all/", "Your results in full – Northbound"),
        ("h1b-2023/", "One of your results – Northbound"),
        ("nothing/", "This page is not here – Northbound"),
    ],
)
def test_the_title_names_nothing_of_the_person(client, secret, as_asha, place: str, told: str) -> None:
    text = client.get(f"{address(secret)}{place}").content.decode()
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    assert title is not None
    assert title.group(1).strip() == told


@pytest.mark.parametrize("place", ["", "all/", "fsw/"])
def test_it_holds_no_inline_script_or_style(client: Client, secret: str, as_asha: None, place: str) -> None:
    response = client.get(f"{address(secret)}{place}")
    assert response.status_code == 200
    text = response.content.decode()
    assert "style=" not in text
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\son[a-z]+=", text)


@pytest.mark.parametrize("place", ["", "all/", "fsw/"])
def test_ids_are_given_once_and_links_on_the_page_lead_somewhere(client, secret, as_asha, place) -> None:
    response = client.get(f"{address(secret)}{place}")
    assert response.status_code == 200
    text = response.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_every_requirement_shows_its_source_and_since_when(client, secret, as_asha) -> None:
    text = re.sub(r"\s+", " ", client.get(reverse("eligibility:everything", args=[secret])).content.decode())
    requirements = sum(len(program.requirements) for program in cast.ashas_programs())
    assert text.count('class="nb-req nb-req--') == requirements
    assert text.count("in force since 1 January 2015 </p>") == requirements


def test_it_offers_the_secret_link_and_deletion(client: Client, secret: str, as_asha: None) -> None:
    text = client.get(address(secret)).content.decode()
    assert f'value="http://testserver{reverse("eligibility:return", args=[secret])}"' in text
    assert f'action="{reverse("eligibility:delete", args=[secret])}"' in text


def test_it_reads_in_french_when_asked(client: Client, secret: str) -> None:
    response = client.get(address(secret), headers={"accept-language": "fr"})
    assert response.status_code == 200
    assert '<html lang="fr">' in response.content.decode()


def test_it_takes_few_queries(client: Client, secret: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(3):
        assert client.get(address(secret)).status_code == 200
