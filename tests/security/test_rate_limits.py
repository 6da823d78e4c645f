"""What costs or guesses is limited for each address, calmly, and an address is never what a stranger claims."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from limits import parse

from config import rate_limits
from config.client_address import client_network
from eligibility.models import Application
from tests.security.conftest import PublicClient
from tests.security.routes import every_route
from tests.wizard.visitor import MONEY, Visitor, text_of

HERE, THERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture
def limits(settings: Any) -> Iterator[Callable[..., None]]:
    """Turns the limits on, with these numbers for each hour; the others are off."""

    def turn_on(**allowed: int) -> None:
        settings.RATE_LIMITS_ON = True
        settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS) | {
            kind: parse(f"{number} per hour") for kind, number in allowed.items()
        }
        rate_limits.forget_all()

    yield turn_on
    rate_limits.forget_all()


def at(address: str) -> Client:
    """A browser at an address, as the proxy in front tells it."""
    return PublicClient(HTTP_X_FORWARDED_FOR=address)


# Whose request it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "10.0.0.1"),
        (0, HERE, "10.0.0.1"),
        (1, HERE, HERE),
        (1, f"1.2.3.4, {HERE}", HERE),
        (2, f"1.2.3.4, {HERE}, 10.9.9.9", HERE),
        (2, HERE, "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", HERE),
    ],
)
def test_an_address_is_what_the_last_trusted_proxy_saw(
    settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request: HttpRequest = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_network(request) == expected


def test_a_site_behind_a_proxy_that_is_not_counted_is_warned(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.RATE_LIMITS_ON = True
    assert "northbound.W001" in told_before_deployment()
    settings.TRUSTED_PROXIES = 1
    assert "northbound.W001" not in told_before_deployment()


def told_before_deployment() -> set[str | None]:
    return {each.id for each in run_checks(tags=["security"], include_deployment_checks=True)}


# What is limited ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_starting_is_limited_and_the_page_is_calm(public: Client, limits: Any) -> None:
    limits(start=2)
    for _time in range(2):
        assert at(HERE).post("/start/").status_code == 302
    refused = at(HERE).post("/start/")
    assert refused.status_code == 429
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["Cache-Control"] == "no-store"
    assert "Please wait a moment" in text_of(refused)
    assert "You can go on in about 60 minutes" in text_of(refused)
    assert Application.objects.count() == 2
    # Others go on, and a stranger's claim to be someone else changes nothing.
    assert at(THERE).post("/start/").status_code == 302
    assert at(f"{THERE}, {HERE}").post("/start/").status_code == 429


@pytest.mark.django_db
def test_whoever_tries_many_links_learns_nothing_from_the_right_one(asha: Visitor, limits: Any) -> None:
    limits(links=3)
    for number in range(3):
        assert at(HERE).get(f"/a/guess-{number}/results/").status_code == 404
    right, wrong = (at(HERE).get(f"/a/{secret}/you/") for secret in (asha.secret, "guess-4"))
    assert (right.status_code, wrong.status_code) == (429, 429)
    assert re.sub(r"\d", "", text_of(right)) == re.sub(r"\d", "", text_of(wrong))
    assert at(THERE).get(asha.url("you")).status_code == 200


@pytest.mark.django_db
def test_answering_is_never_limited(asha: Visitor, limits: Any) -> None:
    limits(**dict.fromkeys(("start", "links", "sign_in", "search", "forms", "uploads"), 1))
    for _time in range(5):
        assert asha.client.post(asha.url("money"), MONEY).status_code == 302
        assert asha.client.get(asha.url("check")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "address"),
    [("results", "results/"), ("results", "results/all/"), ("results", "clock/")],
)
def test_evaluating_is_limited(asha: Visitor, limits: Any, kind: str, address: str) -> None:
    limits(**{kind: 1})
    assert at(HERE).get(f"/a/{asha.secret}/{address}").status_code == 200
    assert at(HERE).get(f"/a/{asha.secret}/{address}").status_code == 429
    assert at(HERE).get(asha.url("check")).status_code == 200


@pytest.mark.django_db
def test_searching_and_the_public_forms_are_limited(public: Client, limits: Any) -> None:
    limits(search=1, forms=1)
    for address in ("/occupations/search?q=chef", "/occupations/?q=chef"):
        rate_limits.forget_all()
        assert at(HERE).get(address).status_code == 200
        assert at(HERE).get(address).status_code == 429
    assert at(HERE).post("/h1b/clock/", {}).status_code == 200
    assert at(HERE).post("/h1b/case-status/", {}).status_code == 429
    assert at(HERE).get("/h1b/clock/").status_code == 200


@pytest.mark.django_db
def test_trying_one_password_on_many_accounts_is_limited(production: None, limits: Any) -> None:
    limits(sign_in=3)
    answers = [
        at(HERE).post(address, {"username": f"person-{number}", "password": "Summer2026"}).status_code
        for number, address in enumerate([reverse("admin:login")] * 4)
    ]
    assert answers == [200, 200, 200, 429]
    # The same holds where somebody is asked in the middle of work.
    held = {"ask-username": "person-9", "ask-password": "Summer2026"}
    assert at(HERE).post("/staff/programs/program/", held).status_code == 429
    assert at(THERE).post("/staff/programs/program/", held).status_code == 403


@pytest.mark.django_db
def test_uploads_are_limited_and_other_work_of_staff_is_not(staff: Client, limits: Any) -> None:
    limits(uploads=1)
    sent = [
        staff.post(reverse("admin:files"), {"file": SimpleUploadedFile("rules.yaml", b"id: 1")}).status_code
        for _time in range(2)
    ]
    assert sent[0] != 429
    assert sent[1] == 429
    assert staff.post(reverse("admin:files"), {}).status_code != 429


def test_every_limit_is_used_and_every_page_that_evaluates_has_one(settings: Any) -> None:
    marked = {kind: route.name for route in every_route() if (kind := rate_limits.kind_of(route.view)) is not None}
    recognized_by_the_request = {"links", "sign_in", "uploads"}
    assert set(marked) <= set(settings.RATE_LIMITS)
    assert set(settings.RATE_LIMITS) - set(marked) - recognized_by_the_request <= {"plans"}
    with pytest.raises(ValueError, match="no kind of limit"):
        rate_limits.rate_limited("nonsense")


# The counter -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_counter_that_is_away_closes_nothing_and_is_told(
    public: Client, limits: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    limits(start=1)
    settings.RATE_LIMITS_STORE = "redis://127.0.0.1:1/0"
    assert [at(HERE).post("/start/").status_code for _time in range(2)] == [302, 302]
    assert "The counter of the rate limits does not answer." in caplog.text
    settings.RATE_LIMITS_STORE = "memory://"


@pytest.mark.django_db
def test_no_address_is_kept_or_logged(public: Client, limits: Any, caplog: pytest.LogCaptureFixture) -> None:
    limits(start=1)
    with caplog.at_level("DEBUG"):
        for _time in range(2):
            at(HERE).post("/start/")
    store = rate_limits._limiter("memory://").storage
    kept = repr(getattr(store, "storage", None))
    assert "start" in kept
    assert HERE not in kept
    assert HERE not in caplog.text
    assert "Too often: start" in caplog.text
