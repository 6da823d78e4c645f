"""Addresses, methods, tabs, double clicks, expiry and deletion."""

import datetime as dt
import json
import threading
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from eligibility.answers import store
from eligibility.answers.document import MOST_ITEMS
from eligibility.models import Application
from tests.wizard.visitor import JOB, MONEY, SINGLE, YOU, Visitor, answer_as_asha, day, text_of

pytestmark = pytest.mark.database

PRIVATE = ["h1b", "you", "work", "work/add", "check", "keep", "delete", "what-it-means", "results"]


@pytest.mark.parametrize("place", ["", *PRIVATE])
def test_an_unknown_secret_is_told_calmly(db: None, client: Client, place: str) -> None:
    response = client.get(f"/a/never-given/{place}/" if place else "/a/never-given/")
    assert response.status_code == 404
    assert "Nothing is kept under this link" in text_of(response)
    assert "Start again" in text_of(response)


@pytest.mark.parametrize("place", PRIVATE)
def test_private_pages_stay_out_of_caches_and_search_engines(asha: Visitor, place: str) -> None:
    response = asha.client.get(asha.url(place))
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert " style=" not in response.content.decode()


@pytest.mark.parametrize("place", ["nonsense", "nonsense/add", "you/add", "work/7", "work/7/remove", "nonsense/1"])
def test_what_does_not_exist_is_not_found(asha: Visitor, place: str) -> None:
    assert asha.client.get(asha.url(place)).status_code == 404
    assert asha.client.post(asha.url(place)).status_code == 404


@pytest.mark.parametrize(
    ("method", "place"),
    [("get", "/start/"), ("post", "/"), ("post", "/leave/"), ("post", "/deleted/"), ("post", "/occupations/search")],
)
def test_it_rejects_the_wrong_method(db: None, client: Client, method: str, place: str) -> None:
    assert getattr(client, method)(place).status_code == 405


@pytest.mark.parametrize(("method", "place"), [("post", "check"), ("post", "keep"), ("put", "you"), ("delete", "you")])
def test_private_pages_reject_the_wrong_method(asha: Visitor, method: str, place: str) -> None:
    assert getattr(asha.client, method)(asha.url(place)).status_code == 405


def test_starting_needs_no_cookie_but_the_one_against_forgery(db: None) -> None:
    visitor = Visitor(Client())
    visitor.open("h1b")
    assert set(visitor.client.cookies) == {"northbound_csrf"}


def test_the_secret_link_leads_to_where_one_was(asha: Visitor) -> None:
    assert asha.client.get(asha.url())["Location"] == asha.url("h1b")
    asha.send("you", **YOU)
    assert asha.client.get(asha.url())["Location"] == asha.url("check")
    assert f"http://testserver{asha.url()}" in asha.raw("keep")


def test_leaving_shows_nothing_of_it(db: None, client: Client) -> None:
    response = client.get("/leave/")
    assert response.status_code == 302
    assert "northbound" not in response["Location"].lower()


def test_two_tabs_on_two_pages_lose_nothing(asha: Visitor) -> None:
    with store.change(asha.secret) as first:
        first.keep("money", {"settlement_funds_cad": "1"})
    other = Visitor.__new__(Visitor)
    other.client, other.secret = Client(), asha.secret
    other.open("you")
    asha.send("family", **SINGLE)
    other.send("you", **YOU)
    assert asha.profile["marital_status"] == "single"
    assert asha.profile["birth_date"] == "1997-05-17"
    assert asha.profile["settlement_funds_cad"] == 1


@pytest.mark.django_db(transaction=True)
def test_changes_at_the_same_moment_lose_nothing() -> None:
    secret = store.start()

    def add(number: int) -> None:
        with store.change(secret) as answers:
            answers.add_item("work", f"token-{number}")
        connection.close()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    items = store.visit(secret).items("work")
    assert sorted(item.id for item in items) == list(range(1, 9))
    assert len({item.token for item in items}) == 8


def test_a_double_click_adds_one_thing(asha: Visitor) -> None:
    asha.add("work", token="once", **JOB)
    asha.add("work", token="once", **JOB)
    assert len(asha.answers.items("work")) == 1
    asha.add("work", token="twice", **JOB)
    assert [item.id for item in asha.answers.items("work")] == [1, 2]


def test_going_back_to_correct_a_new_thing_changes_that_thing(asha: Visitor) -> None:
    asha.add("work", token="once", **JOB | {"hours_per_week": "many"})
    asha.add("work", token="once", **JOB)
    assert [item.answer["hours_per_week"] for item in asha.answers.items("work") if item.answer] == ["40"]


def test_removing_asks_first_and_twice_is_as_good_as_once(asha: Visitor) -> None:
    asha.add("work", token="a", **JOB)
    asha.add("work", token="b", **JOB | {"job_title": "data scientist", "noc": "21211"})
    assert "Do you want to remove this?" in asha.open("work/1/remove")
    assert asha.send("work/1/remove") == "work"
    assert asha.send("work/1/remove") == "work"
    assert [item.id for item in asha.answers.items("work")] == [2]
    asha.add("work", token="c", **JOB)
    assert [item.id for item in asha.answers.items("work")] == [2, 3]


