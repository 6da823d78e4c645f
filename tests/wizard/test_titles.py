"""What a browser's history keeps of private pages: nothing that an employer should not read."""

import html
import re

import pytest

from eligibility.wizard import routing
from eligibility.wizard.forms import ITEM_FORMS
from programs.packs.schema import Program
from programs.rulebook import Rulebook
from tests.wizard.visitor import Visitor, answer_as_asha

pytestmark = pytest.mark.database

TELLING = re.compile(r"h-?1b|visa|canad|immigra|permit|province|express|points|crs", re.IGNORECASE)


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return " ".join(html.unescape(found[1]).split())


def test_no_private_page_has_a_telling_title(asha: Visitor, seeded: Rulebook) -> None:
    answer_as_asha(asha)
    names = {name for program in seeded.of_kind(Program) for name in (program.name.en, program.name.fr) if name}
    places = [
        *routing.BY_SLUG,
        *(f"{slug}/add" for slug in ITEM_FORMS),
        *("work/1", "work/1/remove", "keep", "delete", "check", "results"),
    ]
    titles = {place: title_of(asha.raw(place)) for place in places}
    titles |= {
        f"{place}, sent empty": title_of(asha.client.post(asha.url(place)).content.decode() or "<title>–</title>")
        for place in ("h1b", "you", "work/add")
    }
    titles["deleted"] = title_of(asha.client.get("/deleted/").content.decode())
    titles["gone"] = title_of(asha.client.get("/a/never-given/h1b/").content.decode())
    for place, title in titles.items():
        assert title, place
        assert not TELLING.search(title), (place, title)
        assert not [name for name in names if name in title], (place, title)


def test_private_pages_do_not_lead_to_the_public_ones_in_their_header(asha: Visitor) -> None:
    for place in ("h1b", "check", "results"):
        page = asha.raw(place)
        assert "nb-nav" not in page
        assert "Leave this page" in page
