"""Language results at the edges: which chart one is read on, which language is first, what a wrong score is told."""

from typing import Any

import pytest

from eligibility.engine.check import check_profile
from eligibility.facts import Facts
from eligibility.facts.language import level_of
from eligibility.facts.values import Value, known
from eligibility.profile import ProfileError, read_profile
from programs.packs.schema.tables import AbilityScale
from tests.engine.small import ABILITIES, chart, facts, language_test

NAMES = ("english_listening", "english_reading", "english_writing", "english_speaking", "english_lowest")
# One scale; level 4 from 4 points, 7 from 8, 10 from 12.
PLAIN = language_test("plain", chart("plain", {4: 4, 7: 8, 10: 12}, step=0.5))
BARE = language_test(
    "bare", chart("bare", {level: level for level in range(1, 13)}), languages=("en", "fr"), certificate=False
)
# Two scales, of which the new one is meant for tests from 2026 on; then one more that only old tests are read on.
TWO = language_test(
    "two",
    chart("new", {7: 8}, scale="699", default_from="2026-01-01"),
    chart("old", {9: 8}, scale="old_equivalent", default_to="2025-12-31"),
    languages=("fr",),
)
CHANGED = language_test(
    "changed",
    chart("before", {5: 8}, taken_to="2025-12-31"),
    chart("since", {6: 8}, taken_from="2026-01-01"),
)
# The old scale is for old tests alone; the second has a chart without a scale, too, and the third another range.
LIMITED = language_test(
    "limited",
    chart("now", {7: 8}, scale="699"),
    chart("then", {9: 8}, scale="old_equivalent", taken_to="2025-12-31"),
    chart("third", {9: 8}, scale="third", taken_to="2024-12-31"),
)
MIXED = language_test("mixed", chart("any", {6: 8}), chart("then", {9: 8}, scale="699", taken_to="2025-12-31"))
RAISED = language_test("raised", chart("raised", {6: 9}, step=4, lowest=1))
ENDED = language_test("ended", chart("ended", {5: 8}, effective_to="2025-12-31"))
TESTS = (PLAIN, BARE, TWO, CHANGED, ENDED, LIMITED, MIXED, RAISED)


def result(test: str | None = "plain", score: float | None = 8, **changes: Any) -> dict[str, Any]:
    return {"test": test, "date": "2026-03-01", **dict.fromkeys(ABILITIES, score), **changes}


def levels(*tests: dict[str, Any], of: str = "english") -> Value:
    return facts(*TESTS, language_tests=list(tests)).value(f"{of}_lowest")


def unsure(low: int, high: int, *missing: str) -> Value:
    return Value(low, high, tuple(f"language_tests[0].{each}" for each in missing))


@pytest.mark.parametrize(
    ("test", "value"),
    [
        (result(), known(7)),
        (result(score=7.5), known(4)),
        (result(score=3.5), known(0)),
        (result(score=20), known(10)),
        (result(reading=4), known(4)),
        (result(date="2024-11-22"), known(7)),
        (result(date="2024-11-21"), known(0)),
        (result(date=None), unsure(0, 7, "date")),
        (result(estimated=True), Value(7, 7, (), True)),
        (result(date=None, estimated=True), Value(7, 7, (), True)),
        (result(reading=None), unsure(0, 7, "reading")),
        (result(score=None), unsure(0, 12, *ABILITIES)),
        (result(None), unsure(0, 12, "test")),
        (result(None, date="2024-11-21"), known(0)),
        (result("bare"), known(8)),
        (result("bare", date=None), known(8)),
        (result("changed", date="2025-12-31"), known(5)),
        (result("changed", date="2026-01-01"), known(6)),
        (result("changed", date=None), unsure(0, 6, "date")),
        (result("changed", date=None, estimated=True), Value(5, 6, ("language_tests[0].date",), True)),
        (result("mixed"), known(6)),
        (result("mixed", scale="699"), known(6)),
        (result("mixed", scale="699", date="2025-12-31"), known(9)),
        (result("ended"), known(0)),
        (result("ended", date=None), known(0)),
    ],
)
def test_a_result_gives_the_level_that_all_four_abilities_reach(test: dict[str, Any], value: Value) -> None:
    assert levels(test) == value


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, 7),
        ({"date": "2026-01-01"}, 7),
        ({"date": "2025-12-31"}, 9),
        ({"scale": "699"}, 7),
        ({"scale": "old_equivalent"}, 9),
        ({"scale": "old_equivalent", "date": "2025-12-31"}, 9),
        ({"scale": "699", "date": "2025-12-31"}, 7),
    ],
)
def test_a_result_is_read_on_the_scale_it_names_or_else_on_that_of_its_day(changes: dict[str, Any], level: int) -> None:
    assert levels(result("two", **changes), of="french") == known(level)
    undated = levels(result("two", date=None, scale=changes.get("scale")), of="french")
    assert undated.high == (level if "scale" in changes else 9)


