"""The words of the results page: verdicts, intakes, authorities, categories, answers still missing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, gettext_lazy

from eligibility.engine.assessment import Citation, IntakeState

VERDICTS = {
    "eligible": gettext_lazy("Eligible"),
    "likely": gettext_lazy("Likely – a person must confirm the rest"),
    "unknown": gettext_lazy("An answer is missing"),
    "not_eligible": gettext_lazy("Not eligible now"),
    None: gettext_lazy("Not checked here"),
}

REQUIREMENTS = {
    "met": gettext_lazy("Met"),
    "missed": gettext_lazy("Missed"),
    "confirm": gettext_lazy("To confirm"),
    "answer": gettext_lazy("Answer needed"),
}

OUTLOOKS = {
    "yes": gettext_lazy("Realistic"),
    "with_effort": gettext_lazy("Possible, with effort"),
    "unlikely": gettext_lazy("Unlikely as things stand"),
    "no": gettext_lazy("Not from where you stand"),
}

CATEGORIES = {
    "express_entry": gettext_lazy("Express Entry programs"),
    "ee_category": gettext_lazy("Express Entry categories: groups invited in rounds of their own"),
    "work_permit": gettext_lazy("Work permits"),
    "pnp_stream": gettext_lazy("Provincial nomination"),
    "regional": gettext_lazy("Regional programs"),
    "quebec": gettext_lazy("Quebec"),
    "other": gettext_lazy("Other programs"),
}

LEADS_TO = {
    "permanent_residence": gettext_lazy("permanent residence"),
    "nomination": gettext_lazy("a nomination by a province"),
    "work_permit": gettext_lazy("a work permit"),
    "study_permit": gettext_lazy("a study permit"),
    "visit": gettext_lazy("a visit"),
}

# Goals that let a person be in Canada for a time and no more: counted apart from doors to work and to settle.
STAYS = frozenset({"study_permit", "visit"})
STAYS_TITLE = gettext_lazy("Ways to stay as a student or visitor")

AUTHORITIES = {
    "federal": gettext_lazy("Government of Canada"),
    "regional": gettext_lazy("Government of Canada, with communities"),
    "ab": gettext_lazy("Alberta"),
    "bc": gettext_lazy("British Columbia"),
    "mb": gettext_lazy("Manitoba"),
    "nb": gettext_lazy("New Brunswick"),
    "nl": gettext_lazy("Newfoundland and Labrador"),
    "ns": gettext_lazy("Nova Scotia"),
    "nt": gettext_lazy("Northwest Territories"),
    "nu": gettext_lazy("Nunavut"),
    "on": gettext_lazy("Ontario"),
    "pe": gettext_lazy("Prince Edward Island"),
    "qc": gettext_lazy("Quebec"),
    "sk": gettext_lazy("Saskatchewan"),
    "yt": gettext_lazy("Yukon"),
}

TOPICS = {
    "warning": gettext_lazy("Know this before you begin"),
    "fee": gettext_lazy("What it costs"),
    "processing": gettext_lazy("How long it takes"),
    "selection": gettext_lazy("How people are chosen"),
    "documents": gettext_lazy("Documents to gather"),
    "employer": gettext_lazy("What the employer must do"),
    "family_partner": gettext_lazy("What your family may get"),
    "family_children": gettext_lazy("What your family may get"),
    "after": gettext_lazy("What it can lead to"),
}

PARTNER_TOPIC, CHILDREN_TOPIC = "family_partner", "family_children"
FAMILY_TOPICS = frozenset({PARTNER_TOPIC, CHILDREN_TOPIC})

CONFIDENCE = {
    "single": gettext_lazy("Found in one source only."),
    "memory": gettext_lazy("Not confirmed on an official page."),
    "judgement": gettext_lazy("Our reading of the text."),
}

NOTICE_CONFIDENCE = {
    "reported": gettext_lazy("Reported, not confirmed"),
    "proposed": gettext_lazy("Proposed, not decided"),
    "announced": gettext_lazy("Announced, not in force"),
}

# The beginning of an answer's place in a profile, what the person knows it as, and the page that asks for it. The
# longest beginning counts.
ANSWERS = {
    "birth_date": (gettext_lazy("your birth date"), "you"),
    "citizenships": (gettext_lazy("your citizenships"), "you"),
    "residence": (gettext_lazy("the country you live in"), "you"),
    "marital_status": (gettext_lazy("whether you have a spouse or partner"), "family"),
    "partner": (gettext_lazy("facts about your partner"), "family"),
    "partner.accompanying": (gettext_lazy("whether your partner comes along"), "family"),
    "partner.canadian_citizen_or_pr": (
        gettext_lazy("whether your partner is Canadian or a permanent resident"),
        "family",
    ),
    "partner.education": (gettext_lazy("your partner's education"), "partner-education"),
    "partner.language_tests": (gettext_lazy("your partner's language results"), "partner-language"),
    "partner.work": (gettext_lazy("your partner's work in Canada"), "partner-work"),
    "education": (gettext_lazy("your education and its assessment for Canada"), "education"),
    "language_tests": (gettext_lazy("your language results"), "language"),
    "work": (gettext_lazy("your work history"), "work"),
    "trade_certificate": (gettext_lazy("whether you hold a Canadian trade certificate"), "canada"),
    "partner.canada": (gettext_lazy("your partner's status and work permit in Canada"), "canada"),
    "partner.job_offer": (gettext_lazy("your partner's job or job offer in Canada"), "canada"),
    "job_offer": (gettext_lazy("details of a job offer in Canada"), "canada"),
    "job_offer.region": (gettext_lazy("where in the province the job is"), "employer"),
    "job_offer.seasonal": (gettext_lazy("whether the job is seasonal"), "job-offer"),
    "job_offer.cusma_profession": (gettext_lazy("the job's profession on the CUSMA list"), "job-offer"),
    "job_offer.supports_nomination": (gettext_lazy("whether the employer supports your nomination"), "employer"),
    "job_offer.from_government_mission": (
        gettext_lazy("whether the offer came from a government's recruitment event"),
        "employer",
    ),
    "job_offer.employer_years_in_business": (gettext_lazy("the employer's years in business"), "employer"),
    "job_offer.employer": (gettext_lazy("facts about the employer"), "employer"),
    "job_offer.employer.years_in_province": (gettext_lazy("the employer's years in the province"), "employer"),
    "job_offer.employer.full_time_staff": (gettext_lazy("how many people work for the employer"), "employer"),
    "job_offer.employer.annual_revenue_cad": (gettext_lazy("the employer's yearly revenue"), "employer"),
    "job_offer.employer.naics": (gettext_lazy("the employer's sector"), "employer"),
    "job_offer.employer.public_body": (gettext_lazy("whether the employer is a public body"), "employer"),
    "job_offer.employer.applicant_ownership_percent": (gettext_lazy("your share in the company"), "employer"),
    "job_offer.employer.category_a_referral": (
        gettext_lazy("whether the employer was referred to the Global Talent Stream"),
        "job-offer",
    ),
    "job_offer.employer.category_a_positions_this_year": (
        gettext_lazy("the employer's Category A positions this year"),
        "employer",
    ),
    "job_offer.employer.confirms_language": (
        gettext_lazy("whether the employer confirms that your language is enough"),
        "employer",
    ),
    "job_offer.employer.designated_for": (gettext_lazy("which programs the employer is designated for"), "employer"),
    "nomination.support_letter": (gettext_lazy("whether you hold a letter for a work permit"), "nomination"),
    "nomination": (gettext_lazy("whether a province has nominated you"), "canada"),
    "relatives_in_canada": (gettext_lazy("relatives in Canada"), "relatives"),
    "settlement_funds_cad": (gettext_lazy("the money you could bring"), "money"),
    "family_size": (gettext_lazy("the size of your family"), "family"),
    "children": (gettext_lazy("your children"), "children"),
    "provinces_of_interest": (gettext_lazy("where you mean to live"), "you"),
    "intends_to_live_in": (gettext_lazy("where you mean to live"), "you"),
    "h1b": (gettext_lazy("your H-1B dates"), "h1b-dates"),
    "h1b.last_day_worked": (gettext_lazy("your last day of work"), "h1b-dates"),
    "h1b.i94_expires": (gettext_lazy("the day your I-94 ends"), "h1b-dates"),
    "h1b.expires": (gettext_lazy("the day your H-1B approval ends"), "h1b-dates"),
    "h1b.visa_valid_until": (gettext_lazy("the day your visa ends"), "h1b-dates"),
    "h1b.first_h1b_day": (gettext_lazy("your first day in H-1B status"), "h1b-dates"),
    "h1b.days_abroad": (gettext_lazy("your days outside the United States"), "h1b-dates"),
    "h1b.six_years_end": (gettext_lazy("the last day of your six years"), "h1b-dates"),
    "h1b.petition_filed_on": (gettext_lazy("the day the petition was filed"), "h1b-dates"),
    "h1b.response_due": (gettext_lazy("the last day for the answer"), "h1b-dates"),
    "h1b.labor_certification_filed_on": (gettext_lazy("the day a labor certification was filed"), "h1b-dates"),
    "canada.permit_expires": (gettext_lazy("the day your Canadian permit ends"), "in-canada"),
    "us_job": (gettext_lazy("your present job in the United States"), "us-job"),
    "us_permanent_resident": (gettext_lazy("whether you hold a US green card"), "you"),
    "canada": (gettext_lazy("your status in Canada"), "in-canada"),
    "express_entry_profile": (gettext_lazy("whether you have an Express Entry profile"), "canada"),
    "canada.months_in_province": (gettext_lazy("how long you have lived in your province"), "in-canada"),
    "permanent_residences": (gettext_lazy("where else you are a permanent resident"), "job-offer"),
    "licensed_in_canada": (gettext_lazy("whether you are licensed in Canada"), "canada"),
    "annual_family_income_cad": (gettext_lazy("your family's income"), "money"),
    "invitation_letters": (gettext_lazy("letters of invitation you hold"), "canada"),
    "canada.present": (gettext_lazy("whether you are in Canada now"), "canada"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict or a finding as the page shows it: a shape and a word, so that colour is never alone."""

    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class Question:
    """An answer that is missing: what the person knows it as, and the page that asks for it."""

    name: str
    page: str


