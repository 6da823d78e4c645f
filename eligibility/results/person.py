"""What decides which texts concern a person: who is in the family, and what is done already.

An answer that is missing never hides a text: only what is surely not so does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.engine.assessment import NextStep, ProgramFact
from eligibility.facts.dates import still_counts
from eligibility.profile import Profile
from eligibility.profile.model import PARTNERED, Education, LanguageTest
from eligibility.results import words
from programs.rulebook import RulebookInForce

HOME = "CA"


@dataclass(frozen=True, slots=True)
class Person:
    """Who may be there, and the things that next steps ask for and that are done. By default nothing is known."""

    may_have_partner: bool = True
    may_have_children: bool = True
    done: frozenset[str] = frozenset()

    def facts_that_concern(self, facts: Iterable[ProgramFact]) -> tuple[ProgramFact, ...]:
        """Facts without those about family members whom the person surely does not have."""
        left_out = set()
        if not self.may_have_partner:
            left_out.add(words.PARTNER_TOPIC)
        if not self.may_have_children:
            left_out.add(words.CHILDREN_TOPIC)
        return tuple(fact for fact in facts if fact.topic not in left_out)

    def steps_left(self, steps: Iterable[NextStep]) -> tuple[NextStep, ...]:
        """Next steps without those that are done."""
        return tuple(step for step in steps if step.done_by not in self.done)


def person(profile: Profile, book: RulebookInForce) -> Person:
    """What is known of a person on the day of their profile."""
    return Person(
        may_have_partner=profile.marital_status is None or profile.marital_status in PARTNERED,
        may_have_children=profile.children is None or bool(profile.children),
        done=frozenset(_done(profile, book)),
    )


def _done(profile: Profile, book: RulebookInForce) -> Iterable[str]:
    languages = {
        language
        for test in profile.language_tests or ()
        if _counts(test, book, profile)
        for language in _languages(test, book)
    }
    if languages:
        yield "language_results"
    if "fr" in languages:
        yield "french_results"
    if profile.education and all(_needs_no_assessment(item, book, profile) for item in profile.education):
        yield "credential_assessment"
    if profile.express_entry_profile:
        yield "express_entry_profile"


def _counts(test: LanguageTest, book: RulebookInForce, profile: Profile) -> bool:
    """Whether it is a result that still counts, and not the person's own estimate."""
    years = book.counting("language_result_years")
    return not test.estimated and test.date is not None and still_counts(test.date, profile.as_of, years)


def _languages(test: LanguageTest, book: RulebookInForce) -> tuple[str, ...]:
    if test.language is not None or test.test is None:
        return (test.language,) if test.language else ()
    return tuple(book.all_tests[test.test].languages)


def _needs_no_assessment(item: Education, book: RulebookInForce, profile: Profile) -> bool:
    """Whether it was earned in Canada, is not finished, or has an assessment that still counts."""
    if item.country == HOME or item.completed is None:
        return True
    years = book.counting("credential_assessment_years")
    return item.eca is True and (item.eca_date is None or still_counts(item.eca_date, profile.as_of, years))
