"""What is kept from one person for the next never shows: results are as if each person were the first."""

import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings

from eligibility.engine import assess
from eligibility.engine.json_text import json_text
from eligibility.engine.readings import Readings
from eligibility.engine.words import Words
from eligibility.facts import Facts, parts
from eligibility.facts.family import dependent_children, family_size, has_partner, partner_counts
from eligibility.facts.memory import KEPT_FOR_EACH, Memory
from eligibility.facts.offer import DERIVATIONS, RESTS_ON
from eligibility.profile import read_profile
from eligibility.profile.model import Answers, Partner
from programs.packs.schema.measures import Experience, SameOccupation
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
                assert json_text(found, scores_only=scores_only).decode() == written


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


class Watched:
    """A profile that notes which answers are asked for, the partner's among them."""

    def __init__(self, given: Answers, asked: set[str], whose: str = "") -> None:
        self._given, self._asked, self._whose = given, asked, whose

    def __getattr__(self, name: str) -> Any:
        self._asked.add(f"{self._whose}{name}")
        given = getattr(self._given, name)
        return Watched(given, self._asked, "partner.") if isinstance(given, Partner) else given


@settings(max_examples=15)
@given(people=forgetful())
def test_a_fact_asks_for_no_answer_outside_the_part_it_rests_on(
    people: tuple[dict[str, Any], dict[str, Any]], rulebook: Rulebook
) -> None:
    derivations = [(RESTS_ON[key], derive) for key, derive in DERIVATIONS.items()]
    derivations += [
        (parts.family, lambda profile, _book: has_partner(profile)),
        (parts.family, lambda profile, _book: partner_counts(profile)),
        (parts.family, family_size),
        (parts.family, dependent_children),
    ]
    for profile in map(read_profile, people):
        book = rulebook.on(profile.as_of)
        for part, derive in derivations:
            asked: set[str] = set()
            of_part: set[str] = set()
            derive(Watched(profile, asked), book)  # type: ignore[arg-type]
            part(Watched(profile, of_part))  # type: ignore[arg-type]
            assert asked <= of_part


@pytest.mark.parametrize("changes", [{"work": []}, {"work": [{**asha()["work"][0], "noc": None}]}, {}])
@pytest.mark.parametrize("married", [{}, {"marital_status": "married", "partner": {"work": None}}])
def test_without_an_offer_and_a_certificate_work_is_counted_as_ever(
    changes: dict[str, Any], married: dict[str, Any], rulebook: Rulebook
) -> None:
    profile = read_profile(asha(**changes, **married))
    book = rulebook.on(profile.as_of)
    readings, facts = Readings(book, Words()), Facts(profile, book)
    rules = [
        Experience(**{"person": person, **asks})
        for person in ("applicant", "partner")
        for asks in ({"present_employer": True}, {"same_as": SameOccupation(of="job_offer")}, {"one_occupation": True})
    ]
    slots = [readings.experience(rule, "months") for rule in rules]
    (view,) = readings.reader(slots).views(facts)
    assert [view.values[slot] for slot in slots] == [facts.experience(rule, "months") for rule in rules]


def test_what_is_kept_is_bounded_and_codes_are_never_given_twice() -> None:
    memory = Memory()
    table, other = memory.table(), memory.table()
    codes = [memory.code(table, value) for value in range(10 * KEPT_FOR_EACH)]
    codes += [memory.code(other, value) for value in range(10 * KEPT_FOR_EACH)]
    assert len(table) + len(other) <= 2 * KEPT_FOR_EACH + 1
    assert len(set(codes)) == len(codes)
    assert memory.code(other, "again") == memory.code(other, "again")


def test_a_memory_with_room_for_so_many_keeps_no_more_whatever_its_tables() -> None:
    memory = Memory(room=70)
    tables = [memory.table() for _ in range(3)]
    for number in range(500):
        memory.keep(tables[number % 3], number, number)
    assert 0 < sum(map(len, tables)) <= 71


def test_what_there_is_room_for_is_kept_and_one_more_empties_all() -> None:
    memory, small = Memory(), Memory(room=3)
    one, other = memory.table(), memory.table()
    for kept, table, room in ((memory, one, 2 * KEPT_FOR_EACH), (small, small.table(), 3)):
        for number in range(room):
            kept.keep(table, number, number)
        assert len(table) == room
        for number in range(room, 2 * room + 1):
            kept.keep(table, number, number)
        assert list(table) == list(range(room, 2 * room + 1))
    memory.keep(other, "one", "more")
    assert (one, other) == ({}, {"one": "more"})