def test_each_ability_is_read_on_its_own() -> None:
    test = result(listening=4, reading=8, writing=12, speaking=None)
    seen = facts(*TESTS, language_tests=[test])
    unsaid = Value(0, 12, ("language_tests[0].speaking",))
    found = [seen.value(name) for name in NAMES]
    assert found == [known(4), known(7), known(10), unsaid, Value(0, 4, unsaid.missing)]
    again = facts(*TESTS, language_tests=[{**test, "speaking": 3}])
    assert [again.value(name).low for name in NAMES] == [4, 7, 10, 0, 0]


def test_the_same_scores_are_read_anew_for_another_person_and_as_an_estimate() -> None:
    seen = facts(*TESTS, language_tests=[result(listening=4)])
    for changes, lowest in (
        ({}, known(4)),
        ({"estimated": True}, Value(4, 4, (), True)),
        ({"listening": 12.0}, known(7)),
    ):
        test = seen.profile.language_tests[0].model_copy(update=changes)
        other = type(seen)(seen.profile.model_copy(update={"language_tests": (test,)}), seen.book)
        assert other.value("english_lowest") == lowest
        assert other.value("english_reading") == Value(7, 7, (), "estimated" in changes)


OTHERS = [
    (result("two"), 0, 7),
    (result("plain"), 7, 0),
    (result("two", date="2025-12-31"), 0, 9),
    (result("two", scale="old_equivalent"), 0, 9),
    (result("two", scale="699", date="2025-12-31"), 0, 7),
    (result("changed"), 6, 0),
    (result("changed", date="2025-12-31"), 5, 0),
    (result("bare"), 8, 0),
    (result("bare", language="fr"), 0, 8),
    (result("ended"), 0, 0),
    (result("plain", 12), 10, 0),
]


@pytest.mark.parametrize("order", [1, -1])
def test_what_was_read_of_one_result_is_not_taken_for_another(order: int) -> None:
    seen = facts(*TESTS)
    for test, english, french in OTHERS[::order] + OTHERS[::order]:
        profile = read_profile({"as_of": "2026-11-21", "language_tests": [test]})
        check_profile(profile, seen.book)
        other = Facts(profile, seen.book)
        assert (other.value("english_lowest"), other.value("french_lowest")) == (known(english), known(french))
    for test in (result("bare", 7.5), result("two", 7.5), result("changed", 12.5), result("raised", 8)):
        wrong = read_profile({"as_of": "2026-11-21", "language_tests": [test]})
        with pytest.raises(ProfileError, match="cannot be"):
            check_profile(wrong, seen.book)


def test_a_result_of_scores_that_were_seen_before_says_what_it_came_from() -> None:
    book = facts(*TESTS).book
    for test, reading in ((result(score=8), 7), (result(score=12), 10), (result(score=8, reading=12), 10)):
        profile = read_profile({"as_of": "2026-11-21", "language_tests": [test]})
        found = Facts(profile, book).choices()[0].english
        assert (found.language, found.test) == ("en", (profile.language_tests or ())[0])
        assert found.part("reading") == known(reading)


