"""A log line tells what happened and nothing about whom."""

import io
import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.log import DevelopmentFormatter, JsonFormatter, masked, request_id
from config.middleware import RequestLog

LINK = "/a/3vGk9-Xw_Tq81/results/"


@pytest.fixture
def lines():
    """The lines written to a logger while a test runs, as objects."""
    logger = logging.getLogger("northbound.request")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LINK, "/a/…/results/"),
        ("/a/3vGk9", "/a/…"),
        ("/fr/a/3vGk9/", "/fr/a/…/"),
        ("https://northbound.example/a/3vGk9/?next=/a/3vGk9/", "https://northbound.example/a/…/"),
        ('"GET /a/3vGk9/?q=1 HTTP/1.1" 200 17', '"GET /a/…/ HTTP/1.1" 200 17'),
        ("/occupations/?q=nurse", "/occupations/"),
        ("/staff/", "/staff/"),
        ("Is it so? Yes.", "Is it so? Yes."),
    ],
)
def test_secret_links_and_query_strings_are_taken_out(text, expected):
    assert masked(text) == expected


def test_a_request_is_one_line_without_its_secret_its_query_and_its_body(lines):
    request = RequestFactory().post(LINK + "?mail=asha@example.com", {"birth_date": "1991-02-03"})
    response = RequestLog(lambda request: HttpResponse("Asha"))(request)
    (line,) = lines()
    assert (line["method"], line["path"], line["status"]) == ("POST", "/a/…/results/", 200)
    assert line["request_id"] == response.headers["X-Request-ID"]
    for private in ("3vGk9", "asha", "Asha", "1991"):
        assert private not in json.dumps(line, ensure_ascii=False)


def test_the_request_id_ends_with_the_request():
    seen = []
    RequestLog(lambda request: seen.append(request_id.get()) or HttpResponse())(RequestFactory().get("/"))
    assert len(seen[0]) == 32
    assert request_id.get() is None


def test_two_requests_have_two_ids():
    answer = RequestLog(lambda request: HttpResponse())
    ids = {answer(RequestFactory().get("/")).headers["X-Request-ID"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/site.css"])
def test_probes_and_static_files_are_logged_only_when_they_fail(lines, path):
    RequestLog(lambda request: HttpResponse())(RequestFactory().get(path))
    assert lines() == []
    RequestLog(lambda request: HttpResponse(status=503))(RequestFactory().get(path))
    assert [line["status"] for line in lines()] == [503]


def test_an_error_is_told_by_kind_and_place_and_not_by_its_words(lines):
    try:
        raise ValueError("Invalid isoformat string: '1991-02-30'")
    except ValueError:
        logging.getLogger("northbound.request").exception("Failed: %s", LINK)
    (line,) = lines()
    assert line["message"] == "Failed: /a/…/results/"
    assert line["exception"][0] == "builtins.ValueError"
    assert "test_log.py" in line["exception"][1]
    assert "1991" not in json.dumps(line)


def test_in_development_the_whole_traceback_is_shown():
    try:
        raise ValueError("Invalid isoformat string: '1991-02-30'")
    except ValueError as error:
        exc_info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("northbound", logging.ERROR, __file__, 1, "Failed", None, exc_info)
    assert "1991-02-30" in DevelopmentFormatter().format(record)
