"""Probes, metrics and request ids: what whoever runs the site sees of it."""

import re

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from eligibility import health
from programs import store
from tests.wizard.visitor import Visitor, answer_as_asha

TOKEN = "a-token-of-thirty-characters-0"


def metrics(client: Client) -> str:
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    return response.content.decode()


def value(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", TOKEN])
def test_without_the_token_there_are_no_metrics(client: Client, settings: LazySettings, given: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_requests_and_evaluations_are_counted_by_route_and_never_by_address(
    asha: Visitor, settings: LazySettings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    name = 'northbound_requests_total{method="GET",route="eligibility:results",status="200"}'
    before = metrics(asha.client)
    answer_as_asha(asha)
    asha.open("results")
    asha.client.get("/nothing/here/")
    after = metrics(asha.client)
    assert value(after, name) == value(before, name) + 1
    counted = "northbound_evaluation_seconds_count"
    assert value(after, counted) == value(before, counted) + 1
    assert value(after, "northbound_database_answers") == 1
    assert value(after, 'northbound_previews{state="waiting"}') == 0
    assert 'route="none",status="404"' in after
    for private in (asha.secret, "/a/", "nothing/here"):
        assert private not in after
    # A word of its own: the figures of a moment may hold any digits.
    assert not re.search(r"\b21231\b", after)


def test_a_failed_evaluation_is_counted_and_shows_no_verdict(
    asha: Visitor, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise ArithmeticError("a rule cannot be read")

    settings.METRICS_TOKEN = TOKEN
    answer_as_asha(asha)
    before = metrics(asha.client)
    monkeypatch.setattr("eligibility.results.views.assess", fail)
    response = asha.client.get(asha.url("results"))
    assert response.status_code == 503
    text = response.content.decode()
    assert "We cannot evaluate your answers now" in text
    assert not re.search("Eligible|Likely|nb-mark", text)
    name = "northbound_evaluations_failed_total"
    assert value(metrics(asha.client), name) == value(before, name) + 1


def test_a_request_keeps_the_id_that_a_proxy_gave_it_if_it_is_one(client: Client) -> None:
    given = "0123456789abcdef0123456789abcdef"
    assert client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    for bad in ("", "x" * 32, given + "0", "asha@example.com", given.upper(), f"{given}\n"):
        made = client.get("/healthz", headers={"X-Request-ID": bad}).headers["X-Request-ID"]
        assert made != bad
        assert re.fullmatch("[0-9a-f]{32}", made)


def test_ready_is_who_has_a_database_its_migrations_and_rules(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").content == b"ready\n"
    monkeypatch.setattr(store, "current", _NoRules)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: no rules are loaded\n")
    monkeypatch.setattr(health, "_migrations", health._Migrations())
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one more"])
    assert client.get("/readyz").content == b"not ready: migrations have to be applied\n"

    def fail(*_arguments: object, **_options: object) -> None:
        raise OperationalError("no connection")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", fail)
        assert client.get("/readyz").content == b"not ready: the database does not answer\n"
        assert client.get("/healthz").status_code == 200


class _NoRules:
    documents = ()
