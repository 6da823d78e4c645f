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
from eligibility.profile.model import Education, Profile, Work
from programs.packs.schema.measures import Credential, Experience, Relative
from programs.rulebook import RulebookInForce

OLDEST = 150
MAIN_OCCUPATION = Experience(window_years=10, unauthorized="counted", canadian_employer=False)
# Facts that are study under parameters of their own.
STUDIED = {"education_level": Credential(), "partner_education_level": Credential(person="partner")}
_PREFIX = {"applicant": "", "partner": "partner."}
ABROAD = "US"
MOST_BRANCHES = 4


class Facts:
    """Every fact of one applicant under one rulebook; answers are kept once derived.

    `choosing(choice)` gives the same facts seen with one choice of language results; all other facts are
    shared with it. `assuming` holds yes-or-no facts that are taken as settled while a range is worked out.
    """

    __slots__ = ("_choices", "_studied", "_values", "_worked", "assumed", "book", "choice", "profile")

    def __init__(self, profile: Profile, book: RulebookInForce, assuming: dict[str, bool] | None = None) -> None:
        """Derive facts from `profile` as of its date under `book`."""
        self.profile = profile
        self.book = book
        self.assumed = tuple(assuming.items()) if assuming else ()
        self._values: dict[str, Value] = {key: known(value) for key, value in self.assumed}
        self._worked: dict[str, Experiences] = {}
        self._studied: dict[str, Studies] = {}
        self.choice: language.Choice | None = None
        self._choices: list[language.Choice] | None = None

    def as_of(self) -> dt.date:
        """The day of assessment."""
        return self.profile.as_of

    def choosing(self, choice: language.Choice) -> "Facts":
        """These facts, with language results chosen."""
        view = object.__new__(Facts)
        view.profile, view.book, view.assumed, view.choice = self.profile, self.book, self.assumed, choice
        view._values, view._choices = self._values, self._choices
        view._worked, view._studied = self._worked, self._studied
        return view

    def choices(self) -> list[language.Choice]:
        """The choices of language results that the applicant has."""
        if self._choices is None:
            profile, day, book = self.profile, self.profile.as_of, self.book
            applicant = language.certified(profile.language_tests, "language_tests", day, book)
            self._choices = language.choices(applicant, self._certified_of_partner(day))
        return self._choices

    def _certified_of_partner(self, day: dt.date) -> language.Certified:
        if self.value("has_partner").high is False:
            return language.NOTHING_CERTIFIED
        partner, answer = self.profile.partner, "partner.language_tests"
        if partner is None or partner.language_tests is None:
            return language.not_known(answer)
        return language.certified(partner.language_tests, answer, day, self.book)

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
        found = self._worked.get(who)
        if found is None:
            found = self._worked[who] = Experiences(self.jobs(who), self, f"{_PREFIX[who]}work")
        return found

    def studied(self, who: str) -> Studies:
        """The studies of the applicant or of the partner."""
        found = self._studied.get(who)
        if found is None:
            answer = f"{_PREFIX[who]}education"
            found = self._studied[who] = Studies(self.studies(who), self.profile.as_of, self.book, answer)
        return found

    def jobs(self, who: str) -> tuple[Work, ...] | None:
        """The jobs of the applicant or of the partner as they were told; none of who has no partner."""
        if who == "applicant":
            return self.profile.work
        if self.value("has_partner").high is False:
            return ()
        return self.profile.partner.work if self.profile.partner else None

    def studies(self, who: str) -> tuple[Education, ...] | None:
        """The studies of the applicant or of the partner as they were told; none of who has no partner."""
        if who == "applicant":
            return self.profile.education
        if self.value("has_partner").high is False:
            return ()
        return self.profile.partner.education if self.profile.partner else None


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
    counts = facts.value("partner_counts")
    unplaced: list[int] = []
    if profile.work and None in [job.country for job in profile.work]:
        unplaced = [index for index, job in enumerate(profile.work) if job.country is None][:MOST_BRANCHES]
    settle_partner: list[dict[str, bool]] = [{}]
    if counts.low != counts.high:
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
