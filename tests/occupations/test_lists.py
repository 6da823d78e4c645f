"""Which lists an occupation is on: computed from the rulebook, for any day."""

import datetime as dt

from eligibility.occupations.lists import listings, uses
from programs.packs.schema import OccupationList
from programs.rulebook import Rulebook, build

TODAY = dt.date(2026, 11, 21)


def test_listings_are_those_of_the_rulebook(seeded: Rulebook) -> None:
    book = seeded.on(TODAY)
    for code in ("21231", "21220", "31301", "72200", "14100"):
        expected = {held.document.id for held in book.lists.values() if code in held.entries}
        assert {each.document.id for each in listings(seeded, code, TODAY).now} == expected


def test_what_an_occupation_was_on_is_told_with_its_dates(seeded: Rulebook) -> None:
    stem = [each for each in listings(seeded, "21231", TODAY).before if each.document.id == "ee-category-stem"]
    assert [(each.starts, each.ends) for each in stem] == [(dt.date(2023, 5, 31), dt.date(2025, 2, 26))]
    then = listings(seeded, "21231", dt.date(2024, 6, 1))
    assert "ee-category-stem" in {each.document.id for each in then.now}


def test_a_list_of_a_day_to_come_is_told_as_such(seeded: Rulebook) -> None:
    early = listings(seeded, "21231", dt.date(2020, 1, 1))
    assert not early.now
    assert "gts-category-b" in {each.document.id for each in early.later}


def test_a_few_lists_are_named_and_the_rest_counted(seeded: Rulebook) -> None:
    found = listings(seeded, "31301", TODAY)
    assert len(found.named) == 3
    opening = [each for each in found.now if each.document.short_name]
    assert found.number_more == len(opening) - 3 > 0


def test_programs_that_look_at_a_list_are_named_by_what_they_do_with_it(seeded: Rulebook) -> None:
    found = uses(seeded, TODAY)
    assert [use.leaves_out for use in found["ab-tech-occupations"]] == [False]
    assert any(use.leaves_out for use in found["ab-opportunity-excluded"])


def test_a_new_list_version_changes_the_answer(seeded: Rulebook) -> None:
    others = [document for document in seeded.documents if document.id != "gts-category-b"]
    (gts,) = (each for each in seeded.of_kind(OccupationList) if each.id == "gts-category-b")
    without = gts.versions[0].model_copy(
        update={"entries": tuple(e for e in gts.versions[0].entries if e.noc != "21231")}
    )
    changed = build([*others, gts.model_copy(update={"versions": (without,)})], seeded.occupations.values(), "changed")
    assert "gts-category-b" not in {each.document.id for each in listings(changed, "21231", TODAY).now}
