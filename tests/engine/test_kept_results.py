"""What is kept from one person for the next never shows: results are as if each person were the first."""

import json
import pickle
from typing import Any

from hypothesis import given, settings

from eligibility.engine import assess
from eligibility.engine.json_text import json_text
from eligibility.facts.memory import KEPT_FOR_EACH, Memory
from eligibility.facts.offer import DERIVATIONS, OF_THE_OFFER
from eligibility.facts.values import DOES_NOT_APPLY
from eligibility.profile import read_profile
from programs.rulebook import Rulebook, build
from tests.profiles import asha, forgetful


@settings(max_examples=15)
@given(people=forgetful())
def test_whoever_came_before_changes_nothing(people: tuple[dict[str, Any], dict[str, Any]], rulebook: Rulebook) -> None:
    profiles = [read_profile(one) for one in people]
    book = rulebook.on(profiles[0].as_of)
    for profile in profiles:
        anew = build(
            rulebook.documents,
            rulebook.occupations.values(),
            rulebook.revision,
            rulebook.rounds,
            pool=rulebook.pool,
            draws=rulebook.draws,
        )
        alone = assess(profile, anew.on(profile.as_of))
        assert assess(profile, book) == alone


@settings(max_examples=25)
@given(people=forgetful())
def test_the_text_is_what_json_makes_of_the_assessment(
    people: tuple[dict[str, Any], dict[str, Any]], rulebook: Rulebook
) -> None:
    for profile in map(read_profile, people):
        for language in ("en", "fr"):
            found = assess(profile, rulebook.on(profile.as_of), language)
            for scores_only in (False, True):
                written = json.dumps(found.as_json(scores_only=scores_only), ensure_ascii=False)
                assert json_text(found, scores_only=scores_only) == written


def test_findings_not_yet_read_are_those_of_the_day_they_were_found(rulebook: Rulebook) -> None:
    first, second = read_profile(asha()), read_profile(asha(birth_date="1960-01-01", work=[], job_offer=None))
    book = rulebook.on(first.as_of)
    kept, told = assess(first, book), assess(first, book)
    said = [program.requirements for program in told.programs]
    assess(second, book)
    assert [program.requirements for program in kept.programs] == said


def test_a_copy_of_an_assessment_holds_everything(rulebook: Rulebook) -> None:
    profile = read_profile(asha())
    found = assess(profile, rulebook.on(profile.as_of))
    assert pickle.loads(pickle.dumps(found)) == found


def test_without_an_offer_no_fact_of_the_offer_applies(rulebook: Rulebook) -> None:
    profile = read_profile(asha(job_offer=False))
    book = rulebook.on(profile.as_of)
    assert OF_THE_OFFER
    assert all(DERIVATIONS[key](profile, book) == DOES_NOT_APPLY for key in OF_THE_OFFER)


def test_what_is_kept_is_bounded_and_codes_are_never_given_twice() -> None:
    memory = Memory()
    table, other = memory.table(), memory.table()
    codes = [memory.code(table, value) for value in range(10 * KEPT_FOR_EACH)]
    codes += [memory.code(other, value) for value in range(10 * KEPT_FOR_EACH)]
    assert len(table) + len(other) <= 2 * KEPT_FOR_EACH + 1
    assert len(set(codes)) == len(codes)
    assert memory.code(other, "again") == memory.code(other, "again")
