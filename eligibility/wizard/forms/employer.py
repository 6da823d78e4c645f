"""The employer who makes the offer, as far as programs for the offer's province look at it."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import relevance, ties
from eligibility.wizard.fields import MoneyField, NumberField, SelectQuestion
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import offer, some_of, yes_no
from eligibility.wizard.places import Choices


def sectors() -> Choices:
    """The sectors of the industry classification, two digits each."""
    return [("", _("Choose a sector")), *relevance.choices("employer_sector")]


class EmployerForm(StepForm):
    page = "employer"
    why = _("Provinces look at the employer as well as at you. Leave empty what you do not know.")

    region = SelectQuestion(
        label=_("Where in the province is the job?"),
        source=lambda: [("", _("Choose a region"))],
        missing=_("Choose the region, or tick “I don't know yet”."),
        may_be_unknown=True,
        optional=True,
        why=_("Points and lowest wages differ from one region to another."),
    )
    naics = SelectQuestion(
        label=_("Which sector is the employer in?"),
        source=sectors,
        missing=_("Choose the sector, or tick “I don't know yet”."),
        may_be_unknown=True,
        optional=True,
        why=_("Some programs leave out a few sectors, and some are for one only."),
    )
    years_in_business = NumberField(
        label=_("For how many years has the employer been in business?"),
        wrong=_("Enter a number of years, for example 3, or tick “I don't know yet”."),
        high=200,
        step=0.5,
        may_be_unknown=True,
        optional=True,
        why=_("There is a lowest number of years."),
    )
    years_in_province = NumberField(
        label=_("For how many years has the employer been active in the province?"),
        wrong=_("Enter a number of years, for example 3, or tick “I don't know yet”."),
        high=200,
        step=0.5,
        may_be_unknown=True,
        optional=True,
        why=_("There is a lowest number of years."),
    )
    full_time_staff = NumberField(
        label=_("How many people work there full time?"),
        help_text=_("In the province, without you."),
        wrong=_("Enter a whole number of people, for example 12, or tick “I don't know yet”."),
        high=1_000_000,
        may_be_unknown=True,
        optional=True,
        why=_("Very small employers cannot support an application everywhere."),
    )
    annual_revenue_cad = MoneyField(
        label=_("What is the employer's yearly revenue?"),
        wrong=_("Enter an amount in Canadian dollars, for example 2,500,000, or tick “I don't know yet”."),
        unit=_("Canadian dollars"),
        may_be_unknown=True,
        optional=True,
        why=_("There is a lowest revenue, so a rough figure will do."),
    )
    public_body = yes_no(
        _("Is the employer a public body?"),
        _("Say whether the employer is a public body, or choose “I don't know yet”."),
        hint=_("For example a ministry, a town, a public school or a hospital."),
        why=_("Public bodies need not show a revenue."),
        optional=True,
    )
    applicant_ownership_percent = NumberField(
        label=_("What share of the company do you own, in percent?"),
        help_text=_("Write 0 if none."),
        wrong=_("Enter a number from 0 to 100, or tick “I don't know yet”."),
        high=100,
        step=0.01,
        may_be_unknown=True,
        optional=True,
        why=_("Owners are sent to the programs for business people."),
    )
    supports_nomination = yes_no(
        _("Will the employer support your nomination?"),
        _("Say whether the employer will support it, or choose “I don't know yet”."),
        hint=_("They fill in a form for the province."),
        why=_("Without the form, the province does not look at the offer."),
        optional=True,
    )
    confirms_language = yes_no(
        _("Does the employer confirm that your English or French is enough for the job?"),
        _("Say whether the employer confirms it, or choose “I don't know yet”."),
        hint=_("On the form for the province."),
        why=_("It may be asked where there is no test result."),
        optional=True,
    )
    from_government_mission = yes_no(
        _("Did you get the offer at a recruitment event that a government led?"),
        _("Say whether the offer came from such an event, or choose “I don't know yet”."),
        hint=_("For example a mission of a province abroad, or its online job fair."),
        why=_("Some conditions are lighter for these offers."),
        optional=True,
    )
    designated_for = some_of(
        _("Is the employer designated for one of these programs?"),
        _("Tick the programs, “None of these”, or “I don't know yet”."),
        hint=_("Designated employers were approved for the program by a province or a community."),
        optional=True,
        why=_("These programs are open only through a designated employer."),
    )
    category_a_positions_this_year = NumberField(
        label=_("How many Category A positions has the employer filled through the Global Talent Stream this year?"),
        wrong=_("Enter a whole number, for example 1, or tick “I don't know yet”."),
        high=1_000_000,
        may_be_unknown=True,
        optional=True,
        why=_("After the first few in a calendar year, another one is allowed only exceptionally."),
    )

    def prepare(self) -> None:
        """Offer the regions of the province and the programs that look at employers there."""
        places = ties.offer_places(self.context.answers)
        if "region" in self.fields:
            regions = relevance.choices_in_use("job_offer_region", places)
            cast(SelectQuestion, self.fields["region"]).choices = [("", _("Choose a region")), *regions]
        offer(self, "designated_for", lambda: relevance.programs_named("employer_designated_for", places))