WIDENED = language_test(
    "widened",
    chart("narrow", {4: 4}, highest=10, taken_to="2025-12-31"),
    chart("wide", {4: 4}, highest=20, taken_from="2026-01-01"),
)


def test_a_score_that_is_right_for_one_test_or_day_is_not_right_for_another() -> None:
    book = facts(*TESTS, WIDENED).book

    def check(test: dict[str, Any]) -> None:
        check_profile(read_profile({"as_of": "2026-11-21", "language_tests": [test]}), book)

    for right in (result(score=7.5), result("bare", 8), result("widened", 15), result("widened", 9, date="2025-12-31")):
        check(right)
    for wrong in (result("bare", 7.5), result("widened", 15, date="2025-12-31")):
        with pytest.raises(ProfileError, match="cannot be"):
            check(wrong)
        # Nor does a right one beside it, seen before, hide a wrong one.
        both = read_profile({"as_of": "2026-11-21", "language_tests": [result(score=7.5), wrong]})
        with pytest.raises(ProfileError) as caught:
            check_profile(both, book)
        assert [error.field.split(".")[0] for error in caught.value.all] == ["language_tests[1]"] * 4


@pytest.mark.parametrize(
    "test", [result(), result(listening=4), result(reading=None), result(None, language="en"), result(estimated=True)]
)
def test_a_result_says_what_it_came_from(test: dict[str, Any]) -> None:
    seen = facts(*TESTS, language_tests=[test])
    for _ in range(2):
        found = Facts(seen.profile, seen.book).choices()[0].english
        assert (found.language, found.test) == ("en", (seen.profile.language_tests or ())[0])
        assert len(found.levels) == 4


def test_what_is_not_said_or_not_there_came_from_nothing_in_its_language() -> None:
    for answers in ({}, {"language_tests": []}):
        for choice in facts(*TESTS, **answers).choices():
            found = (choice.english, choice.french)
            assert [(one.language, one.test, len(one.levels)) for one in found] == [("en", None, 4), ("fr", None, 4)]


FRENCH, ENGLISH = result("bare", 9, language="fr"), result("bare", 5, language="en")
ROLES = ("first_language", "second_language", "english", "french")


@pytest.mark.parametrize(
    ("tests", "choices"),
    [
        ([], [(0, 0, 0, 0)]),
        ([ENGLISH], [(5, 0, 5, 0)]),
        ([FRENCH], [(9, 0, 0, 9)]),
        ([result("bare", 5)], [(5, 0, 5, 0)]),  # a bare level of which no language is said is English
        ([result("two")], [(7, 0, 0, 7)]),
        ([ENGLISH, FRENCH], [(5, 9, 5, 9), (9, 5, 5, 9)]),
        ([ENGLISH, result("bare", 6, language="en")], [(5, 0, 5, 0), (6, 0, 6, 0)]),
        ([ENGLISH, ENGLISH], [(5, 0, 5, 0)]),
        ([ENGLISH, result("bare", 5, language="en", date="2026-04-01")], [(5, 0, 5, 0)]),
    ],
)
def test_every_choice_that_one_has_is_offered(tests: Any, choices: list[tuple[int, ...]]) -> None:
    found = facts(*TESTS, language_tests=tests).choices()
    assert [tuple(choice.of(role).lowest.low for role in ROLES) for choice in found] == choices


def test_a_result_of_which_neither_test_nor_language_is_known_may_be_in_either() -> None:
    seen = facts(*TESTS, language_tests=[result(None)])
    assert [choice.first for choice in seen.choices()] == ["en", "fr"]
    in_french = facts(*TESTS, language_tests=[result(None, language="fr")])
    assert [choice.first for choice in in_french.choices()] == ["fr"]
    assert in_french.value("english_lowest") == known(0)


