"""Facts about an applicant, derived from the profile as of its date, each once and only when asked."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

from eligibility.facts import family, language
from eligibility.facts.dates import completed_years
from eligibility.facts.offer import DERIVATIONS, works_there
from eligibility.facts.study import Studies, counted_study
from eligibility.facts.values import DOES_NOT_APPLY, Value, known, name, unknown_number
from eligibility.facts.work import Experiences, counted_work
from eligibility.profile.model import Profile, Work
from programs.packs.schema.measures import Credential, Experience, Relative
from programs.rulebook import RulebookInForce

OLDEST = 150
MAIN_OCCUPATION = Experience(window_years=10, unauthorized="counted", canadian_employer=False)
# Facts that are study under parameters of their own.
STUDIED = {"education_level": Credential(), "partner_education_level": Credential(person="partner")}
ABROAD = "US"
MOST_BRANCHES = 4


class Facts:
    """Every fact of one applicant under one rulebook; answers are kept once derived.

    `choosing(choice)` gives the same facts seen with one choice of language results; all other facts are
    shared with it. `assuming` holds yes-or-no facts that are taken as settled while a range is worked out.
    """

    __slots__ = ("_choices", "_people", "_values", "book", "choice", "profile")

    def __init__(self, profile: Profile, book: RulebookInForce, assuming: dict[str, bool] | None = None) -> None:
        """Derive facts from `profile` as of its date under `book`."""
        self.profile = profile
        self.book = book
        self._values: dict[str, Value] = {key: known(value) for key, value in (assuming or {}).items()}
        self._people: dict[str, tuple[Experiences, Studies]] = {}
        self.choice: language.Choice | None = None
        self._choices: list[language.Choice] | None = None

    def as_of(self) -> dt.date:
        """The day of assessment."""
        return self.profile.as_of

    def choosing(self, choice: language.Choice) -> "Facts":
        """These facts, with language results chosen."""
        view = object.__new__(Facts)
        view.profile, view.book, view.choice = self.profile, self.book, choice
        view._values, view._people, view._choices = self._values, self._people, self._choices
        return view

    def choices(self) -> list[language.Choice]:
        """The choices of language results that the applicant has."""
        if self._choices is None:
            profile, day, book = self.profile, self.profile.as_of, self.book
            applicant = language.results(profile.language_tests, "language_tests", day, book)
            if self.value("has_partner").high is False:
                partner = {"en": [language.none_in("en")], "fr": [language.none_in("fr")]}
            else:
                tests = profile.partner.language_tests if profile.partner else None
                partner = language.results(tests, "partner.language_tests", day, book)
                if tests is None:
                    partner["fr"] = []
            self._choices = language.choices(applicant, partner)
        return self._choices

    def value(self, key: str) -> Value:
        """A fact of the vocabulary.

        Raises:
            KeyError: for a fact that the vocabulary does not have.

        """
        found = self._values.get(key)
        if found is not None:
            return found
        derive = DERIVATIONS.get(key)
        if derive is not None:
            found = derive(self.profile, self.book)
        elif (of_several := _OF_SEVERAL.get(key)) is not None:
            found = of_several(self)
        else:
            role, _, part = key.rpartition("_")
            return (self.choice or self.choices()[0]).of(role).part(part)
        self._values[key] = found
        return found

    def occupation(self, of: str) -> Value:
        """The unit group of the job offer, of the main occupation or of the trade certificate."""
        if of == "trade_certificate":
            held = self.profile.trade_certificate
            if held is False:
                return DOES_NOT_APPLY
            return name(held.noc if held else None, "trade_certificate.noc" if held else "trade_certificate")
        return self.value(f"{of}_noc")

    def same_occupation_as(self, of: str) -> Value:
        """The unit group that an experience must share."""
        return self.occupation(of)

    def works_for_offering_employer(self) -> Value:
        """Whether the person works in Canada for the employer who makes the offer."""
        return works_there(self.profile, self.book)

    def experience(self, rule: Experience, unit: str) -> Value:
        """Work experience under a rule's parameters."""
        return counted_work(rule, self.book).amount(self.worked(rule.person), unit)

    def main_teer(self, rule: Experience, teer: tuple[int, ...]) -> bool | None:
        """Whether most of an experience lies in these TEER categories."""
        return counted_work(rule, self.book).lies_mainly_in(self.worked(rule.person), teer)

    def credential(self, rule: Credential) -> Value:
        """Study and credentials under a rule's parameters."""
        return counted_study(rule, self.book).measure(self.studied(rule.person))

    def relative(self, rule: Relative) -> Value:
        """Whether there is such a relative in Canada."""
        return family.has_relative(self.profile, rule, self.value("partner_counts"))

    def worked(self, who: str) -> Experiences:
        """The jobs of the applicant or of the partner."""
        return (self._people.get(who) or self._person(who))[0]

    def studied(self, who: str) -> Studies:
        """The studies of the applicant or of the partner."""
        return (self._people.get(who) or self._person(who))[1]

    def _person(self, who: str) -> tuple[Experiences, Studies]:
        profile, day, book = self.profile, self.profile.as_of, self.book
        if who == "applicant":
            work, education, prefix = profile.work, profile.education, ""
        elif self.value("has_partner").high is False:
            work, education, prefix = (), (), "partner."
        else:
            partner = profile.partner
            work = partner.work if partner else None
            education = partner.education if partner else None
            prefix = "partner."
        found = self._people[who] = (
            Experiences(work, self, f"{prefix}work"),
            Studies(education, day, book, f"{prefix}education"),
        )
        return found


