"""The pages of points grids and occupation lists."""

from collections.abc import Iterator

from django.test import Client

from programs.packs.schema import Grid, OccupationList
from programs.packs.schema.grids import Factor
from programs.rulebook import Rulebook
from tests.catalogue.conftest import TODAY
from tests.catalogue.reading import opened
from tests.reading import words


def every(factors: tuple[Factor, ...]) -> Iterator[Factor]:
    for factor in factors:
        yield factor
        yield from every(factor.children)


def test_each_table_is_printed_with_all_of_its_points(client: Client, seeded: Rulebook) -> None:
    for document in seeded.of_kind(Grid):
        standing = seeded.on(TODAY).grids.get(document.id)
        version = standing.version if standing else document.versions[-1]
        page = opened(client, f"/points/{document.id}/")
        figures = sum(
            len(factor.cases) + sum(len(row) for row in (factor.table.points if factor.table else ()))
            for factor in every(version.factors)
        )
        assert page.count('<td class="nb-grid__figure">') == figures, document.id
        for factor in every(version.factors):
            assert factor.name.en in words(page)


def test_rows_and_columns_are_named_as_people_say_them(client: Client) -> None:
    text = words(opened(client, "/points/crs/"))
    assert "Age With a partner Without a partner 17 or less 0 0 18 90 99" in text
    assert "20 to 29 100 110" in text
    assert "At most 500 points. At most 460 points where this holds: a partner who comes along" in text
    assert "Given for each of the four abilities" in text


def test_a_grid_tells_what_its_versions_changed(client: Client) -> None:
    text = words(opened(client, "/points/crs/"))
    assert "25 March 2025 : New version" in text
    assert "Other points: Job offer" in text
    before = words(opened(client, "/points/crs/?on=2025-03-24"))
    assert "In force since 16 November 2022" in before


def test_a_grid_that_ended_shows_its_last_version_and_says_so(client: Client) -> None:
    text = words(opened(client, "/points/on-eoi-legacy/"))
    assert "Not in force on this day. You see the version of 16 November 2022 to 29 May 2026" in text
    assert "30 May 2026 : This no longer holds" in text


def test_a_list_names_every_occupation_and_links_to_it(client: Client, seeded: Rulebook) -> None:
    for document in seeded.of_kind(OccupationList):
        standing = seeded.on(TODAY).lists.get(document.id)
        entries = standing.version.entries if standing else document.versions[-1].entries
        page = opened(client, f"/lists/{document.id}/")
        for entry in entries:
            assert f'href="/occupations/{entry.noc}/"' in page, document.id
            if entry.subset:
                assert entry.subset.en in words(page)
        if not entries:
            assert "The list names no occupation in this period" in words(page)


def test_a_list_says_which_programs_use_it_and_how(client: Client) -> None:
    text = words(opened(client, "/lists/ab-opportunity-excluded/"))
    assert "asks for an occupation that is not on the list" in text
    assert "asks for an occupation on the list" in words(opened(client, "/lists/ee-category-trades/"))
