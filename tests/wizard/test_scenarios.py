"""Scenarios: copies of one's answers, changed on the questionnaire's own pages and compared with them."""

import copy
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.answers import scenarios, store
from eligibility.answers.document import Answers
from eligibility.answers.scenarios import MOST_SCENARIOS, NoSuchScenarioError
from eligibility.models import Application
from tests.wizard.visitor import DEGREE, IELTS, MARRIED, YOU, Visitor, answer_as_asha, text_of

pytestmark = pytest.mark.database

BETTER_TEST = IELTS | {"writing": "8", "reading": "8.5", "speaking": "8"}


def own(visitor: Visitor) -> dict[str, Any]:
    """The person's own answers, without what stands beside them."""
    return {**visitor.answers.as_document(), "beside": {}}


@pytest.fixture
def answered(asha: Visitor) -> Visitor:
    answer_as_asha(asha)
    return asha


@pytest.fixture
def copied(answered: Visitor) -> Visitor:
    assert answered.send("what-if", name="With a better test") == "what-if/1/check"
    return answered


def test_someone_without_scenarios_is_invited_to_make_one(answered: Visitor) -> None:
    page = answered.open("what-if")
    assert "Copy your answers, change some of them in the copy" in page
    assert "Copy my answers" in page
    assert "Answers that differ" not in page


def test_a_scenario_equal_to_the_answers_shows_no_difference(copied: Visitor) -> None:
    page = copied.raw("what-if")
    assert "nb-cell--differs" not in page
    assert "nb-differs" not in page
    said = copied.open("what-if")
    assert "“With a better test” still says the same as your answers." in said
    assert "No answer differs." in said
    assert "Every factor gives the same points." in said
    assert "Every program comes out the same." in said


def test_a_change_in_a_scenario_is_marked_in_words_and_leaves_the_answers_alone(copied: Visitor) -> None:
    before = own(copied)
    assert copied.send("what-if/1/language/1", **BETTER_TEST) == "what-if/1/language"
    assert own(copied) == before
    said = copied.open("what-if")
    assert "still says the same" not in said
    assert "writing 8" in said
    assert "differs" in said
    assert "more" in said
    assert "Every factor gives the same points." not in said


def test_every_page_of_a_scenario_says_so_and_leads_back(copied: Visitor) -> None:
    for place in ("check", "you", "work", "work/1", "work/add", "work/1/remove", "what-it-means", "work/1/code"):
        page = copied.open(f"what-if/1/{place}")
        assert "You are in the scenario “With a better test”" in page, place
        raw = copied.raw(f"what-if/1/{place}")
        assert f'href="{copied.url("what-if")}"' in raw
        links = {part.split('"')[0] for part in raw.split('href="')[1:]}
        steps = {link for link in links if link.startswith(copied.url()) and link != copied.url("what-if")}
        astray = {link for link in steps if not link.startswith(copied.url("what-if/1"))}
        assert astray <= {copied.url("clock")}, place
    assert "You are in the scenario" not in copied.open("check")


def test_the_questionnaire_stays_in_the_scenario_from_page_to_page(copied: Visitor) -> None:
    assert copied.send("what-if/1/you", **YOU) == "what-if/1/family"
    assert copied.send("what-if/1/family", **MARRIED) == "what-if/1/work"
    assert copied.send("what-if/1/you", **YOU, **{"return": "check"}) == "what-if/1/check"
    assert copied.add("what-if/1/education", **DEGREE) == "what-if/1/education"
    assert len(copied.answers.items("education")) == 1
    assert len(store.visit(copied.secret, 1).items("education")) == 2
    assert copied.send("what-if/1/education/2/remove") == "what-if/1/education"
    assert len(store.visit(copied.secret, 1).items("education")) == 1


def test_what_is_typed_and_not_valid_yet_is_kept_in_the_scenario(copied: Visitor) -> None:
    assert copied.send("what-if/1/money", settlement_funds_cad="a lot") == "what-if/1/money"
    assert "a lot" in copied.raw("what-if/1/money")
    assert "a lot" not in copied.raw("money")


def test_there_are_never_more_than_can_be_compared(copied: Visitor) -> None:
    for number in range(2, MOST_SCENARIOS + 1):
        assert copied.send("what-if", name="") == f"what-if/{number}/check"
    assert copied.send("what-if", name="One too many") == "what-if"
    page = copied.open("what-if")
    assert "One too many" not in page
    assert "as many as can be compared" in page


def test_a_number_is_never_given_twice(copied: Visitor) -> None:
    assert copied.send("what-if/1/remove") == "what-if"
    assert copied.send("what-if/1/remove") == "what-if"
    assert copied.send("what-if", name="Another") == "what-if/2/check"
    response = copied.client.get(copied.url("what-if/1/check"))
    assert response.status_code == 404
    assert "This scenario is not there any more" in text_of(response)


@pytest.mark.parametrize(
    "place", ["what-if/7", "what-if/7/use", "what-if/7/remove", "what-if/7/you", "what-if/7/work/1"]
)
def test_a_scenario_that_never_was_is_not_found(answered: Visitor, place: str) -> None:
    assert answered.client.get(answered.url(place)).status_code == 404


@pytest.mark.parametrize("place", ["what-if", "what-if/1", "what-if/1/use", "what-if/1/check", "what-if/1/you"])
def test_an_unknown_secret_is_told_calmly(db: None, client: Client, place: str) -> None:
    response = client.get(f"/a/never-given/{place}/")
    assert response.status_code == 404
    assert "Nothing is kept under this link" in text_of(response)
    assert response["Cache-Control"] == "no-store"