def test_of_someone_who_said_nothing_either_language_may_be_first() -> None:
    seen = facts(*TESTS)
    assert [choice.first for choice in seen.choices()] == ["en", "fr"]
    assert seen.choosing(seen.choices()[1]).value("first_language_lowest") == seen.value("french_lowest")


MARRIED = {"marital_status": "married", "language_tests": [ENGLISH]}


@pytest.mark.parametrize(
    ("tests", "levels"),
    [([], [0]), ([FRENCH], [9]), ([ENGLISH], [5]), ([ENGLISH, FRENCH], [5, 9]), ([ENGLISH, result("bare", 6)], [5, 6])],
)
def test_the_partner_uses_one_result_of_either_language(tests: Any, levels: list[int]) -> None:
    partner = {"accompanying": True, "canadian_citizen_or_pr": False, "language_tests": tests}
    seen = facts(*TESTS, **MARRIED, partner=partner)
    found = [seen.choosing(choice).value("partner_language_lowest") for choice in seen.choices()]
    assert found == [known(level) for level in levels]
    assert all(choice.first == "en" for choice in seen.choices())


def test_what_the_partner_could_have_is_said_once() -> None:
    seen = facts(*TESTS, **MARRIED)
    [choice] = seen.choices()
    assert choice.partner.lowest == Value(0, 12, ("partner.language_tests",))
    unsure = facts(*TESTS, **MARRIED, partner={"language_tests": [result("bare", reading=None)]})
    assert unsure.value("partner_language_reading").missing == ("partner.language_tests[0].reading",)


@pytest.mark.parametrize(
    ("test", "field", "said"),
    [
        (
            result("toefl"),
            "test",
            "'toefl' is not a test accepted by Canada; write one of bare, changed, ended, limited,"
            " mixed, plain, raised, two",
        ),
        (result(language="fr"), "language", "Plain tests en, not fr"),
        (result(scale="699"), "scale", "Plain has one scale only; leave scale out"),
        (
            result("limited", scale="old_equivalent"),
            "scale",
            "Limited had no scale 'old_equivalent' on 2026-03-01",
        ),
        (
            result("limited", scale="old_equivalent", date=None),
            "scale",
            "Limited had no scale 'old_equivalent' on 2026-11-21",
        ),
        (
            result("limited", listening=21, scale="699"),
            "listening",
            "Limited listening cannot be 21: scores run from 0 to 20. If the figure stands in the certificate's other"
            " column, name its scale: old_equivalent, third",
        ),
        (
            result("mixed", listening=21),
            "listening",
            "Mixed listening cannot be 21: scores run from 0 to 20. If the figure stands in the certificate's other"
            " column, name its scale: 699",
        ),
        (result("raised", 5, listening=6), "listening", "Raised listening cannot be 6: scores go in steps of 4"),
        (result(reading=20.5), "reading", "Plain reading cannot be 20.5: scores run from 0 to 20"),
        (result(reading=-0.5), "reading", "Plain reading cannot be -0.5: scores run from 0 to 20"),
        (result(writing=7.3), "writing", "Plain writing cannot be 7.3: scores go in steps of 0.5"),
        (
            result("two", listening=21),
            "listening",
            "Two listening cannot be 21: scores run from 0 to 20. If the figure stands in the certificate's other"
            " column, name its scale: old_equivalent",
        ),
        (
            result("two", listening=21, scale="old_equivalent"),
            "listening",
            "Two listening cannot be 21: scores run from 0 to 20. If the figure stands in the certificate's other"
            " column, name its scale: 699",
        ),
    ],
)
def test_a_wrong_result_is_told_what_would_be_right(test: dict[str, Any], field: str, said: str) -> None:
    for path, answers in (
        ("language_tests[0]", {"language_tests": [test]}),
        ("partner.language_tests[1]", {"partner": {"language_tests": [ENGLISH, test]}}),
    ):
        seen = facts(*TESTS, **answers)
        with pytest.raises(ProfileError) as caught:
            check_profile(seen.profile, seen.book)
        assert (caught.value.field, caught.value.message) == (f"{path}.{field}", said)


