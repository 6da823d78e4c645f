"""What tests read of a public page."""

import html
import json
import re
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse
from django.test import Client

from programs.packs.schema import Grid, OccupationList, Program
from programs.rulebook import Rulebook

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(rulebook: Rulebook) -> list[str]:
    """Every public page of the catalogue."""
    return [
        "/programs/",
        "/rounds/",
        *(f"/programs/{one.id}/" for one in rulebook.of_kind(Program)),
        *(f"/points/{one.id}/" for one in rulebook.of_kind(Grid)),
        *(f"/lists/{one.id}/" for one in rulebook.of_kind(OccupationList)),
    ]


def other_addresses(rulebook: Rulebook) -> list[str]:
    """Every other public page."""
    return [
        "/",
        "/h1b/clock/",
        "/h1b/case-status/",
        "/context/",
        "/occupations/",
        "/occupations/from-us/",
        "/occupations/software/",
        *(f"/occupations/{code}/" for code in rulebook.occupations),
    ]


def opened(client: Client, address: str) -> str:
    """A page's HTML."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return " ".join(html.unescape(found[1]).split())


def description_of(page: str) -> str:
    found = re.search(r'<meta name="description"\s+content="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def canonical_of(page: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]*)"', page)
    assert found
    return found[1]


def structured_of(page: str) -> list[dict[str, Any]]:
    """The structured data of a page."""
    return [
        json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    ]


def listed(response: HttpResponse) -> dict[str, str]:
    """The addresses of a sitemap, each with the day it last changed."""
    tree = ElementTree.fromstring(response.content)
    return {
        url.findtext(f"{SITEMAP}loc", ""): url.findtext(f"{SITEMAP}lastmod", "") for url in tree.iter(f"{SITEMAP}url")
    }
