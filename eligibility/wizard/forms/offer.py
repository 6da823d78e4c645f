"""A job offer in Canada."""

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import relevance
from eligibility.wizard.fields import ChoiceQuestion, MoneyField, NumberField, SelectQuestion
from eligibility.wizard.forms.choices import (
    countries_of_permanent_residents,
    offer,
    province_question,
    some_of,
    yes_no,
)
from eligibility.wizard.forms.occupation import OccupationForm, job_title, unit_group
from eligibility.wizard.places import Choices

ANOTHER_PROFESSION = "other"


def cusma_professions() -> Choices:
    """The professions that the rules name, and that it is none of them."""
    named = [(title, title) for title in relevance.values_named("job_offer_cusma_profession")]
    return [("", _("Choose a profession")), *named, (ANOTHER_PROFESSION, _("None of these"))]


class JobOfferForm(OccupationForm):
    page = "job-offer"
    why = _("What the job is, where it is and what it pays decide which programs it opens.")

    job_title = job_title(label=_("What job is offered?"))
    noc = unit_group()
    province = province_question(_("In which province or territory is the job?"))
    hours_per_week = NumberField(
        label=_("How many hours a week?"),
        wrong=_("Enter the hours a week in the offer, for example 40, or tick “I don't know yet”."),
        low=0.5,
        high=168,
        step=0.25,
        may_be_unknown=True,
    )
    permanent = yes_no(
        _("Is it permanent?"),
        _("Say whether the job is permanent, or choose “I don't know yet”."),
        hint=_("That is, without an end date."),
    )
    seasonal = yes_no(
        _("Is it seasonal work?"),
        _("Say whether the work is seasonal, or choose “I don't know yet”."),
        hint=_("That is, only for a part of each year, as on a farm or at a ski resort."),
        optional=True,
    )
    duration_months = NumberField(
        label=_("For how many months is it?"),
        wrong=_("Enter a whole number of months, for example 24, or tick “I don't know yet”."),
        low=1,
        high=600,
        may_be_unknown=True,
    )
    wage = MoneyField(
        label=_("What does it pay?"),
        help_text=_("In Canadian dollars, before tax, without bonuses."),
        wrong=_("Enter the pay in Canadian dollars, for example 95,000 or 48.50, or tick “I don't know yet”."),
        unit=_("Canadian dollars"),
        may_be_unknown=True,
        why=_("Some programs have a lowest wage."),
    )
    wage_per = ChoiceQuestion(
        label=_("Is that for a year or for an hour?"),
        choices=[("year", _("A year")), ("hour", _("An hour"))],
        missing=_("Say whether the pay is for a year or for an hour."),
    )
    local_median_hourly_wage = MoneyField(
        label=_("What is the middle hourly wage for this job where it is?"),
        help_text=_(
            "Look it up on jobbank.gc.ca under “Trend analysis”: search for the occupation and the "
            "region, and take the "
            "median."
        ),
        wrong=_("Enter an hourly wage in Canadian dollars, for example 48.50, or tick “I don't know yet”."),
        unit=_("Canadian dollars an hour"),
        may_be_unknown=True,
        why=_("Permits through the Global Talent Stream ask for at least that much."),
    )
    lmia = ChoiceQuestion(
        label=_("Has the employer got a Labour Market Impact Assessment (LMIA) for the job?"),
        choices=[
            ("none", _("No LMIA")),
            ("gts_a", _("Yes, through the Global Talent Stream, category A")),
            ("gts_b", _("Yes, through the Global Talent Stream, category B")),
            ("standard", _("Yes, an ordinary LMIA")),
            ("exempt", _("The job needs none (for example a trade agreement or a transfer)")),
        ],
        unknown=True,
        missing=_("Choose what is true of the offer, or “I don't know yet”."),
    )
    intra_company = yes_no(
        _("Is it a transfer inside the company you work for?"),
        _("Say whether it is a transfer, or choose “I don't know yet”."),
    )
    employer_category_a_referral = yes_no(
        _("Has a partner organisation referred the employer to the Global Talent Stream?"),
        _("Say whether the employer was referred, or choose “I don't know yet”."),
        hint=_("Your employer knows. It opens category A, for unique and specialized talent."),
    )
    works_there_now = yes_no(
        _("Do you work for this employer in Canada already?"),
        _("Say whether you work there already, or choose “I don't know yet”."),
    )
    months_in_this_job = NumberField(
        label=_("For how many months?"),
        wrong=_("Enter a whole number of months, for example 8, or tick “I don't know yet”."),
        high=600,
        may_be_unknown=True,
    )
    cusma_profession = SelectQuestion(
        label=_("Which profession of the CUSMA list is it?"),
        help_text=_("CUSMA is the trade agreement of Canada, the United States and Mexico."),
        source=cusma_professions,
        missing=_("Choose a profession from the list, or tick “I don't know yet”."),
        may_be_unknown=True,
        optional=True,
        why=_("Citizens of these countries get a permit for a job on the list without an LMIA."),
    )
    permanent_residences = some_of(
        _("Are you a permanent resident of one of these countries?"),
        _("Tick the countries, “None of these”, or “I don't know yet”."),
        optional=True,
        why=_("Some trade agreements count permanent residents as they count citizens."),
    )

    def prepare(self) -> None:
        """Offer the countries that the rules name."""
        super().prepare()
        offer(self, "permanent_residences", countries_of_permanent_residents)
