"""Finding an occupation by a job title."""

import pytest

from eligibility.occupations import search
from eligibility.occupations.described import hint

pytestmark = pytest.mark.database


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzzzz", "99999", "!!", "the of and"])
def test_nothing_is_found_where_nothing_was_meant(typed: str) -> None:
    assert search.search(typed) == []


def test_a_result_shows_its_code_and_level() -> None:
    assert hint("21231") == "NOC 21231, TEER 1"
    assert search.search("software engineer")[0].title == "Software engineers and designers"


def test_each_unit_group_is_found_once() -> None:
    codes = [each.code for each in search.search("engineer")]
    assert len(codes) == len(set(codes))
