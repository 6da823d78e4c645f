"""Finding an occupation by a job title."""

import pytest

from eligibility.wizard import occupations

pytestmark = pytest.mark.database

FOUND = [
    ("software engineer", "21231"),
    ("Software Engineer", "21231"),
    ("engineer, software", "21231"),
    ("softwre enginer", "21231"),
    ("sofware engineer", "21231"),
    ("devops", "21231"),
    ("data scientist", "21211"),
    ("fullstack developer", "21232"),
    ("machine learning engineer", "21211"),
    ("registered nurse", "31301"),
    ("electrician", "72200"),
    ("welder", "72106"),
    ("accountant", "11100"),
    ("business analyst", "21221"),
    ("développeur web", "21234"),
    ("developpeur web", "21234"),
    ("21231", "21231"),
]


@pytest.mark.parametrize(("typed", "code"), FOUND)
def test_a_title_leads_to_its_unit_group(typed: str, code: str) -> None:
    found = occupations.search(typed)
    assert code in [each.code for each in found[:2]]
    assert len(found) <= occupations.MOST_RESULTS


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzzzz", "99999", "!!", "the of and"])
def test_nothing_is_found_where_nothing_was_meant(typed: str) -> None:
    assert occupations.search(typed) == []


def test_a_result_shows_its_code_and_level() -> None:
    assert occupations.hint("21231") == "NOC 21231, TEER 1"
    assert occupations.search("software engineer")[0].title == "Software engineers and designers"


def test_each_unit_group_is_found_once() -> None:
    codes = [each.code for each in occupations.search("engineer")]
    assert len(codes) == len(set(codes))
