"""Every public page: it opens, is called by a name of its own, and keeps nothing of who reads it."""

import datetime as dt
import itertools
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from eligibility.wizard import clock
from programs import store
from programs.rulebook import Rulebook
from tests.catalogue.conftest import TODAY
from tests.catalogue.reading import (
    addresses,
    canonical_of,
    description_of,
    listed,
    opened,
    other_addresses,
    structured_of,
    title_of,
)
from tests.reading import words

HEADS = re.compile(r"<h([1-6])[ >]")
IDS = re.compile(r'\sid="([^"]+)"')
EXAMPLES = ["/programs/", "/rounds/", "/programs/fsw/", "/points/crs/", "/lists/gts-category-b/"]


@pytest.fixture(scope="module")
def pages(seeded: Rulebook) -> dict[str, str]:
    """Every page once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "current", lambda: seeded)
        patch.setattr(clock, "today", lambda: TODAY)
        client = Client()
        return {address: opened(client, address) for address in addresses(seeded)}


def test_every_program_grid_and_list_has_a_page_that_stands_alone(pages: dict[str, str]) -> None:
    assert len(pages) > 200
    for address, page in pages.items():
        levels = [int(level) for level in HEADS.findall(page)]
        assert levels.count(1) == 1, address
        assert all(below <= above + 1 for above, below in itertools.pairwise(levels)), address
        ids = IDS.findall(page)
        assert len(ids) == len(set(ids)), address
        assert '<html lang="en">' in page


def test_titles_and_descriptions_are_there_and_differ(pages: dict[str, str]) -> None:
    for read in (title_of, description_of):
        found = [read(page) for page in pages.values()]
        assert all(found)
        twice = {each for each in found if found.count(each) > 1}
        assert not twice
    assert all(len(description_of(page)) <= 155 for page in pages.values())


def test_each_names_its_own_address_as_the_canonical_one(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        assert canonical_of(page) == f"http://testserver{address}"
        assert 'name="robots"' not in page


def test_structured_data_is_whole_and_true_to_the_page(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        found = {each["@type"]: each for each in structured_of(page)}
        assert found["BreadcrumbList"]["itemListElement"][-1]["item"] == f"http://testserver{address}"
        if address.startswith("/programs/") and address != "/programs/":
            service = found["GovernmentService"]
            assert service["name"] in words(page)
            assert service["description"] in words(page)
            assert "northbound" not in service["url"]


def test_structured_data_cannot_end_its_own_element(client: Client, seeded: Rulebook) -> None:
    page = opened(client, "/programs/fsw/")
    for each in re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL):
        assert not set("<>&") & set(each)


def test_no_page_weighs_more_than_a_phone_should_carry(client: Client, pages: dict[str, str]) -> None:
    longest = sorted(pages, key=lambda address: len(pages[address]))[-3:]
    for address in [*longest, "/rounds/?period=all"]:
        response = client.get(address, headers={"accept-encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert len(response.content) < 60_000, address


def test_no_page_needs_inline_style_or_script(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        assert " style=" not in page, address
        assert " onclick=" not in page, address
        assert set(re.findall(r"<script( [^>]*)?>", page)) <= {
            ' type="application/ld+json"',
            f' src="{settings.STATIC_URL}js/northbound.js" defer',
        }, address


def test_links_inside_the_catalogue_lead_to_pages_that_are_there(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        for link in re.findall(r'href="(/(?:programs|points|lists|rounds)/[^"?#]*)', page):
            assert link in pages, (address, link)
        for anchor in re.findall(r'href="#([^"]+)"', page):
            assert f'id="{anchor}"' in page, (address, anchor)


@pytest.mark.parametrize("address", [*EXAMPLES, "/sitemap.xml", "/robots.txt"])
def test_it_sets_no_cookie_and_may_be_kept_for_minutes(client: Client, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert response["ETag"]


@pytest.mark.parametrize("address", [*EXAMPLES, "/programs/?q=nurse", "/sitemap.xml", "/robots.txt"])
def test_who_has_the_page_already_is_told_so(client: Client, address: str) -> None:
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert not again.content


def test_another_day_another_language_or_other_rules_make_another_page(
    client: Client, seeded: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/programs/fsw/")["ETag"]
    french = client.get("/programs/fsw/", headers={"accept-language": "fr"})["ETag"]
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 22))
    tomorrow = client.get("/programs/fsw/")["ETag"]
    monkeypatch.setattr(seeded, "revision", "another")
    changed = client.get("/programs/fsw/")["ETag"]
    assert len({first, french, tomorrow, changed}) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*EXAMPLES, "/programs/?noc=21231&intake=open", "/sitemap.xml"])
def test_nothing_is_asked_of_the_database_beyond_the_rules_in_memory(
    client: Client, address: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/programs/nothing/", "/points/nothing/", "/lists/nothing/", "/programs/fsw67/", "/points/fsw/"]
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", EXAMPLES)
def test_it_rejects_the_wrong_method(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_the_sitemap_lists_exactly_the_public_pages(client: Client, seeded: Rulebook) -> None:
    found = listed(client.get("/sitemap.xml"))
    assert set(found) == {f"http://testserver{address}" for address in [*other_addresses(seeded), *addresses(seeded)]}
    assert found["http://testserver/points/crs/"] == "2025-03-25"
    assert found["http://testserver/lists/ee-category-stem/"] == "2026-02-18"


def test_robots_stay_out_of_what_is_private(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /a/", "Disallow: /staff/", "Sitemap: http://testserver/sitemap.xml"} <= set(lines)
    assert client.get("/robots.txt")["Content-Type"].startswith("text/plain")


def test_there_is_an_icon(client: Client) -> None:
    assert client.get("/favicon.ico").status_code == 302


def test_public_pages_name_each_other_in_the_header(client: Client) -> None:
    page = opened(client, "/programs/fsw/")
    assert re.search(r'<a href="/programs/"\s+aria-current="true"', page)
    assert re.search(r'<a href="/rounds/"\s*>', page)


def test_french_readers_get_french_rules(client: Client) -> None:
    response = client.get("/programs/fsw/", headers={"accept-language": "fr"})
    page = response.content.decode()
    assert '<html lang="fr">' in page
    assert "Programme des travailleurs qualifiés" in words(page)
    assert re.search(r'<p class="nb-other-name"\s+lang="en">\s*Federal Skilled Worker Program\s*</p>', page)