def questions(missing: Iterable[str]) -> tuple[Question, ...]:
    """The questions behind missing answers, each once.

    >>> [question.page for question in questions(["education[0].eca", "education[1].level", "birth_date"])]
    ['education', 'you']
    """
    found: dict[Question, None] = {}
    for path in missing:
        plain = path.partition("[")[0]
        while plain and plain not in ANSWERS:
            plain = plain.rpartition(".")[0]
        name, page = ANSWERS[plain] if plain else (gettext("a detail of your answers"), "check")
        found[Question(str(name), page)] = None
    return tuple(found)


def answer_names(missing: Iterable[str]) -> tuple[str, ...]:
    """Say which answers are missing, in the person's words, each once.

    >>> answer_names(["education[0].eca", "education[1].level", "birth_date"])
    ('your education and its assessment for Canada', 'your birth date')
    """
    return tuple(question.name for question in questions(missing))


def join(parts: Iterable[str]) -> str:
    """Join words as a sentence does.

    >>> join(["age", "education", "work"])
    'age, education and work'
    """
    *firsts, last = parts
    if not firsts:
        return last
    return gettext("%(firsts)s and %(last)s") % {"firsts": ", ".join(firsts), "last": last}


def join_some(parts: Sequence[str], most: int = 5) -> str:
    """Join words as a sentence does, and only count those that would make it too long.

    >>> join_some(["age", "education", "work", "money"], 2)
    'age, education and 2 more'
    """
    left = len(parts) - most
    if left <= 1:
        return join(parts)
    return join([*parts[:most], gettext("%(count)d more") % {"count": left}])


