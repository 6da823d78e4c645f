"""What ties a person to Canada: an offer, relatives, a nomination, a certificate, being there."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import relevance, rules
from eligibility.wizard.fields import (
    ChoiceQuestion,
    DayField,
    MoneyField,
    NumberField,
    SelectQuestion,
    SeveralQuestion,
    Words,
)
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.h1b import YES_NO
from eligibility.wizard.forms.occupation import OccupationForm, job_title, unit_group
from eligibility.wizard.places import Choices, country_name, province_choices


def yes_no(
    label: Words, missing: Words, *, hint: Words = "", why: Words = "", optional: bool = False
) -> ChoiceQuestion:
    """A question with yes, no and "I don't know yet"."""
    return ChoiceQuestion(
        label=label, help_text=hint, choices=YES_NO, unknown=True, missing=missing, why=why, optional=optional
    )


def _province(label: Words) -> SelectQuestion:
    return SelectQuestion(
        label=label,
        source=province_choices,
        missing=_("Choose the province or territory, or tick “I don't know yet”."),
        may_be_unknown=True,
    )


NONE_OF_THESE = "none"
NONE_OF_THESE_CHOICE: tuple[str, Words] = (NONE_OF_THESE, _("None of these"))
ANOTHER_PROFESSION = "other"
STATUSES: tuple[tuple[str, Words], ...] = (
    ("visitor", _("Visitor")),
    ("worker", _("Worker, with a work permit")),
    ("student", _("Student, with a study permit")),
    ("refugee_claimant", _("Refugee claimant")),
    ("none", _("None of these")),
)
PERMITS: tuple[tuple[str, Words], ...] = (
    ("lmia", _("For one employer, with a Labour Market Impact Assessment (LMIA)")),
    ("exempt_employer", _("For one employer, without an LMIA (for example a transfer or a trade agreement)")),
    ("pgwp", _("Post-graduation work permit")),
    ("spousal_open", _("Open work permit as somebody's partner")),
    ("h1b_open", _("Open work permit for H-1B holders")),
    ("open", _("Another open work permit")),
)


def cusma_professions() -> Choices:
    """The professions that the rules name, and that it is none of them."""
    named = [(title, title) for title in relevance.values_named("job_offer_cusma_profession")]
    return [("", _("Choose a profession")), *named, (ANOTHER_PROFESSION, _("None of these"))]


class CanadaForm(StepForm):
    page = "canada"
    why = _("Each of these can open a door by itself. Most people have none of them, and that is fine.")

    present = yes_no(_("Are you in Canada now?"), _("Say whether you are in Canada now, or choose “I don't know yet”."))
    job_offer = yes_no(
        _("Do you have a job offer from an employer in Canada?"),
        _("Say whether you have a job offer in Canada, or choose “I don't know yet”."),
        hint=_("In writing. Talks that have begun are not an offer yet."),
        why=_("An offer decides whether work permits and most provincial programs are open."),
    )
    nomination = yes_no(
        _("Has a province or territory nominated you?"),
        _("Say whether you hold a nomination, or choose “I don't know yet”."),
        hint=_("You would hold a nomination certificate. An invitation to apply for one is not a nomination yet."),
    )
    trade_certificate = yes_no(
        _("Do you hold a Canadian certificate of qualification in a trade?"),
        _("Say whether you hold a trade certificate, or choose “I don't know yet”."),
        hint=_("From a province or territory, for example as an electrician or welder."),
    )
    express_entry_profile = yes_no(
        _("Do you have an Express Entry profile already?"),
        _("Say whether you have an Express Entry profile, or choose “I don't know yet”."),
        why=_("Some programs choose only among those who have one."),
    )
    papers = yes_no(
        _("Do you hold a licence or a letter of invitation from a province?"),
        _("Say whether you hold one of these, or choose “I don't know yet”."),
        hint=_("For example a licence as a nurse or an engineer, or a letter that invites you to apply."),
        why=_("Some provincial programs are only for those who hold one."),
        optional=True,
    )
    partner_in_canada = yes_no(
        _("Is your partner in Canada now, or do they have a job offer there?"),
        _("Say whether your partner is in Canada or has an offer there, or choose “I don't know yet”."),
        why=_("If your partner works in Canada, you may get an open work permit."),
        optional=True,
    )


class InCanadaForm(StepForm):
    page = "in-canada"
    why = _(
        "Your status in Canada decides whether you may work now, and some programs are only for people already there."
    )

    status = ChoiceQuestion(
        label=_("What is your status in Canada?"),
        choices=STATUSES,
        unknown=True,
        missing=_("Choose your status in Canada, or “I don't know yet”."),
    )
    permit = ChoiceQuestion(
        label=_("Which work permit do you hold?"),
        choices=[*PERMITS, ("none", _("I have no work permit"))],
        unknown=True,
        missing=_("Choose your work permit, or “I don't know yet”."),
    )
    permit_expires = DayField(
        label=_("Until when is the permit valid?"),
        wrong=_("Enter the day the permit ends, for example 30 June 2027, or tick “I don't know yet”."),
        may_be_unknown=True,
    )
    province = _province(_("In which province or territory are you?"))
    months_in_province = NumberField(
        label=_("For how many months have you lived in that province?"),
        wrong=_("Enter a whole number of months, for example 8, or tick “I don't know yet”."),
        high=1200,
        may_be_unknown=True,
        why=_("Some of its programs are for people who have lived there for a while."),
    )


class JobOfferForm(OccupationForm):
    page = "job-offer"
    why = _("What the job is, where it is and what it pays decide which programs it opens.")

    job_title = job_title(label=_("What job is offered?"))
    noc = unit_group()
    province = _province(_("In which province or territory is the job?"))
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
    permanent_residences = SeveralQuestion(
        label=_("Are you a permanent resident of one of these countries?"),
        choices=[],
        alone=NONE_OF_THESE,
        unknown=True,
        missing=_("Tick the countries, “None of these”, or “I don't know yet”."),
        optional=True,
        why=_("Some trade agreements count permanent residents as they count citizens."),
    )

    def prepare(self) -> None:
        """Offer the countries that the rules name."""
        super().prepare()
        if "permanent_residences" in self.fields:
            countries = [(code, country_name(code)) for code in relevance.values_named("permanent_residences")]
            cast(SeveralQuestion, self.fields["permanent_residences"]).offer([*countries, NONE_OF_THESE_CHOICE])


class NominationForm(StepForm):
    page = "nomination"
    why = _("A nomination linked to Express Entry all but assures an invitation.")

    province = _province(_("Which province or territory nominated you?"))
    express_entry = yes_no(
        _("Is the nomination linked to Express Entry?"),
        _("Say whether it is linked to Express Entry, or choose “I don't know yet”."),
        hint=_("The certificate or its letter says so."),
    )
    support_letter = yes_no(
        _("Did the province give you a letter that supports a work permit?"),
        _("Say whether you have such a letter, or choose “I don't know yet”."),
        hint=_("It comes with the nomination, or on request, and goes to the officer with your application."),
        why=_("With it you may work for the employer while permanent residence is decided."),
        optional=True,
    )


class TradeCertificateForm(OccupationForm):
    page = "trade-certificate"
    why = _("It is worth points, and one of the ways into the Federal Skilled Trades Program.")

    job_title = job_title(label=_("For which trade?"))
    noc = unit_group()
    province = _province(_("Which province or territory issued it?"))


RELATIONS: dict[str, Words] = {
    "sibling": _("Brother or sister"),
    "parent": _("Mother or father"),
    "grandparent": _("Grandparent"),
    "child": _("Son or daughter"),
    "grandchild": _("Grandchild"),
    "aunt_uncle": _("Aunt or uncle"),
    "niece_nephew": _("Niece or nephew"),
    "cousin": _("Cousin"),
    "distant_relative": _("Another relative"),
    "friend": _("A close friend"),
}


class RelativeForm(StepForm):
    page = "relatives"
    title = _("A relative in Canada")
    why = _("A close relative in Canada can bring points, and some provinces favour people who have family there.")

    relation = ChoiceQuestion(
        label=_("Who is it?"),
        choices=[],
        missing=_("Choose how this person is related."),
    )
    of = ChoiceQuestion(
        label=_("Whose relative is it?"),
        choices=[("applicant", _("Mine")), ("partner", _("My partner's"))],
        missing=_("Say whether it is your relative or your partner's."),
    )
    status = ChoiceQuestion(
        label=_("What is their status in Canada?"),
        choices=[("citizen", _("Citizen")), ("permanent_resident", _("Permanent resident"))],
        unknown=True,
        missing=_("Choose their status, or “I don't know yet”."),
    )
    province = _province(_("In which province or territory do they live?"))
    age_18_or_over = ChoiceQuestion(
        label=_("Are they 18 or older?"),
        choices=YES_NO,
        unknown=True,
        missing=_("Say whether they are 18 or older, or choose “I don't know yet”."),
    )

    def prepare(self) -> None:
        """Offer the relations that the rules tell apart."""
        field = cast(ChoiceQuestion, self.fields["relation"])
        field.choices = [(key, RELATIONS.get(key, key)) for key in rules.relations()]
