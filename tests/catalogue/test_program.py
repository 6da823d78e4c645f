"""The page of one program, today and on other days."""

import re

import pytest
from django.test import Client

from programs.packs.schema import Program
from programs.rulebook import Rulebook, vocabulary
from tests.catalogue.conftest import TODAY
from tests.catalogue.reading import canonical_of, opened
from tests.reading import words


def test_it_tells_what_is_asked_in_whole_sentences_with_sources(client: Client, seeded: Rulebook) -> None:
    text = words(opened(client, "/programs/fsw/"))
    program = next(one for one in seeded.of_kind(Program) if one.id == "fsw")
    for requirement in program.versions[-1].requirements:
        assert requirement.text.en in text
    assert "Paid work, 12 months or more: in TEER 0, 1, 2 or 3; without a break; all in one occupation" in text
    assert "either Settlement funds: at least the figure of the table “Settlement funds by family size”" in text
    assert "CAD 15,263" in text
    assert "last checked on" in text


def test_no_code_or_fact_key_is_left_where_words_belong(client: Client, seeded: Rulebook) -> None:
    keys = [key for key in vocabulary().facts if "_" in key]
    for program in seeded.of_kind(Program):
        page = opened(client, f"/programs/{program.id}/")
        text = words(page)
        assert not [key for key in keys if key in text], program.id
        assert not [one for one in ("not_required", "cap_reached", "one_year") if one in text], program.id
        assert not re.search(r">\s*None\s*<", page), program.id


def test_a_program_that_is_not_checked_says_why(client: Client, seeded: Rulebook) -> None:
    for program in seeded.of_kind(Program):
        if not any(version.requirements for version in program.versions):
            text = words(opened(client, f"/programs/{program.id}/"))
            assert "the questionnaire does not check it" in text
            assert program.not_checked
            assert program.not_checked.en in text


def test_intake_is_told_for_today_and_through_time(client: Client, seeded: Rulebook) -> None:
    program = max(seeded.of_kind(Program), key=lambda one: len(one.intake))
    page = opened(client, f"/programs/{program.id}/")
    assert words(page).count("as of") >= len(program.intake)
    assert page.count("(now)") == 1


def test_a_changed_rule_stands_before_and_after(client: Client) -> None:
    text = words(opened(client, "/programs/category-stem/"))
    assert "18 February 2026 : New version" in text
    assert "Before You need at least six months of continuous full-time work" in text
    assert "From this day You need at least 12 months of full-time work" in text
    assert "6 occupations added and 19 removed" in text


def test_another_day_shows_the_rules_of_that_day(client: Client) -> None:
    page = opened(client, "/programs/category-stem/?on=2025-12-01")
    text = words(page)
    assert "You see this as it was, or will be, on 1 December 2025" in text
    rules = text[text.index("What it asked on that day") : text.index("What we do not check")]
    assert "six months of continuous full-time work" in rules
    assert "at least 12 months" not in rules
    assert '<meta name="robots" content="noindex">' in page
    assert canonical_of(page) == "http://testserver/programs/category-stem/"


@pytest.mark.parametrize("day", ["1900-01-01", "2019-07-01", "2099-12-31", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("address", ["/programs/aip/", "/points/crs/", "/lists/nb-excluded/"])
def test_any_day_can_be_asked_for(client: Client, address: str, day: str) -> None:
    assert "as it was, or will be" in words(opened(client, f"{address}?on={day}"))


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "21/11/2026", "२०२६-११-२१"])
def test_a_day_that_cannot_be_read_is_told_and_today_is_shown(client: Client, day: str) -> None:
    text = words(opened(client, f"/programs/fsw/?on={day}"))
    assert "We could not read the day" in text
    assert "Can you apply today?" in text


def test_what_is_unsure_says_so(client: Client, seeded: Rulebook) -> None:
    unsure = [
        one.document
        for one in seeded.on(TODAY).programs
        if one.version and any(each.confidence != "confirmed" for each in one.version.requirements)
    ]
    assert unsure
    for program in unsure:
        assert "To be checked:" in words(opened(client, f"/programs/{program.id}/"))


def test_a_notice_stands_where_it_concerns(client: Client) -> None:
    text = words(opened(client, "/programs/fsw/"))
    assert "What may change" in text
    assert "Proposed, not decided" in text