def test_a_scenario_is_renamed_and_a_name_that_is_too_long_is_kept_and_told(copied: Visitor) -> None:
    assert copied.send("what-if/1", name="IELTS 8") == "what-if"
    assert "IELTS 8" in copied.open("what-if")
    for place in ("what-if/1", "what-if"):
        response = copied.client.post(copied.url(place), {"name": "x" * 61})
        assert "Make it 60 at most" in text_of(response)
        assert f'value="{"x" * 61}"' in response.content.decode()
    assert "Give the scenario a name" in text_of(copied.client.post(copied.url("what-if/1"), {"name": " "}))


def test_a_scenario_made_real_exchanges_the_two_and_loses_nothing(copied: Visitor) -> None:
    copied.send("what-if/1/language/1", **BETTER_TEST)
    before, wished = own(copied), store.visit(copied.secret, 1)
    assert "Use the answers of “With a better test” as yours?" in copied.open("what-if/1/use")
    assert own(copied) == before
    assert copied.send("what-if/1/use") == "results"
    assert (copied.answers.pages, copied.answers.lists) == (wished.pages, wished.lists)
    former = store.visit(copied.secret, 1)
    assert (former.pages, former.lists) == (Answers.from_document(before).pages, Answers.from_document(before).lists)
    assert "My answers until 21 November 2026" in copied.open("what-if")


def test_names_are_shown_and_never_run(answered: Visitor) -> None:
    answered.send("what-if", name="<script>alert(1)</script>")
    assert "<script>alert" not in answered.raw("what-if")
    assert "<script>alert" not in answered.raw("what-if/1/check")


def test_a_scenario_is_encrypted_and_deleted_with_the_answers(copied: Visitor) -> None:
    row = Application.objects.get()
    assert b"better test" not in bytes(row.answers)
    copied.client.post(copied.url("delete"))
    assert not Application.objects.exists()
    assert copied.client.get(copied.url("what-if/1/check")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_change_the_answers_and_a_scenario_lose_nothing(copied: Visitor) -> None:
    copied.send("what-if", name="Second")
    done = []

    def send(place: str, funds: str) -> None:
        client = Client()
        try:
            done.append(client.post(copied.url(place), {"settlement_funds_cad": funds}).status_code)
        finally:
            connection.close()

    places = {"money": "1,000", "what-if/1/money": "2,000", "what-if/2/money": "3,000"}
    if connection.vendor == "sqlite":
        # One writer at a time is all that SQLite in memory can do.
        for place, funds in places.items():
            send(place, funds)
    else:
        tabs = [threading.Thread(target=send, args=each) for each in places.items()]
        for tab in tabs:
            tab.start()
        for tab in tabs:
            tab.join()
    assert done == [302, 302, 302]
    kept = [store.visit(copied.secret, number).value("money", "settlement_funds_cad") for number in (None, 1, 2)]
    assert [str(each).split(".")[0] for each in kept] == ["1000", "2000", "3000"]


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("copy"), st.text(min_size=1, max_size=5)),
        st.tuples(st.just("answer"), st.integers(1, 5), st.sampled_from(["you", "money"]), st.integers(0, 9)),
        st.tuples(st.just("add"), st.integers(1, 5), st.text("ab", max_size=2)),
        st.tuples(st.just("remove"), st.integers(1, 5)),
    ),
    max_size=15,
)


@settings(max_examples=25)
@given(ACTIONS)
def test_whatever_is_done_to_scenarios_the_answers_and_the_others_stay(actions: list[tuple[Any, ...]]) -> None:
    person = Answers()
    person.keep("you", {"residence": "US"})
    person.add_item("work", "token").keep({"noc": "21231"})
    before = copy.deepcopy({**person.as_document(), "beside": {}})
    for action, *rest in actions:
        others = {one.number: one.as_document() for one in scenarios.scenarios(person)}
        touched = None
        try:
            if action == "copy":
                made = scenarios.copy_answers(person, rest[0])
                assert (made.pages, made.lists) == (person.pages, person.lists)
                touched = made.number
                assert touched not in others
            elif action == "remove":
                touched = rest[0]
                scenarios.remove(person, touched)
            else:
                touched = rest[0]
                with scenarios.changing(person, touched) as one:
                    if action == "answer":
                        one.keep(rest[1], {"value": rest[2]})
                    else:
                        one.add_item("work", rest[1])
        except (NoSuchScenarioError, scenarios.TooManyScenariosError):
            assert {one.number: one.as_document() for one in scenarios.scenarios(person)} == others
        person = Answers.from_document(copy.deepcopy(person.as_document()))
        after = {one.number: one.as_document() for one in scenarios.scenarios(person)}
        assert {key: one for key, one in after.items() if key != touched} == {
            key: one for key, one in others.items() if key != touched
        }
        assert {**person.as_document(), "beside": {}} == before


def test_a_scenario_has_its_results_in_full_and_they_are_marked_as_its_own(asha: Visitor) -> None:
    answer_as_asha(asha)
    asha.send("what-if", name="With a better test")
    asha.send("what-if/1/language/1", **IELTS | {"writing": "8"})
    seen = asha.answers.beside
    page = asha.open("what-if/1/results")
    assert "This is what would follow in the scenario “With a better test”." in page
    assert "Everything by your answers" not in page
    assert page.partition("out of 1,200")[0] != asha.open("results/all").partition("out of 1,200")[0]
    raw = asha.raw("what-if/1/results")
    assert f'href="{asha.url("what-if")}"' in raw
    assert f'href="{asha.url("results")}' not in raw.partition("<main")[2]
    assert asha.answers.beside == seen
    assert asha.client.get(asha.url("what-if/2/results")).status_code == 404
