"""Texts are left out only where it is sure that they do not concern the person."""

from typing import Any

import pytest

from eligibility.results.person import Person, person
from programs.rulebook import Rulebook
from tests.results import cast

FRENCH = {"test": "tef_canada", "date": "2026-06-13", "listening": 520, "reading": 510, "writing": 505, "speaking": 525}
ENGLISH = {"test": "celpip_g", "date": "2026-06-13", "listening": 9, "reading": 9, "writing": 9, "speaking": 9}
DEGREE = {"level": "masters", "country": "IN", "completed": "2018-05-31"}


def who(rulebook: Rulebook, **answers: Any) -> Person:
    return person(cast.profile(**answers), rulebook.on(cast.TODAY))


@pytest.mark.parametrize(
    ("status", "expected"),
    [(None, True), ("married", True), ("common_law", True), ("single", False), ("divorced", False)],
)
def test_a_partner_is_ruled_out_by_the_marital_status(seeded, status, expected) -> None:
    assert who(seeded, marital_status=status).may_have_partner is expected


@pytest.mark.parametrize(("children", "expected"), [(None, True), ([], False), ([{"birth_date": "2020-01-01"}], True)])
def test_children_are_ruled_out_by_an_empty_list(seeded, children, expected) -> None:
    assert who(seeded, children=children).may_have_children is expected


@pytest.mark.parametrize(
    ("tests", "done"),
    [
        (None, set()),
        ([], set()),
        ([ENGLISH], {"language_results"}),
        ([FRENCH], {"language_results", "french_results"}),
        ([ENGLISH | {"estimated": True}], set()),
        ([ENGLISH | {"date": "2024-11-21"}], set()),
        ([ENGLISH | {"date": "2024-11-22"}], {"language_results"}),
    ],
)
def test_a_language_test_is_done_while_its_result_counts(seeded, tests, done) -> None:
    assert who(seeded, language_tests=tests).done == done


@pytest.mark.parametrize(
    ("education", "is_done"),
    [
        ([DEGREE | {"eca": True}], True),
        ([DEGREE | {"eca": True, "eca_date": "2021-11-21"}], False),
        ([DEGREE | {"eca": None}], False),
        ([DEGREE | {"eca": True}, DEGREE | {"eca": False}], False),
        ([DEGREE | {"country": "CA", "eca": None}], True),
        ([], False),
    ],
)
def test_the_assessment_is_done_when_every_foreign_credential_has_one(seeded, education, is_done) -> None:
    assert ("credential_assessment" in who(seeded, education=education).done) is is_done


@pytest.mark.parametrize(("answer", "is_done"), [(True, True), (False, False), (None, False)])
def test_a_profile_in_the_pool_is_done_when_there_is_one(seeded, answer, is_done) -> None:
    assert ("express_entry_profile" in who(seeded, express_entry_profile=answer).done) is is_done
