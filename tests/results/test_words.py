"""Every word the rules can bring has words for people."""

import typing

import pytest

from eligibility.engine.assessment import IntakeState
from eligibility.results import words
from eligibility.results.questions import questions
from eligibility.wizard.routing import BY_SLUG
from programs.packs.schema import Notice, Program
from programs.packs.schema.programs import Fact, Outlook
from programs.rulebook import vocabulary
from tests.results import cast
from tests.seeded import seeded_rulebook


def values(model: type, name: str) -> tuple[str, ...]:
    return typing.get_args(model.model_fields[name].annotation)


def test_every_category_and_goal_and_topic_has_its_words() -> None:
    assert set(words.CATEGORIES) == set(values(Program, "category"))
    assert set(words.LEADS_TO) | {"unknown"} == set(values(Program, "leads_to"))
    assert set(words.TOPICS) == set(values(Fact, "topic"))
    assert set(words.NOTICE_CONFIDENCE) == set(values(Notice, "confidence"))
    assert set(words.OUTLOOKS) == set(values(Outlook, "realistic"))


def test_every_authority_of_the_rules_has_a_name() -> None:
    for document in seeded_rulebook().of_kind(Program):
        assert words.authority_name(document.authority) != document.authority


def test_every_answer_a_fact_may_wait_for_is_known_by_name_and_page() -> None:
    for fact in vocabulary().facts.values():
        for question in questions(fact.answers):
            assert question.page in BY_SLUG
            assert question.name != "a detail of your answers", fact.answers


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (cast.intake(), "Takes applications"),
        (cast.intake(until=cast.TODAY), "Takes applications until 21 November 2026"),
        (cast.intake("paused"), "Paused since 1 January 2015"),
        (cast.intake("announced"), "Announced on 1 January 2015, not open yet"),
        (None, "Whether it takes applications is not known here"),
    ],
)
def test_intakes_in_words(state: IntakeState | None, text: str) -> None:
    assert words.intake_text(state) == text


def test_counts_are_words_up_to_ten() -> None:
    assert [words.count_word(count) for count in (1, 10, 11, 1200)] == ["One", "Ten", "11", "1,200"]


def test_a_confirmed_statement_has_nothing_to_be_checked() -> None:
    assert words.check_text(cast.citation()) == ""
    assert words.check_text(cast.citation(confidence="judgement")) == "Our reading of the text."