def test_what_is_typed_into_a_thing_removed_elsewhere_is_kept(asha: Visitor) -> None:
    asha.add("work", token="a", **JOB)
    asha.send("work/1/remove")
    assert asha.client.get(asha.url("work/1"))["Location"] == asha.url("work")
    assert asha.send("work/1", **JOB) == "work"
    assert [item.id for item in asha.answers.items("work")] == [1]


def test_a_full_list_says_so(asha: Visitor) -> None:
    with store.change(asha.secret) as answers:
        for number in range(MOST_ITEMS):
            answers.add_item("work", f"token-{number}").keep({"job_title": "chef"})
    assert asha.add("work", token="more", **JOB) == "work"
    assert len(asha.answers.items("work")) == MOST_ITEMS
    assert "This list is full" in asha.open("work")


def test_a_page_open_too_long_keeps_what_was_typed(db: None) -> None:
    visitor = Visitor(Client())
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(visitor.url("you"), YOU | day("birth_date", "1997-05-17"))
    assert response.status_code == 403
    assert "Please send this page once more" in text_of(response)
    assert 'value="1997"' in response.content.decode()
    assert visitor.answers.are_empty


def test_answers_expire_thirty_days_after_the_last_visit(asha: Visitor) -> None:
    row = Application.objects.get()
    assert row.expires - row.last_visited == dt.timedelta(days=30)
    earlier = timezone.now() - dt.timedelta(days=29)
    Application.objects.update(created=earlier, last_visited=earlier, expires=timezone.now() + dt.timedelta(minutes=5))
    asha.open("you")
    assert Application.objects.get().expires > timezone.now() + dt.timedelta(days=29)
    Application.objects.update(expires=timezone.now())
    assert asha.client.get(asha.url("you")).status_code == 404
    assert asha.client.post(asha.url("you"), YOU).status_code == 404


def test_what_expired_is_deleted_by_the_way_and_at_most_once_an_hour(asha: Visitor) -> None:
    long_ago = timezone.now() - dt.timedelta(days=40)
    Application.objects.create(
        secret_hash="x", answers=b"", created=long_ago, last_visited=long_ago, expires=long_ago + dt.timedelta(days=1)
    )
    asha.open("you")
    assert Application.objects.count() == 2
    store.purging.make_due()
    asha.open("you")
    assert Application.objects.count() == 1


def test_a_command_deletes_what_expired(asha: Visitor, capsys: pytest.CaptureFixture[str]) -> None:
    Application.objects.update(expires=timezone.now())
    call_command("purge_expired")
    assert "Deleted 1 expired application(s)." in capsys.readouterr().out
    assert not Application.objects.exists()


def test_deleting_asks_first_and_then_really_deletes(asha: Visitor) -> None:
    assert "Delete everything now?" in asha.open("delete")
    assert Application.objects.count() == 1
    assert asha.client.post(asha.url("delete"))["Location"] == "/deleted/"
    assert not Application.objects.exists()
    assert "Everything is deleted" in text_of(asha.client.get("/deleted/"))
    assert asha.client.get(asha.url("you")).status_code == 404
    assert asha.client.post(asha.url("delete")).status_code == 302


def test_nothing_can_be_read_from_the_stored_row(asha: Visitor) -> None:
    answer_as_asha(asha)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM eligibility_application")
        row = cursor.fetchone()
    stored = b"".join(bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode() for value in row)
    for secret in (asha.secret, "1997", "IN", "software engineer", "masters", "ielts_gt"):
        if len(secret) > 2:
            assert secret.encode() not in stored
    with pytest.raises(ValueError, match="."):
        json.loads(bytes(Application.objects.get().answers))


def test_answers_outlive_a_change_of_key(asha: Visitor, settings: Any) -> None:
    asha.send("money", **MONEY)
    new = Fernet.generate_key().decode()
    old = settings.ANSWERS_KEYS
    settings.ANSWERS_KEYS = [new, *old]
    assert asha.profile["settlement_funds_cad"] == 40000
    call_command("rotate_answers_key")
    settings.ANSWERS_KEYS = [new]
    assert asha.profile["settlement_funds_cad"] == 40000
    settings.ANSWERS_KEYS = old
    assert asha.client.get(asha.url("you")).status_code == 404


def test_probes_answer(db: None, client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"


def test_occupations_can_be_searched_while_one_types(db: None, client: Client) -> None:
    found = client.get("/occupations/search", {"q": "software engineer"}).json()["results"]
    assert found[0]["code"] == "21231"
    assert client.get("/occupations/search").json() == {"results": []}
    assert client.get("/occupations/search", {"q": "x" * 5000 + "\x00"}).status_code == 200
