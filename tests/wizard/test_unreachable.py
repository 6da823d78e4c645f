"""While the database does not answer: a clear page that holds what was typed, and nothing of it in the logs."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client, RequestFactory

from benchmarks.soak.forms import forms_of
from config import unreachable
from config.log import JsonFormatter
from eligibility.answers import store
from tests.wizard.visitor import YOU, Visitor


@pytest.fixture
def away(asha: Visitor) -> Iterator[pytest.MonkeyPatch]:
    """The database does not answer; `away.undo()` brings it back."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise OperationalError("server closed the connection; the row was 1997-05-17")

    asha.client.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_find", fail)
        yield patch


@pytest.fixture
def lines(away: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_what_was_typed_is_held_in_the_page_and_can_be_sent_again(asha: Visitor, away: pytest.MonkeyPatch) -> None:
    response = asha.client.post(asha.url("you"), YOU)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert "We cannot reach our records now" in text
    assert "Eligible" not in text
    (form,) = forms_of(text)
    assert form.action == asha.url("you")
    away.undo()
    again = asha.client.post(form.action, _as_dict(form.pairs))
    assert again.status_code == 302
    assert asha.answers.value("you", "citizenship") == "IN"
    assert asha.answers.value("you", "provinces") == ["ON", "BC"]


def _as_dict(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    return sent


@pytest.mark.parametrize("place", ["you", "check", "results", "results/all", "clock", "keep"])
def test_every_page_behind_a_link_says_so_and_leads_back_to_itself(
    asha: Visitor, away: pytest.MonkeyPatch, place: str
) -> None:
    response = asha.client.get(asha.url(place))
    assert response.status_code == 503
    assert f'href="{asha.url(place)}"' in response.content.decode()
    away.undo()
    assert asha.client.get(asha.url(place)).status_code == 200


def test_the_logs_hold_the_kind_of_fault_and_neither_answer_nor_secret(
    asha: Visitor, lines: io.StringIO, away: pytest.MonkeyPatch
) -> None:
    asha.client.post(asha.url("you"), YOU)
    away.undo()
    written = [json.loads(line) for line in lines.getvalue().splitlines()]
    (failed,) = [line for line in written if line["logger"] == "django.request"]
    assert failed["exception"][0] == "django.db.utils.OperationalError"
    assert re.fullmatch("[0-9a-f]{32}", failed["request_id"])
    for private in (asha.secret, "1997", "IN", "citizenship"):
        assert private not in json.dumps([line | {"exception": "", "request_id": ""} for line in written])


def test_the_page_never_repeats_what_staff_typed() -> None:
    request = RequestFactory().post("/staff/login/", {"username": "mei", "password": "correct horse"})
    text = unreachable.page(request).content.decode()
    assert "correct horse" not in text
    assert "Try again" in text


@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError("x"), 503), (InterfaceError("x"), 503), (DataError("x"), 500), (KeyError("x"), 500)],
)
def test_only_what_passes_is_called_out_of_reach(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail() -> None:
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr(store, "start", fail)
    monkeypatch.setattr(store, "purge_now_and_then", lambda: None)
    assert client.post("/start/").status_code == status