def _age(facts: Facts) -> Value:
    born = facts.profile.birth_date
    if born is None:
        return unknown_number("birth_date", high=OLDEST)
    return known(completed_years(born, facts.profile.as_of))


def _main_occupation(facts: Facts) -> Value:
    return counted_work(MAIN_OCCUPATION, facts.book).main_occupation(facts.worked("applicant"))


def _main_occupation_teer(facts: Facts) -> Value:
    occupation = facts.value("main_occupation_noc")
    if not occupation.is_known:
        return unknown_number(*occupation.missing, high=5)
    return DOES_NOT_APPLY if occupation.low is None else known(facts.book.occupations[occupation.low].teer)


# Facts that rest on several parts of the profile, or on the person's work and study as a whole.
_OF_SEVERAL: dict[str, Callable[[Facts], Value]] = {
    "age": _age,
    "has_partner": lambda facts: family.has_partner(facts.profile),
    "partner_counts": lambda facts: family.partner_counts(facts.profile),
    "family_size": lambda facts: family.family_size(facts.profile, facts.book),
    "dependent_children": lambda facts: family.dependent_children(facts.profile, facts.book),
    **{key: partial(Facts.credential, rule=rule) for key, rule in STUDIED.items()},
    "main_occupation_noc": _main_occupation,
    "main_occupation_teer": _main_occupation_teer,
}


def branches(facts: Facts) -> Iterator[Facts]:
    """The facts under each way of settling what decides which column or which kind of work applies.

    Whether a partner counts, and whether a job was in Canada, move points from one factor to another. To give
    the lowest and highest score that could really be, each possibility is scored on its own.
    """
    profile = facts.profile
    unplaced = [index for index, job in enumerate(profile.work or ()) if job.country is None][:MOST_BRANCHES]
    settle_partner: list[dict[str, bool]] = [{}]
    if not facts.value("partner_counts").is_known:
        settle_partner = [{"partner_counts": False}, {"partner_counts": True}]
    elif not unplaced:
        yield facts
        return
    for assuming, countries in product(settle_partner, product(("CA", ABROAD), repeat=len(unplaced))):
        settled = profile
        if unplaced:
            jobs: list[Work] = list(profile.work or ())
            for index, country in zip(unplaced, countries, strict=True):
                jobs[index] = jobs[index].model_copy(update={"country": country})
            settled = profile.model_copy(update={"work": tuple(jobs)})
        married = {"has_partner": True} if assuming.get("partner_counts") else {}
        yield Facts(settled, facts.book, {**assuming, **married})
