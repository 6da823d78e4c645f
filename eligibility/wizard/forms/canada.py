"""Where the person stands with Canada: what they have there, and their status if they are there now."""

from django.utils.translation import gettext_lazy as _

from eligibility.wizard.fields import ChoiceQuestion, DayField, NumberField
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import PERMITS, STATUSES, province_question, yes_no


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
    province = province_question(_("In which province or territory are you?"))
    months_in_province = NumberField(
        label=_("For how many months have you lived in that province?"),
        wrong=_("Enter a whole number of months, for example 8, or tick “I don't know yet”."),
        high=1200,
        may_be_unknown=True,
        why=_("Some of its programs are for people who have lived there for a while."),
    )
