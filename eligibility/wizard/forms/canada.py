"""What ties a person to Canada: an offer, relatives, a nomination, a certificate, being there."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import rules
from eligibility.wizard.fields import ChoiceQuestion, DayField, MoneyField, NumberField, SelectQuestion, Words
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.h1b import YES_NO
from eligibility.wizard.forms.occupation import OccupationForm, job_title, unit_group
from eligibility.wizard.places import province_choices


def _yes_no(label: Words, missing: Words, *, hint: Words = "", why: Words = "") -> ChoiceQuestion:
    return ChoiceQuestion(label=label, help_text=hint, choices=YES_NO, unknown=True, missing=missing, why=why)


def _province(label: Words) -> SelectQuestion:
    return SelectQuestion(
        label=label,
        source=province_choices,
        missing=_("Choose the province or territory, or tick “I don't know yet”."),
        may_be_unknown=True,
    )


class CanadaForm(StepForm):
    page = "canada"
    why = _("Each of these can open a door by itself. Most people have none of them, and that is fine.")

    present = _yes_no(
        _("Are you in Canada now?"), _("Say whether you are in Canada now, or choose “I don't know yet”.")
    )
    job_offer = _yes_no(
        _("Do you have a job offer from an employer in Canada?"),
        _("Say whether you have a job offer in Canada, or choose “I don't know yet”."),
        hint=_("In writing. Talks that have begun are not an offer yet."),
        why=_("An offer decides whether work permits and most provincial programs are open."),
    )
    nomination = _yes_no(
        _("Has a province or territory nominated you?"),
        _("Say whether you hold a nomination, or choose “I don't know yet”."),
        hint=_("You would hold a nomination certificate. An invitation to apply for one is not a nomination yet."),
    )
    trade_certificate = _yes_no(
        _("Do you hold a Canadian certificate of qualification in a trade?"),
        _("Say whether you hold a trade certificate, or choose “I don't know yet”."),
        hint=_("From a province or territory, for example as an electrician or welder."),
    )
    express_entry_profile = _yes_no(
        _("Do you have an Express Entry profile already?"),
        _("Say whether you have an Express Entry profile, or choose “I don't know yet”."),
        why=_("Some programs choose only among those who have one."),
    )


class InCanadaForm(StepForm):
    page = "in-canada"
    why = _(
        "Your status in Canada decides whether you may work now, and some programs are only for people already there."
    )

    status = ChoiceQuestion(
        label=_("What is your status in Canada?"),
        choices=[
            ("visitor", _("Visitor")),
            ("worker", _("Worker, with a work permit")),
            ("student", _("Student, with a study permit")),
            ("refugee_claimant", _("Refugee claimant")),
            ("none", _("None of these")),
        ],
        unknown=True,
        missing=_("Choose your status in Canada, or “I don't know yet”."),
    )
    permit = ChoiceQuestion(
        label=_("Which work permit do you hold?"),
        choices=[
            ("lmia", _("For one employer, with a Labour Market Impact Assessment (LMIA)")),
            (
                "exempt_employer",
                _("For one employer, without an LMIA (for example a transfer or a trade agreement)"),
            ),
            ("pgwp", _("Post-graduation work permit")),
            ("spousal_open", _("Open work permit as somebody's partner")),
            ("h1b_open", _("Open work permit for H-1B holders")),
            ("open", _("Another open work permit")),
            ("none", _("I have no work permit")),
        ],
        unknown=True,
        missing=_("Choose your work permit, or “I don't know yet”."),
    )
    permit_expires = DayField(
        label=_("Until when is the permit valid?"),
        wrong=_("Enter the day the permit ends, for example 30 June 2027, or tick “I don't know yet”."),
        may_be_unknown=True,
    )
    province = _province(_("In which province or territory are you?"))


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
    permanent = _yes_no(
        _("Is it permanent?"),
        _("Say whether the job is permanent, or choose “I don't know yet”."),
        hint=_("That is, without an end date."),
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
    intra_company = _yes_no(
        _("Is it a transfer inside the company you work for?"),
        _("Say whether it is a transfer, or choose “I don't know yet”."),
    )
    employer_category_a_referral = _yes_no(
        _("Has a partner organisation referred the employer to the Global Talent Stream?"),
        _("Say whether the employer was referred, or choose “I don't know yet”."),
        hint=_("Your employer knows. It opens category A, for unique and specialized talent."),
    )
    works_there_now = _yes_no(
        _("Do you work for this employer in Canada already?"),
        _("Say whether you work there already, or choose “I don't know yet”."),
    )
    months_in_this_job = NumberField(
        label=_("For how many months?"),
        wrong=_("Enter a whole number of months, for example 8, or tick “I don't know yet”."),
        high=600,
        may_be_unknown=True,
    )


class NominationForm(StepForm):
    page = "nomination"
    why = _("A nomination linked to Express Entry all but assures an invitation.")

    province = _province(_("Which province or territory nominated you?"))
    express_entry = _yes_no(
        _("Is the nomination linked to Express Entry?"),
        _("Say whether it is linked to Express Entry, or choose “I don't know yet”."),
        hint=_("The certificate or its letter says so."),
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
