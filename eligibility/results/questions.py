"""Answers that are missing: what the person knows each as, and the page of the questionnaire that asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

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
