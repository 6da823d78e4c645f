"""What a page weighs on a first visit: its HTML and every file it names, compressed as they are sent."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.wizard.visitor import Visitor, answer_as_asha

MOST = 60_000
PUBLIC = ("/", "/programs/", "/h1b/clock/", "/h1b/case-status/")
STEPS = (
    "h1b",
    "h1b-dates",
    "us-job",
    "you",
    "family",
    "work",
    "work/1",
    "education/1",
    "language/1",
    "canada",
    "money",
)
OWN = ("check", "keep", "results", "results/fsw", "plan", "timeline", "what-if", "my-plan", "clock")
_FILE = re.compile(r'(?:src|href)="/static/([^"]+)"')


@pytest.fixture
def asked(asha: Visitor) -> Visitor:
    answer_as_asha(asha)
    return asha


def weight(client: Client, url: str) -> int:
    """Bytes that travel to a browser that has been nowhere on the site."""
    response = client.get(url, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200, url
    assert response["Content-Encoding"] == "gzip", url
    files = set(_FILE.findall(gzip.decompress(response.content).decode()))
    assert files, url
    return len(response.content) + sum(len(gzip.compress(_read(name))) for name in files)


def _read(name: str) -> bytes:
    found = finders.find(name)
    assert found is not None, name
    return Path(found).read_bytes()


def test_no_page_weighs_more_than_a_slow_telephone_bears(asked: Visitor) -> None:
    addresses = [*PUBLIC, *(asked.url(place) for place in (*STEPS, *OWN))]
    weights = {address: weight(asked.client, address) for address in addresses}
    assert not {address: found for address, found in weights.items() if found > MOST}


def test_who_cannot_read_it_compressed_gets_it_plain(client: Client, db: None) -> None:
    response = client.get("/")
    assert "Content-Encoding" not in response
    assert b"Northbound" in response.content
