"""The routing table: which pages there are, in which order, and when each page and each question is asked.

It is derived from the answers each time. An answer that no longer applies stays stored, and is left out of
the profile by the same table (`asked_only`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eligibility.answers.document import Answer, Answers
from eligibility.profile.model import PARTNERED
from eligibility.wizard import rules, ties

Raw = Callable[[str], str]
Kind = Literal["form", "list", "info", "check"]
CANADA, UNITED_STATES = "CA", "US"
H1B_FACTS = (
    "last_day_worked",
    "i94_expires",
    "expires",
    "visa_valid_until",
    "first_h1b_day",
    "i140_approved",
    "petition_filed_on",
    "response_due",
    "days_abroad",
    "six_years_end",
    "labor_certification_filed_on",
)
US_JOB_FACTS = ("months_with_employer", "capacity", "employer_has_canadian_affiliate")
H1B_DAYS = tuple(name for name in H1B_FACTS if name not in {"i140_approved", "days_abroad"})


def _always(_answers: Answers) -> bool:
    return True


def h1b_status(answers: Answers) -> str | None:
    """Where the person stands, in the rules' terms; None when not told."""
    situation = rules.situation(answers.value("h1b", "situation"))
    return situation.h1b_status if situation else None


def has_h1b_questions(answers: Answers) -> bool:
    """Whether the situation asks for dates or facts of the H-1B itself."""
    return bool(rules.h1b_questions(answers.value("h1b", "situation")))


def is_employed(answers: Answers) -> bool:
    """Whether there is a present US job to ask about."""
    return h1b_status(answers) == "employed"


def has_told_situation(answers: Answers) -> bool:
    """Whether a situation was chosen whose meaning can be told."""
    return rules.situation(answers.value("h1b", "situation")) is not None


def has_partner(answers: Answers) -> bool:
    """Whether the person is married or has a common-law partner."""
    return answers.value("family", "marital_status") in PARTNERED


def partner_may_count(answers: Answers) -> bool:
    """Whether the partner's own answers can matter: they come along, or may, and are not Canadian already."""
    return (
        has_partner(answers)
        and answers.value("family", "accompanying") != "no"
        and answers.value("family", "partner_canadian") != "yes"
    )


def partner_could_apply(answers: Answers) -> bool:
    """Whether the partner could be the applicant in the person's place: there is one, and they are not Canadian."""
    return has_partner(answers) and answers.value("family", "partner_canadian") != "yes"


def partner_as_applicant(answers: Answers) -> bool:
    """Whether the person has begun to tell what only matters if their partner applies."""
    return partner_could_apply(answers) and not answers.page("partner-self").is_untouched


def partner_asked(answers: Answers) -> bool:
    """Whether there is a reason to ask of the partner's education, languages and work."""
    return partner_may_count(answers) or partner_as_applicant(answers)


def has_children(answers: Answers) -> bool:
    """Whether there are children to list."""
    return answers.value("family", "has_children") == "yes"


def lives_in_canada(answers: Answers) -> bool:
    """Whether the person's country of residence is Canada."""
    return answers.value("you", "residence") == CANADA


def is_in_canada(answers: Answers) -> bool:
    """Whether the person is in Canada now."""
    return lives_in_canada(answers) or answers.value("canada", "present") == "yes"


