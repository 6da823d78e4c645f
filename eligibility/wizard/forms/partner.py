"""The partner: where they stand in Canada, and what only matters of one who would apply in the person's place.

The questions and their words are the person's own wherever those exist.
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eligibility.wizard.fields import RATHER_NOT_SAY, ChoiceQuestion, DayField, NumberField, SelectQuestion
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import (
    PERMITS,
    STATUSES,
    countries_of_permanent_residents,
    offer,
    some_of,
    yes_no,
)
from eligibility.wizard.forms.h1b import SituationForm, USJobForm
from eligibility.wizard.forms.occupation import OccupationForm, job_title, unit_group
from eligibility.wizard.forms.papers import PapersForm
from eligibility.wizard.places import PROVINCES, country_choices

NO_H1B = "no_h1b"
ABROAD = "abroad"


class PartnerCanadaForm(OccupationForm):
    page = "partner-canada"
    why = _("If your partner works in Canada, or will, you may get an open work permit of your own.")

    status = ChoiceQuestion(
        label=_("What is your partner's status in Canada?"),
        choices=[*STATUSES, (ABROAD, _("My partner is not in Canada now"))],
        unknown=True,
        missing=_("Choose your partner's status in Canada, or “I don't know yet”."),
    )
    permit = ChoiceQuestion(
        label=_("Which work permit does your partner hold?"),
        choices=[*PERMITS, ("none", _("My partner has no work permit"))],
        unknown=True,
        missing=_("Choose your partner's work permit, or “I don't know yet”."),
    )
    permit_expires = DayField(
        label=_("Until when is your partner's permit valid?"),
        wrong=_("Enter the day the permit ends, for example 30 June 2027, or tick “I don't know yet”."),
        may_be_unknown=True,
    )
    job_offer = yes_no(
        _("Does your partner have a job or a job offer in Canada?"),
        _("Say whether your partner has a job or an offer, or choose “I don't know yet”."),
    )
    job_title = job_title(label=_("What is the job?"))
    noc = unit_group()


class PartnerSelfForm(StepForm):
    page = "partner-self"
    why = _("If your partner applies in your place, these count for them as they do for you now.")

    birth_date = DayField(
        label=_("When was your partner born?"),
        wrong=_("Enter your partner's date of birth, for example 17 May 1994. It cannot be after today."),
        past=True,
        may_be_unknown=True,
        why=_("Age is worth points and changes on the birthday."),
    )
    citizenship = SelectQuestion(
        label=_("What is your partner's citizenship?"),
        source=country_choices,
        missing=_("Choose the country your partner is a citizen of, or tick “I'd rather not say”."),
        may_be_unknown=RATHER_NOT_SAY,
    )
    residence = SelectQuestion(
        label=_("In which country does your partner live?"),
        source=country_choices,
        missing=_("Choose the country your partner lives in, or tick “I'd rather not say”."),
        may_be_unknown=RATHER_NOT_SAY,
    )
    nomination = yes_no(
        _("Has a province nominated your partner?"),
        _("Say whether your partner is nominated, or choose “I don't know yet”."),
    )
    trade_certificate = yes_no(
        _("Does your partner hold a Canadian certificate in a trade?"),
        _("Say whether your partner holds a certificate, or choose “I don't know yet”."),
    )
    express_entry_profile = yes_no(
        _("Does your partner have an Express Entry profile of their own?"),
        _("Say whether your partner has a profile, or choose “I don't know yet”."),
    )


class PartnerH1BForm(SituationForm):
    page = "partner-h1b"
    why = _("Some permits look at it. In the sentences below, “you” is your partner.")
    others: ClassVar[tuple[tuple[str, str | Promise], ...]] = (
        (NO_H1B, _("My partner has no H-1B, and nobody has asked for one.")),
        *SituationForm.others,
    )

    situation = ChoiceQuestion(
        label=_("Which of these is nearest to where your partner stands with an H-1B of their own?"),
        choices=[],
        missing=_("Choose the sentence that is nearest to your partner's situation, or “I don't know yet”."),
    )
    visa_valid_until = DayField(
        label=_("Until what day is the H-1B visa in your partner's passport (the stamp) valid?"),
        wrong=_("Enter the day the H-1B visa ends, for example 12 May 2027, or tick “I don't know yet”."),
        may_be_unknown=True,
    )


class PartnerUSJobForm(USJobForm):
    page = "partner-us-job"
    why = _("A company with an office in Canada can sometimes move your partner there, and you with them.")
    field_order = ("has_us_job", "months_with_employer", "capacity", "employer_has_canadian_affiliate")

    has_us_job = yes_no(
        _("Does your partner have a job in the United States now?"),
        _("Say whether your partner has a job there, or choose “I don't know yet”."),
    )
    months_with_employer = NumberField(
        label=_("How many months has your partner worked for their present employer?"),
        help_text=_("Two and a half years are 30 months."),
        wrong=_("Enter a whole number of months, for example 30, or tick “I don't know yet”."),
        high=720,
        may_be_unknown=True,
    )
    capacity = ChoiceQuestion(
        label=_("What is your partner's role there?"),
        choices=[
            ("executive", _("Executive: they set the direction of the company or a large part of it")),
            ("manager", _("Manager: they lead people or an essential function")),
            ("specialized_knowledge", _("Specialist: few others know the products or processes as they do")),
            ("other", _("None of these")),
        ],
        unknown=True,
        missing=_("Choose the role that is nearest to your partner's, or “I don't know yet”."),
    )
    employer_has_canadian_affiliate = yes_no(
        _("Does your partner's employer have a company in Canada?"),
        _("Say whether their employer has a company in Canada, or choose “I don't know yet”."),
        hint=_("A branch, parent, subsidiary or sister company."),
    )


class PartnerPapersForm(PapersForm):
    page = "partner-papers"
    why = _("Each of these opens or closes a way for your partner as the applicant.")
    field_order = ("us_permanent_resident", "permanent_residences", "licensed", "invitations")

    us_permanent_resident = yes_no(
        _("Is your partner a permanent resident of the United States?"),
        _("Say whether your partner holds a green card, or choose “I don't know yet”."),
        hint=_("That is, they hold a green card."),
    )
    permanent_residences = some_of(
        _("Is your partner a permanent resident of one of these countries?"),
        _("Tick the countries, “None of these”, or “I don't know yet”."),
        why=_("Some trade agreements count permanent residents as they count citizens."),
    )
    licensed = some_of(
        _("Where in Canada is your partner licensed to practise their occupation?"),
        _("Tick the provinces where your partner is licensed, “None of these”, or “I don't know yet”."),
        hint=_("By the body that regulates it there, for example a college of nurses."),
        choices=PROVINCES,
    )
    invitations = some_of(
        _("Which of these programs has sent your partner a letter of invitation?"),
        _("Tick the programs that invited your partner, “None of these”, or “I don't know yet”."),
        hint=_("A letter with their name on it. A notice that a program has opened is not one."),
    )

    def prepare(self) -> None:
        """Offer the countries and the programs that the rules name."""
        super().prepare()
        offer(self, "permanent_residences", countries_of_permanent_residents)
