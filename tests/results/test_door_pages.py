"""The list of doors is light, every door of it leads to its reasons, and one page holds them all."""

import datetime as dt
import gzip
import re

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.answers import store
from eligibility.results import views
from eligibility.wizard import clock
from tests.profiles import DEMO, demo_profile
from tests.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

PEOPLE = sorted(path.stem for path in DEMO.glob("*.json"))
ASHA = "asha-software-engineer"


@pytest.fixture
def address(client: Client, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the results of one of the demo people are; Asha's, if a test names nobody."""
    name = getattr(request, "param", ASHA)
    profile = demo_profile(name)
    monkeypatch.setattr(clock, "today", lambda: profile.as_of)
    monkeypatch.setattr(views, "to_profile", lambda answers, today: profile)
    return reverse("eligibility:results", args=[store.start()])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def doors(markup: str) -> list[str]:
    """The programs to whose pages the lines of a page lead."""
    return re.findall(r'href="[^"]*/results/([\w-]+)/"\s+data-door>', markup)


def test_the_list_is_light(client: Client, address: str) -> None:
    markup = page(client, address)
    assert len(markup.encode()) <= 150_000
    assert len(gzip.compress(markup.encode())) <= 25_000
    assert len(re.findall(r"<[a-z]", markup)) <= 2_500


@pytest.mark.parametrize("address", PEOPLE, indirect=True)
def test_the_list_names_every_program_once_and_is_light_for_everyone(client: Client, address: str, seeded) -> None:
    markup = page(client, address)
    assert len(markup.encode()) <= 185_000
    in_force = seeded.on(dt.date(2026, 11, 21)).programs
    assert sorted(doors(markup)) == sorted(program.document.id for program in in_force)


def test_every_door_leads_to_reasons_that_the_page_with_everything_holds_too(client: Client, address: str) -> None:
    everything = words(page(client, f"{address}all/"))
    # Of a kind whose pages are alike a few are enough: 168 of them take long.
    for program in doors(page(client, address))[::6]:
        reasons = page(client, f"{address}{program}/?part=reasons")
        alone = page(client, f"{address}{program}/")
        told = words(reasons).removesuffix("This on a page of its own").strip()
        assert told in everything
        assert told in words(alone)
        assert "The official page of this program" in told


def test_the_part_of_a_page_is_no_page(client: Client, address: str) -> None:
    part = page(client, f"{address}fsw/?part=reasons")
    assert "<html" not in part
    assert re.match(r'\s*<div class="nb-door__inside"\s+id="reasons-fsw"\s+data-reasons>', part)


def test_a_door_s_page_has_the_points_the_neighbours_and_the_way_back_to_its_line(client, address) -> None:
    order = doors(page(client, address))
    here = order.index("category-french")
    markup = page(client, f"{address}category-french/")
    assert f'href="{address}{order[here - 1]}/" rel="prev"' in markup
    assert f'href="{address}{order[here + 1]}/" rel="next"' in markup
    assert f'href="{address}#program-category-french"' in markup
    assert 'id="program-category-french"' in page(client, address)
    assert 'nb-score__number">478<' in page(client, f"{address}fsw/")


def test_the_first_of_a_group_has_nothing_before_it(client: Client, address: str) -> None:
    assert 'rel="prev"' not in page(client, f"{address}fsw/")


def test_what_a_nomination_would_change_stands_in_the_list_and_on_the_door_s_page(client: Client, address: str) -> None:
    assert words(page(client, address)).count("CRS 478 now, 1,078 with this nomination") == 1
    told = words(page(client, f"{address}ab-dedicated-health-care/"))
    assert "CRS 478 now, 1,078 with this nomination. The points grid gives a nomination 600 points." in told
    assert "went down to 725. With one, your score would have reached it." in told
    assert "with this nomination" not in page(client, f"{address}cec/")


def test_a_single_person_without_children_reads_nothing_of_family(client: Client, address: str) -> None:
    assert "What your family may get" not in page(client, address)
    assert "What your family may get" not in page(client, f"{address}all/")


@pytest.mark.parametrize("address", ["daniel-and-partner"], indirect=True)
def test_a_couple_with_a_child_reads_what_they_get(client: Client, address: str) -> None:
    assert "What your family may get" in page(client, address)


def test_what_is_done_is_not_a_next_step(client: Client, address: str) -> None:
    told = words(page(client, address))
    assert "Take an approved language test" not in told
    assert "Have your foreign credentials assessed" not in told
    assert "Create an Express Entry profile to enter the pool." in told


@pytest.mark.parametrize("address", ["laid-off-20-days-left"], indirect=True)
def test_what_is_not_done_is_a_next_step(client: Client, address: str) -> None:
    told = words(page(client, f"{address}fsw/"))
    assert "Take an approved language test" in told
    assert "Have your foreign credentials assessed" in told
