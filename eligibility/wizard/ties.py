"""What ties a person to Canada, and which questions about it the rules still make worth asking."""

from collections.abc import Callable, Mapping

from eligibility.answers.document import Answers
from eligibility.wizard import relevance

NOT_SURE = "unsure"
# What the employer's page can ask, and the facts of the rules that each question settles.
EMPLOYER: Mapping[str, tuple[str, ...]] = {
    "region": ("job_offer_region",),
    "naics": ("employer_sector", "employer_naics"),
    "years_in_business": ("employer_years_in_business",),
    "years_in_province": ("employer_years_in_province",),
    "full_time_staff": ("employer_full_time_staff",),
    "annual_revenue_cad": ("employer_annual_revenue",),
    "public_body": ("employer_public_body",),
    "applicant_ownership_percent": ("employer_applicant_ownership",),
    "supports_nomination": ("job_offer_supports_nomination",),
    "confirms_language": ("employer_confirms_language",),
    "from_government_mission": ("offer_from_government_mission",),
    "designated_for": ("employer_designated_for",),
    "category_a_positions_this_year": ("category_a_positions_this_year",),
}
PAPERS = ("licensed_provinces", "invitation_letters")
PARTNER_IN_CANADA = (
    "partner_canada_status",
    "partner_permit_months_left",
    "partner_job_offer",
    "partner_job_offer_noc",
    "partner_job_offer_teer",
)


def has_offer(answers: Answers) -> bool:
    """Whether the person has a job offer in Canada."""
    return answers.value("canada", "job_offer") == "yes"


def _means_to_live_in(answers: Answers) -> relevance.Places:
    chosen = answers.value("you", "provinces")
    return frozenset(chosen) if chosen and NOT_SURE not in chosen else None


def offer_places(answers: Answers) -> relevance.Places:
    """Where the job offer is, or else may be: where the person means to live. None for anywhere."""
    province = answers.value("job-offer", "province")
    return frozenset({province}) if province else _means_to_live_in(answers)


def _places(answers: Answers) -> relevance.Places:
    """The provinces whose programs the person may look at: where they mean to live, and where an offer is."""
    meant, offered = _means_to_live_in(answers), answers.value("job-offer", "province")
    return meant | {offered} if meant and offered and has_offer(answers) else meant


def of_offer(*facts: str) -> Callable[[Answers], bool]:
    """Whether a fact counts for an offer where this one is."""
    return lambda answers: relevance.matters(facts, offer_places(answers), has_offer=True)


def of_any_offer(*facts: str) -> Callable[[Answers], bool]:
    """Whether a fact counts for an offer anywhere."""
    return lambda _answers: relevance.matters(facts, None, has_offer=True)


def employer_asked(answers: Answers) -> bool:
    """Whether there is anything to ask of the employer."""
    return has_offer(answers) and any(of_offer(*facts)(answers) for facts in EMPLOYER.values())


def region_asked(answers: Answers) -> bool:
    """Whether it counts where in the province the job is."""
    return bool(relevance.choices_in_use("job_offer_region", offer_places(answers)))


def category_a_asked(answers: Answers) -> bool:
    """Whether it counts how many such positions the employer has: not if it was not referred."""
    referred = answers.value("job-offer", "employer_category_a_referral") != "no"
    return referred and of_offer(*EMPLOYER["category_a_positions_this_year"])(answers)


def cusma_asked(answers: Answers) -> bool:
    """Whether the person is a citizen of a country whose citizens the list of professions is for."""
    mine = {answers.value("you", "citizenship"), answers.value("you", "second_citizenship")}
    return bool(mine & relevance.values_named_beside("job_offer_cusma_profession", "citizenships"))


def papers_matter(answers: Answers) -> bool:
    """Whether a province the person looks at counts licences, or invites by letter."""
    return relevance.matters(PAPERS, _places(answers), has_offer=True)


def has_papers(answers: Answers) -> bool:
    """Whether the person holds such papers, and they count."""
    return answers.value("canada", "papers") == "yes" and papers_matter(answers)


def partner_matters(answers: Answers) -> bool:
    """Whether some rule looks at where a partner stands in Canada."""
    return relevance.matters(PARTNER_IN_CANADA, _places(answers), has_offer=has_offer(answers))


def income_asked(answers: Answers) -> bool:
    """Whether the family's income counts where the job is."""
    return has_offer(answers) and of_offer("annual_family_income")(answers)


def province_counts_months(province: str) -> bool:
    """Whether it counts there how long one has lived in the province."""
    counted = ("months_in_canada_province",)
    return bool(province) and relevance.matters(counted, frozenset({province}), has_offer=True)
