"""Facts about an applicant, derived from the profile as of its date, each once and only when asked."""

import datetime as dt
from collections.abc import Iterator
from itertools import product

from eligibility.facts import family, language
from eligibility.facts.dates import completed_years
from eligibility.facts.offer import DERIVATIONS, works_there
from eligibility.facts.study import Studies
from eligibility.facts.values import DOES_NOT_APPLY, Value, known, name, unknown_number
from eligibility.facts.work import Experiences
from eligibility.profile.model import Profile, Work
from programs.packs.schema.measures import Credential, Experience, Relative
from programs.rulebook import RulebookInForce, vocabulary

OLDEST = 150
MAIN_OCCUPATION = Experience(window_years=10, unauthorized="counted", canadian_employer=False)
EDUCATION = Credential()
PARTNER_EDUCATION = Credential(person="partner")
ABROAD = "US"
MOST_BRANCHES = 4


class Facts:
    """Every fact of one applicant under one rulebook; answers are kept once derived.

    `choosing(choice)` gives the same facts seen with one choice of language results; all other facts are
    shared with it. `assuming` holds yes-or-no facts that are taken as settled while a range is worked out.
    """

    def __init__(self, profile: Profile, book: RulebookInForce, assuming: dict[str, bool] | None = None) -> None:
        """Derive facts from `profile` as of its date under `book`."""
        self.profile = profile
        self.book = book
        self._values: dict[str, Value] = {key: known(value) for key, value in (assuming or {}).items()}
        self._experience: dict[tuple[Experience, str], Value] = {}
        self._credential: dict[Credential, Value] = {}
        self._relative: dict[Relative, Value] = {}
        self._people: dict[str, tuple[Experiences, Studies]] = {}
        self.choice: language.Choice | None = None
        self._choices: list[language.Choice] | None = None

    def as_of(self) -> dt.date:
        """The day of assessment."""
        return self.profile.as_of

    def choosing(self, choice: language.Choice) -> "Facts":
        """These facts, with language results chosen."""
        view = object.__new__(Facts)
        view.__dict__.update(self.__dict__)
        view.choice = choice
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
        role, _, part = key.rpartition("_")
        if role in vocabulary().language_sets:
            return self._of_language(role, part)
        found = self._values[key] = self._derive(key)
        return found

    def ability(self, role: str, ability: str) -> Value:
        """The level of one ability in a language set's role, under the language results chosen."""
        return self._of_language(role, ability)

    def _of_language(self, role: str, part: str) -> Value:
        choice = self.choice or self.choices()[0]
        result = choice.of(role)
        return result.lowest if part == "lowest" else result.ability(part)

    def _derive(self, key: str) -> Value:
        simple = DERIVATIONS.get(key)
        if simple is not None:
            return simple(self.profile, self.book)
        profile = self.profile
        if key == "age":
            if profile.birth_date is None:
                return unknown_number("birth_date", high=OLDEST)
            return known(completed_years(profile.birth_date, profile.as_of))
        if key == "has_partner":
            return family.has_partner(profile)
        if key == "partner_counts":
            return family.partner_counts(profile)
        if key == "family_size":
            return family.family_size(profile, self.book)
        if key == "dependent_children":
            return family.dependent_children(profile, self.book)
        if key == "education_level":
            return self.credential(EDUCATION)
        if key == "partner_education_level":
            return self.credential(PARTNER_EDUCATION)
        if key == "main_occupation_noc":
            return self._person("applicant")[0].main_occupation(MAIN_OCCUPATION)
        if key == "main_occupation_teer":
            return self._teer_of(self.value("main_occupation_noc"))
        raise KeyError(key)

    def _teer_of(self, occupation: Value) -> Value:
        if not occupation.is_known:
            return unknown_number(*occupation.missing, high=5)
        return DOES_NOT_APPLY if occupation.low is None else known(self.book.occupations[occupation.low].teer)

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
        key = (rule, unit)
        if key not in self._experience:
            self._experience[key] = self._person(rule.person)[0].amount(rule, unit)
        return self._experience[key]

    def main_teer(self, rule: Experience, teer: tuple[int, ...]) -> bool | None:
        """Whether most of an experience lies in these TEER categories."""
        return self._person(rule.person)[0].lies_mainly_in(rule, teer)

    def credential(self, rule: Credential) -> Value:
        """Study and credentials under a rule's parameters."""
        if rule not in self._credential:
            self._credential[rule] = self._person(rule.person)[1].measure(rule)
        return self._credential[rule]

    def relative(self, rule: Relative) -> Value:
        """Whether there is such a relative in Canada."""
        if rule not in self._relative:
            self._relative[rule] = family.has_relative(self.profile, rule, self.value("partner_counts"))
        return self._relative[rule]

    def _person(self, who: str) -> tuple[Experiences, Studies]:
        found = self._people.get(who)
        if found is None:
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


def branches(facts: Facts) -> Iterator[Facts]:
    """The facts under each way of settling what decides which column or which kind of work applies.

    Whether a partner counts, and whether a job was in Canada, move points from one factor to another. To give
    the lowest and highest score that could really be, each possibility is scored on its own.
    """
    profile = facts.profile
    settle_partner: list[dict[str, bool]] = [{}]
    if not facts.value("partner_counts").is_known:
        settle_partner = [{"partner_counts": False}, {"partner_counts": True}]
    unplaced = [index for index, job in enumerate(profile.work or ()) if job.country is None][:MOST_BRANCHES]
    if settle_partner == [{}] and not unplaced:
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
