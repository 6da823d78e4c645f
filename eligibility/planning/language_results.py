"""A language test taken again: what its result would be, whether it says anything new, and which results count."""

import datetime as dt
from collections.abc import Sequence

from eligibility.facts.language import HIGHEST_LEVEL, read_result, results
from eligibility.facts.values import Value, known
from eligibility.planning.copies import copied
from eligibility.planning.options import Option
from eligibility.planning.people import one_of, with_answers_of
from eligibility.profile.model import LanguageTest, Profile
from programs.packs.schema import levers as schema
from programs.rulebook import ABILITIES, Rulebook, RulebookInForce


def with_result(profile: Profile, change: schema.LanguageResult, book: RulebookInForce) -> Profile:
    """The profile with a fresh result, in the place of those in that language, which it is no lower than."""
    person = one_of(profile, change.person)
    fresh = LanguageTest(test="clb", language=change.language, date=profile.as_of)
    fresh = copied(fresh, **dict(zip(ABILITIES, map(float, _aim(profile, change, book)), strict=True)))
    others = [test for test in person.language_tests or () if language_of(test, book) != change.language]
    return with_answers_of(profile, change.person, {"language_tests": (*others, fresh)})


def says_nothing_new(profile: Profile, option: Option, rulebook: Rulebook) -> bool:
    """Whether an option is to take a test that would say what the one result that counts on that day says."""
    change = option.change
    if not isinstance(change, schema.LanguageResult):
        return False
    book = rulebook.on(profile.as_of)
    said = _levels(_tests_in(profile, change, book), change.language, profile, book)
    return said == [tuple(known(level) for level in _aim(profile, change, book))]


def _tests_in(profile: Profile, change: schema.LanguageResult, book: RulebookInForce) -> list[LanguageTest]:
    tests = one_of(profile, change.person).language_tests
    return [test for test in tests or () if language_of(test, book) == change.language]


def _aim(profile: Profile, change: schema.LanguageResult, book: RulebookInForce) -> list[int]:
    """The level of each ability in a fresh result.

    Whether or not a result has lapsed by then, the person can do again what they did.
    """
    tests = _tests_in(profile, change, book)
    again = [copied(test, date=profile.as_of if test.scale is None else test.date) for test in tests]
    held = _levels(again, change.language, profile, book)
    levels = [int(max(result[place].low for result in held)) for place in range(len(ABILITIES))]
    return [
        _raised(level, change) if change.abilities is None or ability in change.abilities else level
        for ability, level in zip(ABILITIES, levels, strict=True)
    ]


def _raised(level: int, change: schema.LanguageResult) -> int:
    if change.at_least is not None:
        return max(level, change.at_least)
    return min(HIGHEST_LEVEL, level + (change.raise_by or 0))


def _levels(
    tests: Sequence[LanguageTest], language: str, profile: Profile, book: RulebookInForce
) -> list[tuple[Value, ...]]:
    """The levels of each result that counts on the profile's day."""
    return [result.levels for result in results(tuple(tests), "language_tests", profile.as_of, book)[language]]


def language_of(test: LanguageTest, book: RulebookInForce) -> str | None:
    """The language of a result; for a bare level without one, that which it counts for."""
    if test.language is not None or test.test is None:
        return test.language
    return book.all_tests[test.test].languages[0]


def results_that_count(
    tests: tuple[LanguageTest, ...] | None, day: dt.date, book: RulebookInForce
) -> tuple[LanguageTest, ...] | None:
    """The tests whose results still count on a day. A bare level without a language is of the one it counts for."""
    if tests is None:
        return None
    return tuple(
        test
        for test in tests
        if (language := language_of(test, book)) is None or read_result(test, language, "", day, book) is not None
    )
