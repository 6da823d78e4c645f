"""The list of all programs and its filters."""

import re

import pytest
from django.test import Client

from programs.packs.schema import Program
from programs.rulebook import Rulebook
from tests.catalogue.conftest import TODAY
from tests.catalogue.reading import canonical_of, opened, structured_of
from tests.reading import words


def programs_on(page: str) -> set[str]:
    """The programs that a page of the list shows."""
    return set(re.findall(r'nb-programs__name"><a href="/programs/([^/]+)/', page))


def counts(page: str, name: str) -> dict[str, int]:
    """How many programs each choice of a filter promises."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert select
    return {value: int(count) for value, count in re.findall(r'value="(\w+)"[^>]*>[^<]*\((\d+)\)</option>', select[0])}


def documents(rulebook: Rulebook) -> dict[str, Program]:
    return {program.id: program for program in rulebook.of_kind(Program)}


def test_without_a_filter_it_shows_every_program(client: Client, seeded: Rulebook) -> None:
    page = opened(client, "/programs/")
    assert programs_on(page) == set(documents(seeded))
    items = next(each for each in structured_of(page) if each["@type"] == "ItemList")
    assert items["numberOfItems"] == len(documents(seeded))


@pytest.mark.parametrize("name", ["authority", "category", "intake", "express_entry", "job_offer"])
def test_each_choice_leaves_as_many_programs_as_it_promises(client: Client, seeded: Rulebook, name: str) -> None:
    promised = counts(opened(client, "/programs/"), name)
    assert sum(promised.values()) == len(documents(seeded))
    for value, count in promised.items():
        assert len(programs_on(opened(client, f"/programs/?{name}={value}"))) == count > 0


def test_filters_hold_together_and_counts_follow_the_others(client: Client, seeded: Rulebook) -> None:
    page = opened(client, "/programs/?authority=on&intake=open")
    expected = {
        one.document.id
        for one in seeded.on(TODAY).programs
        if one.document.authority == "on" and one.intake is not None and one.intake.status == "open"
    }
    assert programs_on(page) == expected
    assert counts(page, "intake")["open"] == len(expected)
    assert sum(counts(page, "intake").values()) == sum(one.authority == "on" for one in documents(seeded).values())
    assert re.search(r'<option value="on"\s+selected', page)


def test_a_program_without_rules_is_not_said_to_need_no_offer(client: Client, seeded: Rulebook) -> None:
    shown = programs_on(opened(client, "/programs/?job_offer=not_required"))
    assert all(any(version.requirements for version in documents(seeded)[one].versions) for one in shown)


def test_words_are_found_in_either_language_without_accents(client: Client) -> None:
    assert "fsw" in programs_on(opened(client, "/programs/?q=travailleurs+qualifies"))
    assert "fsw" in programs_on(opened(client, "/programs/?q=SKILLED++worker"))


def test_an_occupation_finds_the_programs_whose_lists_name_it(client: Client) -> None:
    page = opened(client, "/programs/?noc=73113")
    assert "category-trades" in programs_on(page)
    assert "fsw" not in programs_on(page)
    assert "73113 Floor covering installers" in words(page)


def test_a_program_that_leaves_an_occupation_out_is_named_apart(client: Client, seeded: Rulebook) -> None:
    excluded = min(seeded.on(TODAY).lists["ab-opportunity-excluded"].entries)
    page = opened(client, f"/programs/?noc={excluded}")
    assert "ab-opportunity" not in programs_on(page)
    assert "These leave it out by name" in words(page)
    assert 'href="/programs/ab-opportunity/"' in page


@pytest.mark.parametrize("typed", ["12", "99999", "nurse", "<script>"])
def test_what_is_no_code_is_told_beside_the_field_and_filters_nothing(
    client: Client, seeded: Rulebook, typed: str
) -> None:
    response = client.get("/programs/", {"noc": typed, "authority": "yt"})
    page = response.content.decode()
    assert "is not a code of NOC 2021" in words(page)
    assert 'aria-invalid="true"' in page
    assert "<script>" not in page
    assert programs_on(page) == {one.id for one in documents(seeded).values() if one.authority == "yt"}


def test_an_unknown_choice_is_left_out_and_said_so(client: Client, seeded: Rulebook) -> None:
    page = opened(client, "/programs/?authority=atlantis")
    assert programs_on(page) == set(documents(seeded))
    assert "no choice here" in words(page)


def test_nothing_found_says_so_and_leads_back(client: Client) -> None:
    page = opened(client, "/programs/?q=basket+weaving+on+mars")
    assert programs_on(page) == set()
    assert "No program fits all of these filters" in words(page)
    assert "0 of 168 programs" in words(page)


def test_each_filter_in_use_can_be_taken_away_alone(client: Client) -> None:
    page = opened(client, "/programs/?authority=on&q=health&intake=closed")
    chips = re.search(r'<ul class="nb-chips".*?</ul>', page, re.DOTALL)
    assert chips
    links = set(re.findall(r'href="([^"]+)"', chips[0]))
    assert links == {
        "/programs/?intake=closed&amp;q=health",
        "/programs/?authority=on&amp;q=health",
        "/programs/?authority=on&amp;intake=closed",
    }


@pytest.mark.parametrize("query", ["authority=on", "q=nurse", "noc=21231", "utm_source=somewhere"])
def test_a_filtered_page_is_not_for_search_engines(client: Client, query: str) -> None:
    page = opened(client, f"/programs/?{query}")
    assert '<meta name="robots" content="noindex">' in page
    assert canonical_of(page) == "http://testserver/programs/"