def _says_yes(name: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.value("canada", name) == "yes"


def partner_is_tied_to_canada(answers: Answers) -> bool:
    """Whether a partner who comes along is in Canada, or has an offer there."""
    return partner_may_count(answers) and answers.value("canada", "partner_in_canada") == "yes"


@dataclass(frozen=True)
class Section:
    """A subject, as progress counts it."""

    id: str
    title: str | Promise


@dataclass(frozen=True)
class Page:
    """A page, or a list with a page for each of its items.

    One that `waits_to_be_opened` is not on the way: it counts, and is asked for, once somebody has sent it.
    """

    slug: str
    section: str
    kind: Kind = "form"
    asked: Callable[[Answers], bool] = _always
    waits_to_be_opened: bool = False

    def is_on_the_way(self, answers: Answers) -> bool:
        """Whether someone who goes through the questionnaire comes by here."""
        return self.asked(answers) and not (self.waits_to_be_opened and answers.page(self.slug).is_untouched)


SECTIONS = (
    Section("h1b", _("Your H-1B situation")),
    Section("you", _("About you")),
    Section("family", _("Your family")),
    Section("work", _("Your work")),
    Section("education", _("Your education")),
    Section("language", _("Your languages")),
    Section("partner", _("Your partner")),
    Section("canada", _("You and Canada")),
    Section("money", _("Your money")),
    Section("check", _("Check your answers")),
)

PAGES = (
    Page("h1b", "h1b"),
    Page("h1b-dates", "h1b", asked=has_h1b_questions),
    Page("what-it-means", "h1b", "info", has_told_situation),
    Page("us-job", "h1b", asked=is_employed),
    Page("you", "you"),
    Page("family", "family"),
    Page("children", "family", "list", has_children),
    Page("work", "work", "list"),
    Page("education", "education", "list"),
    Page("language", "language", "list"),
    Page("partner-education", "partner", "list", partner_asked),
    Page("partner-language", "partner", "list", partner_asked),
    Page("partner-work", "partner", "list", partner_asked),
    Page("partner-self", "partner", asked=partner_could_apply, waits_to_be_opened=True),
    Page("partner-jobs", "partner", "list", partner_as_applicant),
    Page("partner-h1b", "partner", asked=partner_as_applicant),
    Page("partner-us-job", "partner", asked=partner_as_applicant),
    Page("partner-papers", "partner", asked=partner_as_applicant),
    Page("canada", "canada"),
    Page("in-canada", "canada", asked=is_in_canada),
    Page("job-offer", "canada", asked=ties.has_offer),
    Page("employer", "canada", asked=ties.employer_asked),
    Page("partner-canada", "canada", asked=partner_is_tied_to_canada),
    Page("relatives", "canada", "list"),
    Page("nomination", "canada", asked=_says_yes("nomination")),
    Page("papers", "canada", asked=ties.has_papers),
    Page("trade-certificate", "canada", asked=_says_yes("trade_certificate")),
    Page("money", "money"),
    Page("check", "check", "check"),
)
# Pages whose name is not that of their subject.
TITLES: Mapping[str, str | Promise] = {
    "h1b-dates": _("Your H-1B dates"),
    "us-job": _("Your present job"),
    "what-it-means": _("What this means"),
    "in-canada": _("You in Canada now"),
    "job-offer": _("Your job offer"),
    "employer": _("Your employer in Canada"),
    "partner-canada": _("Your partner in Canada"),
    "partner-self": _("Your partner as the applicant"),
    "partner-h1b": _("Your partner and the H-1B"),
    "partner-us-job": _("Your partner's present job"),
    "partner-papers": _("Your partner's papers"),
    "nomination": _("Your nomination"),
    "papers": _("Papers from provinces"),
    "trade-certificate": _("Your trade certificate"),
}
BY_SLUG: Mapping[str, Page] = {page.slug: page for page in PAGES}


def title(page: Page) -> str | Promise:
    """What a page is called."""
    return TITLES.get(page.slug) or next(each.title for each in SECTIONS if each.id == page.section)


FieldCondition = Callable[[Raw, Answers], bool]


def _when(name: str, *values: str) -> FieldCondition:
    return lambda raw, _answers: raw(name) in values


def _unless(name: str, *values: str) -> FieldCondition:
    return lambda raw, _answers: raw(name) not in values


def _both(first: FieldCondition, second: FieldCondition) -> FieldCondition:
    return lambda raw, answers: first(raw, answers) and second(raw, answers)


def _status(*values: str) -> FieldCondition:
    return lambda _raw, answers: h1b_status(answers) in values


def _situation_asks(name: str) -> FieldCondition:
    return lambda _raw, answers: name in rules.h1b_questions(answers.value("h1b", "situation"))


def _visa_asked(raw: Raw, _answers: Answers) -> bool:
    return "visa_valid_until" in rules.h1b_questions(raw("situation"))


def _given(name: str) -> FieldCondition:
    return lambda raw, _answers: bool(raw(name))


def _never(_raw: Raw, _answers: Answers) -> bool:
    return False


def _in_canada(raw: Raw, _answers: Answers) -> bool:
    return raw("country") == CANADA


def _test_has_scales(raw: Raw, answers: Answers) -> bool:
    test = rules.language_test(raw("test"))
    return test is not None and len(test.scales) > 1


def _test_is_real(raw: Raw, _answers: Answers) -> bool:
    return bool(raw("test")) and not raw("test").startswith(rules.ESTIMATE)


def _if(condition: Callable[[Answers], bool]) -> FieldCondition:
    return lambda _raw, answers: condition(answers)


def _permit_asked(raw: Raw, _answers: Answers) -> bool:
    return raw("status") in {"worker", "student"}


_ABROAD = _unless("country", CANADA)
_FINISHED = _unless("finished", "no")
_STUDIED = _unless("level", "none")

# A question that is not named here is always asked.
FIELDS: Mapping[tuple[str, str], FieldCondition] = {
    **{("h1b-dates", name): _situation_asks(name) for name in H1B_FACTS},
    ("you", "us_permanent_resident"): _both(_when("residence", UNITED_STATES), _status("none")),
    ("family", "accompanying"): _when("marital_status", *PARTNERED),
    ("family", "partner_canadian"): _when("marital_status", *PARTNERED),
    ("family", "family_size"): _when("has_children", "yes"),
    **{
        (page, "noc"): _given("job_title")
        for page in ("work", "partner-work", "partner-jobs", "job-offer", "trade-certificate")
    },
    **{("employer", name): _if(ties.of_offer(*facts)) for name, facts in ties.EMPLOYER.items()},
    ("employer", "region"): _if(ties.region_asked),
    ("employer", "category_a_positions_this_year"): _if(ties.category_a_asked),
    ("canada", "papers"): _if(ties.papers_matter),
    ("canada", "partner_in_canada"): _if(lambda answers: partner_may_count(answers) and ties.partner_matters(answers)),
    ("papers", "licensed"): _if(ties.of_any_offer("licensed_provinces")),
    ("papers", "invitations"): _if(ties.of_any_offer("invitation_letters")),
    ("partner-h1b", "visa_valid_until"): _visa_asked,
    **{("partner-us-job", name): _when("has_us_job", "yes") for name in US_JOB_FACTS},
    ("partner-papers", "permanent_residences"): _if(ties.of_any_offer("permanent_residences")),
    ("partner-papers", "licensed"): _if(ties.of_any_offer("licensed_provinces")),
    ("partner-papers", "invitations"): _if(ties.of_any_offer("invitation_letters")),
    ("partner-canada", "permit"): _permit_asked,
    ("partner-canada", "permit_expires"): _both(_permit_asked, _unless("permit", "none")),
    ("partner-canada", "job_title"): _when("job_offer", "yes"),
    ("partner-canada", "noc"): _both(_when("job_offer", "yes"), _given("job_title")),
    ("nomination", "support_letter"): _if(ties.of_any_offer("nomination_support_letter")),
    ("money", "annual_family_income_cad"): _if(ties.income_asked),
    **{(page, "end"): _when("still_there", "no") for page in ("work", "partner-work", "partner-jobs")},
    **{("partner-jobs", name): _never for name in ("province", "authorized", "student")},
    ("work", "province"): _in_canada,
    ("work", "authorized"): _in_canada,
    ("work", "student"): _in_canada,
    ("work", "employer_country"): _in_canada,
    **{
        (page, name): condition
        for page in ("education", "partner-education")
        for name, condition in {
            "country": _STUDIED,
            "province": _both(_in_canada, _STUDIED),
            "finished": _STUDIED,
            "completed": _both(_FINISHED, _STUDIED),
            "eca": _both(_both(_ABROAD, _FINISHED), _STUDIED),
            "eca_date": _both(_when("eca", "yes"), _both(_both(_ABROAD, _FINISHED), _STUDIED)),
            "canadian_study_years": _both(_in_canada, _STUDIED),
        }.items()
    },
    **{
        (page, name): condition
        for page in ("language", "partner-language")
        for name, condition in {
            "scale": _test_has_scales,
            "date": _test_is_real,
            "listening": _given("test"),
            "reading": _given("test"),
            "writing": _given("test"),
            "speaking": _given("test"),
        }.items()
    },
    ("relatives", "of"): lambda _raw, answers: partner_may_count(answers),
    ("canada", "present"): lambda _raw, answers: not lives_in_canada(answers),
    ("in-canada", "permit"): _permit_asked,
    ("in-canada", "permit_expires"): _permit_asked,
    ("in-canada", "months_in_province"): lambda raw, _answers: ties.province_counts_months(raw("province")),
    ("job-offer", "seasonal"): _if(ties.of_any_offer("job_offer_seasonal")),
    ("job-offer", "cusma_profession"): _if(ties.cusma_asked),
    ("job-offer", "permanent_residences"): _if(ties.of_any_offer("permanent_residences")),
    ("job-offer", "duration_months"): _when("permanent", "no"),
    ("job-offer", "wage_per"): lambda raw, _answers: not raw("wage_unknown"),
    ("job-offer", "works_there_now"): lambda _raw, answers: is_in_canada(answers),
    ("job-offer", "months_in_this_job"): _both(
        _when("works_there_now", "yes"), lambda _raw, answers: is_in_canada(answers)
    ),
}


def is_field_asked(page: str, name: str, raw: Raw, answers: Answers) -> bool:
    """Whether a question applies, by what is on its own page (`raw`) and what was answered before."""
    condition = FIELDS.get((page, name))
    return condition is None or condition(raw, answers)


def asked_only(page: str, answer: Answer, answers: Answers) -> Answer:
    """Of a stored answer: what is still asked."""

    def raw(name: str) -> str:
        return str(answer.get(name) or "")

    return {name: value for name, value in answer.items() if is_field_asked(page, name, raw, answers)}


def page_answer(answers: Answers, slug: str) -> dict[str, Any]:
    """A page's answer as it counts now: nothing if the page does not apply."""
    page = BY_SLUG[slug]
    answer = answers.page(slug).answer
    return asked_only(slug, answer, answers) if answer and page.asked(answers) else {}


def asked_pages(answers: Answers) -> tuple[Page, ...]:
    """The pages that can still matter to this person, in order."""
    return tuple(page for page in PAGES if page.is_on_the_way(answers))


def after(slug: str, answers: Answers) -> Page:
    """The next page that applies."""
    following = PAGES[PAGES.index(BY_SLUG[slug]) + 1 :]
    return next((page for page in following if page.is_on_the_way(answers)), BY_SLUG["check"])


def before(slug: str, answers: Answers) -> Page | None:
    """The page before that applies, or None at the beginning."""
    earlier = PAGES[: PAGES.index(BY_SLUG[slug])]
    return next((page for page in reversed(earlier) if page.is_on_the_way(answers)), None)


@dataclass(frozen=True)
class Progress:
    """Where a page stands among the subjects that apply."""

    number: int
    total: int
    title: str | Promise
    left: tuple[str | Promise, ...]


def progress(slug: str, answers: Answers) -> Progress:
    """Which step of how many a page belongs to, and which are left after it."""
    section = BY_SLUG[slug].section
    present = {page.section for page in asked_pages(answers)} | {section}
    steps = [each for each in SECTIONS if each.id in present]
    index = next(number for number, each in enumerate(steps) if each.id == section)
    return Progress(index + 1, len(steps), steps[index].title, tuple(each.title for each in steps[index + 1 :]))