def test_all_wrong_scores_are_told_together() -> None:
    seen = facts(*TESTS, language_tests=[result(reading=21, writing=0.2), result("toefl")])
    with pytest.raises(ProfileError) as caught:
        check_profile(seen.profile, seen.book)
    fields = ["language_tests[0].reading", "language_tests[0].writing", "language_tests[1].test"]
    assert [error.field for error in caught.value.all] == fields


@pytest.mark.parametrize(
    "test",
    [
        result(),
        result(score=7.5),
        result(reading=None),
        result(score=20),
        result(score=0),
        result(None),
        result("changed", date=None),
        result("raised", 5),
    ],
)
def test_right_scores_are_found_right_again_and_wrong_ones_wrong(test: dict[str, Any]) -> None:
    seen = facts(*TESTS, language_tests=[test])
    check_profile(seen.profile, seen.book)
    check_profile(seen.profile, seen.book)
    for ability in ABILITIES if test["test"] else ():
        wrong = seen.profile.language_tests[0].model_copy(update={ability: 7.25})
        with pytest.raises(ProfileError, match=f"{ability} cannot be 7.25"):
            check_profile(seen.profile.model_copy(update={"language_tests": (wrong,)}), seen.book)


NOBODY = "99999 is not a unit group of NOC 2021; look its five digits up by job title"


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"work": [{"noc": "21231"}, {"noc": "99999"}, {}]}, ["work[1].noc"]),
        ({"job_offer": {"noc": "99999"}}, ["job_offer.noc"]),
        ({"job_offer": {"noc": "21231"}}, []),
        ({"job_offer": {}}, []),
        ({"job_offer": False, "trade_certificate": False}, []),
        ({"trade_certificate": {"noc": "99999"}}, ["trade_certificate.noc"]),
        ({"trade_certificate": {}}, []),
        ({"licensed_in_canada": [{"noc": "21231"}, {"noc": "99999"}]}, ["licensed_in_canada[1].noc"]),
        ({"partner": {"work": [{"noc": "99999"}]}}, ["partner.work[0].noc"]),
        ({"partner": {"job_offer": {"noc": "99999"}}}, ["partner.job_offer.noc"]),
        ({"partner": {"job_offer": False, "work": [{}]}}, []),
        (
            {"work": [{"noc": "99999"}], "trade_certificate": {"noc": "99999"}},
            ["work[0].noc", "trade_certificate.noc"],
        ),
    ],
)
def test_every_code_is_held_against_the_classification(answers: dict[str, Any], fields: list[str]) -> None:
    seen = facts(*TESTS, **answers)
    if not fields:
        check_profile(seen.profile, seen.book)
        return
    with pytest.raises(ProfileError) as caught:
        check_profile(seen.profile, seen.book)
    assert [(error.field, error.message) for error in caught.value.all] == [(field, NOBODY) for field in fields]


def test_before_the_first_rules_nothing_can_be_said() -> None:
    seen = facts(*TESTS)
    profile = seen.profile.model_copy(update={"as_of": seen.profile.as_of})
    empty = type(seen.book)(**{**vars(seen.book), "tables": {}})
    with pytest.raises(ProfileError) as caught:
        check_profile(profile, empty)
    assert (caught.value.field, caught.value.message) == ("as_of", "the rulebook has no rules in force on 2026-11-21")


def test_the_highest_level_whose_score_is_reached() -> None:
    scale = AbilityScale(minimum=0, maximum=20, step=1, levels={4: 4, 7: 8})
    assert [level_of(score, scale) for score in (3, 4, 7, 8, 20)] == [0, 4, 4, 7, 7]
