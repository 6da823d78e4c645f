"""Conditions in plain English, as admin shows them."""

from typing import get_args

import pytest

from programs.checks.walk import parts
from programs.packs.schema.conditions import Compare, HasRelative, InList, Judgement, MainTeer, ProgramVerdict
from programs.packs.schema.measures import OccupationOf
from programs.packs.sentences import condition_sentence
from tests.seeded import seeded_rulebook

CONDITIONS = (Compare, InList, MainTeer, HasRelative, ProgramVerdict, Judgement)


def test_every_condition_of_the_packs_reads_as_a_sentence() -> None:
    conditions = [
        part for pack in seeded_rulebook().documents for _, part in parts(pack) if isinstance(part, CONDITIONS)
    ]
    assert len(conditions) > 1000
    assert all(condition_sentence(condition) for condition in conditions)


@pytest.mark.parametrize("of", get_args(OccupationOf))
def test_every_occupation_that_a_list_is_asked_about_has_words(of: str) -> None:
    condition = InList.model_validate({"occupation_of": of, "in_list": "some-list"})
    assert condition_sentence(condition).endswith("the list “some-list”")