def day(value: dt.date) -> str:
    """A date in words: 21 November 2026."""
    return _day(value, get_language())


# The page of results names the same few days over and over.
@lru_cache(maxsize=1024)
def _day(value: dt.date, _language: str | None) -> str:
    return date_format(value, "j F Y")


def partial_date(value: str) -> str:
    """A year, a month or a day, as far as it is known.

    >>> partial_date("2026"), partial_date("2026-06"), partial_date("2026-06-14")
    ('2026', 'June 2026', '14 June 2026')
    """
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    if len(parts) == 2:
        return date_format(dt.date(parts[0], parts[1], 1), "F Y")
    return day(dt.date(parts[0], parts[1], parts[2]))


def number(value: float) -> str:
    """A figure as the language writes it: 1,200."""
    return _number(value, get_language())


def limit_name(name: str) -> str:
    """What a section, a group or a factor takes off for counting only so much at most."""
    return gettext("Limit of %(name)s") % {"name": name}


# Typed, because 2 and 2.0 are equal and written differently.
@lru_cache(maxsize=4096, typed=True)
def _number(value: float, _language: str | None) -> str:
    return str(number_format(value, force_grouping=True))


def count_word(value: int) -> str:
    """A small count as a word, a larger one in figures."""
    words = (
        gettext("No"), gettext("One"), gettext("Two"), gettext("Three"), gettext("Four"), gettext("Five"),
        gettext("Six"), gettext("Seven"), gettext("Eight"), gettext("Nine"), gettext("Ten"),
    )  # fmt: skip
    return words[value] if value < len(words) else number(value)


def authority_name(authority: str) -> str:
    """The public name of who decides."""
    return _authority_name(authority, get_language())


@lru_cache(maxsize=128)
def _authority_name(authority: str, _language: str | None) -> str:
    return str(AUTHORITIES.get(authority.lower(), authority))


_NOT_OPEN = {
    "paused": gettext_lazy("Paused since %(day)s"),
    "closed": gettext_lazy("Closed since %(day)s"),
    "cap_reached": gettext_lazy("Full since %(day)s"),
    "announced": gettext_lazy("Announced on %(day)s, not open yet"),
}


def intake_text(intake: IntakeState | None) -> str:
    """Whether a program takes applications, in one short sentence."""
    if intake is None:
        return gettext("Whether it takes applications is not known here")
    if intake.status == "open":
        if intake.until is not None:
            return gettext("Takes applications until %(day)s") % {"day": day(intake.until)}
        return gettext("Takes applications")
    return str(_NOT_OPEN[intake.status]) % {"day": day(intake.since)}


def check_text(citation: Citation) -> str:
    """What is to be checked about a statement, or nothing."""
    parts = [str(CONFIDENCE.get(citation.confidence, "")), citation.caution or ""]
    return " ".join(part for part in parts if part)
