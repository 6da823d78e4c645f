"""What the questionnaire needs to know of the rules: situations, tests and scores, levels of education.

All of it comes from the rulebook; nothing here is a figure or a code of a rule.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.utils.translation import get_language

from eligibility.h1b.clock import grace_end
from eligibility.wizard import clock
from programs import store
from programs.packs.schema import LanguageTest
from programs.packs.schema.common import Text
from programs.packs.schema.situations import H1BSituations, Question, Situation
from programs.packs.schema.tables import Ability, Conversion
from programs.rulebook import ABILITIES, Rulebook, RulebookInForce, vocabulary

# A test's id in the form, where the person estimates their level: `estimate-en`, `estimate-fr`.
ESTIMATE = "estimate-"
LEVEL_TEST = "clb"


_held: ContextVar[Rulebook | None] = ContextVar("rulebook", default=None)
_instead: ContextVar[Rulebook | None] = ContextVar("rulebook_instead", default=None)


@contextmanager
def instead(rulebook: Rulebook) -> Iterator[None]:
    """Answer with this rulebook inside the block, and not with what is in force: staff look at a draft."""
    token = _instead.set(rulebook)
    try:
        yield
    finally:
        _instead.reset(token)


def _newest() -> Rulebook:
    return _instead.get() or store.current()


@contextmanager
def one_rulebook() -> Iterator[None]:
    """Keep to one rulebook inside the block, so that a page never mixes two."""
    token = _held.set(_newest())
    try:
        yield
    finally:
        _held.reset(token)


def current() -> Rulebook:
    """The rulebook of this page, or the newest one."""
    return _held.get() or _newest()


def language() -> str:
    """The reader's language, of those that rules are written in."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def in_words(text: Text) -> str:
    """A rule's text in the reader's language."""
    return text.in_language(language())


def in_force() -> RulebookInForce:
    """The rulebook as it stands today."""
    return current().on(clock.today())


def h1b() -> H1BSituations:
    """The situations an H-1B worker may be in, with what goes with them.

    Raises:
        LookupError: when the rules hold none.

    """
    for document in current().of_kind(H1BSituations):
        found: H1BSituations = document
        return found
    raise LookupError("The rulebook has no H-1B situations. Load the rule packs.")


def situation(key: str | None) -> Situation | None:
    """One situation, or None if there is none of this id."""
    return next((each for each in h1b().situations if each.id == key), None)


def h1b_questions(key: str | None) -> dict[str, Question]:
    """What a situation asks of the H-1B itself, by the field of the profile's `h1b` that it fills."""
    chosen = situation(key)
    asked = chosen.ask if chosen else ()
    return {
        question.fills.removeprefix("h1b."): question
        for question in h1b().questions
        if question.id in asked and question.fills and question.fills.startswith("h1b.")
    }


@dataclass(frozen=True)
class Deadline:
    """The day on which the grace period ends, and why then."""

    day: dt.date
    days_left: int
    period_days: int
    ends_with_stay: bool

    @property
    def is_over(self) -> bool:
        """Whether it has passed."""
        return self.days_left < 0


def grace_period(last_day_worked: dt.date | None, stay_ends: dt.date | None, today: dt.date) -> Deadline | None:
    """When the grace period ends that began when the job did; None if the last day is not known."""
    if last_day_worked is None:
        return None
    rule = h1b().grace_period
    day = grace_end(rule, last_day_worked, stay_ends)
    ends_with_stay = day != grace_end(rule, last_day_worked, None)
    return Deadline(day, (day - today).days, rule.days, ends_with_stay)


@dataclass(frozen=True)
class Range:
    """The scores that an ability can have."""

    low: Decimal
    high: Decimal
    step: Decimal


@dataclass(frozen=True)
class TestChoice:
    """A language test as the questionnaire offers it."""

    id: str
    name: str
    languages: tuple[str, ...]
    scales: tuple[tuple[str, str], ...]
    conversions: tuple[Conversion, ...]

    def range(self, ability: str, scale: str | None) -> Range:
        """The scores an ability can have, on one of the test's scales."""
        found = [each for each in self.conversions if not self.scales or scale is None or each.scale == scale]
        name = cast(Ability, ability)
        abilities = [each.abilities[name] for each in found or self.conversions if name in each.abilities]
        return Range(
            low=Decimal(str(min(each.minimum for each in abilities))),
            high=Decimal(str(max(each.maximum for each in abilities))),
            step=Decimal(str(min(each.step for each in abilities))),
        )


def _choice(document: LanguageTest, conversions: tuple[Conversion, ...]) -> TestChoice:
    scales = {each.scale: in_words(each.scale_name) for each in conversions if each.scale and each.scale_name}
    return TestChoice(document.id, in_words(document.name), document.languages, tuple(scales.items()), conversions)


def language_tests() -> tuple[TestChoice, ...]:
    """The tests that are accepted today, English ones first."""
    book, key = in_force(), f"tests to choose from, {language()}"
    if key not in book.cache:
        tests = [
            _choice(test.document, test.conversions)
            for test in book.tests.values()
            if test.conversions and test.document.id != LEVEL_TEST
        ]
        book.cache[key] = tuple(sorted(tests, key=lambda test: (test.languages, test.name)))
    return cast(tuple[TestChoice, ...], book.cache[key])


def language_test(key: str) -> TestChoice | None:
    """One test, or None if there is none of this id today."""
    return next((test for test in language_tests() if test.id == key), None)


def levels_to_estimate() -> tuple[int, ...]:
    """The levels worth estimating: those that every accepted test tells apart, lowest first."""
    told_apart = [
        set(scale.levels)
        for test in language_tests()
        for conversion in test.conversions
        for scale in conversion.abilities.values()
    ]
    return tuple(sorted(set.intersection(*told_apart))) if told_apart else ()


def education_levels() -> list[tuple[str, str]]:
    """The levels of a single credential, highest first."""
    levels = [level for level in vocabulary().levels if level.credentials is None]
    return [(level.key, in_words(level.label)) for level in reversed(levels)]


def relations() -> tuple[str, ...]:
    """How a relative in Canada may be related."""
    return tuple(vocabulary().relations)


def dependent_child_below_age() -> int:
    """The age from which a child no longer counts in the family."""
    return in_force().counting("dependent_child_below_age")


def occupation_codes() -> list[str]:
    """The codes of all unit groups, in order."""
    return sorted(current().occupations)


def occupation_title(code: str) -> str | None:
    """A unit group's title, or None for a code that the classification does not have."""
    group = current().occupations.get(code)
    return in_words(group.title) if group else None


def occupation_teer(code: str) -> int | None:
    """A unit group's TEER, or None for a code that the classification does not have."""
    group = current().occupations.get(code)
    return group.teer if group else None


__all__ = ["ABILITIES", "ESTIMATE", "LEVEL_TEST", "Deadline", "Range", "Situation", "TestChoice"]
