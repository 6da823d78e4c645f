"""What only matters of a partner who would apply: where they stand in the United States, and the papers they hold.

The questions and their words are the person's own wherever those exist.
"""

from typing import ClassVar, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eligibility.wizard import relevance
from eligibility.wizard.fields import ChoiceQuestion, DayField, NumberField, SeveralQuestion
from eligibility.wizard.forms.canada import NONE_OF_THESE, NONE_OF_THESE_CHOICE, yes_no
from eligibility.wizard.forms.h1b import SituationForm, USJobForm
from eligibility.wizard.forms.papers import PapersForm
from eligibility.wizard.places import PROVINCES, country_name

NO_H1B = "no_h1b"


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
    permanent_residences = SeveralQuestion(
        label=_("Is your partner a permanent resident of one of these countries?"),
        choices=[],
        alone=NONE_OF_THESE,
        unknown=True,
        missing=_("Tick the countries, “None of these”, or “I don't know yet”."),
        why=_("Some trade agreements count permanent residents as they count citizens."),
    )
    licensed = SeveralQuestion(
        label=_("Where in Canada is your partner licensed to practise their occupation?"),
        help_text=_("By the body that regulates it there, for example a college of nurses."),
        choices=[*PROVINCES, NONE_OF_THESE_CHOICE],
        alone=NONE_OF_THESE,
        unknown=True,
        missing=_("Tick the provinces where your partner is licensed, “None of these”, or “I don't know yet”."),
    )
    invitations = SeveralQuestion(
        label=_("Which of these programs has sent your partner a letter of invitation?"),
        help_text=_("A letter with their name on it. A notice that a program has opened is not one."),
        choices=[],
        alone=NONE_OF_THESE,
        unknown=True,
        missing=_("Tick the programs that invited your partner, “None of these”, or “I don't know yet”."),
    )

    def prepare(self) -> None:
        """Offer the countries and the programs that the rules name."""
        super().prepare()
        if "permanent_residences" in self.fields:
            countries = [(code, country_name(code)) for code in relevance.values_named("permanent_residences")]
            cast(SeveralQuestion, self.fields["permanent_residences"]).offer([*countries, NONE_OF_THESE_CHOICE])
