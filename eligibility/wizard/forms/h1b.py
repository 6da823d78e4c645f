"""Where the person stands with their H-1B: the situation, its dates, and the present job."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eligibility.wizard import rules
from eligibility.wizard.fields import ChoiceQuestion, DayField, NumberField
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import YES_NO, yes_no


class SituationForm(StepForm):
    page = "h1b"
    why = _("It tells us how much time you have, and which ways to Canada fit into it.")

    situation = ChoiceQuestion(
        label=_("Which of these is nearest to where you stand today?"),
        choices=[],
        missing=_("Choose the sentence that is nearest to your situation, or “I don't know yet”."),
    )

    others: ClassVar[tuple[tuple[str, str | Promise], ...]] = (("unknown", _("None of these, or I don't know yet")),)

    def prepare(self) -> None:
        """Offer the situations that the rules know."""
        offered = [(each.id, rules.in_words(each.label)) for each in rules.h1b().situations]
        field = self.fields["situation"]
        if isinstance(field, ChoiceQuestion):
            field.choices = [*offered, *self.others]


class H1BDatesForm(StepForm):
    page = "h1b-dates"
    why = _("These dates set the day by which you need a plan. Type only dates: no receipt or passport numbers.")

    last_day_worked = DayField(
        wrong=_("Enter the last day you worked, for example 3 November 2025, or tick “I don't know yet”."),
        may_be_unknown=True,
    )
    i94_expires = DayField(
        wrong=_("Enter the day your I-94 ends, for example 30 September 2027, or tick “I don't know yet”."),
        help_text=_("You find it on your I-94 record, at i94.cbp.dhs.gov."),
        may_be_unknown=True,
    )
    expires = DayField(
        wrong=_("Enter the last day of your H-1B approval, for example 30 September 2027, or tick “I don't know yet”."),
        help_text=_("It stands on the approval notice, Form I-797."),
        may_be_unknown=True,
    )
    visa_valid_until = DayField(
        wrong=_("Enter the day your H-1B visa ends, for example 12 May 2027, or tick “I don't know yet”."),
        help_text=_("The visa is the sticker in your passport. It is not the same as your status."),
        may_be_unknown=True,
    )
    first_h1b_day = DayField(
        wrong=_("Enter your first day in H-1B status, for example 1 October 2021, or tick “I don't know yet”."),
        past=True,
        may_be_unknown=True,
    )
    i140_approved = ChoiceQuestion(
        choices=YES_NO,
        unknown=True,
        missing=_("Say whether an I-140 is approved, or choose “I don't know yet”."),
    )
    petition_filed_on = DayField(
        wrong=_("Enter the day it was filed, for example 3 August 2026, or tick “I don't know yet”."),
        help_text=_("It is the “received date” on the receipt notice, Form I-797C."),
        past=True,
        may_be_unknown=True,
    )
    response_due = DayField(
        wrong=_("Enter the last day for the answer, for example 15 January 2027, or tick “I don't know yet”."),
        help_text=_("It stands in the notice."),
        may_be_unknown=True,
    )
    six_years_end = DayField(
        wrong=_("Enter the last day of your six years, for example 30 September 2027, or tick “I don't know yet”."),
        help_text=_("If you do not know it, tick the box: it can be worked out from your first day."),
        may_be_unknown=True,
    )
    days_abroad = NumberField(
        wrong=_("Enter a whole number of days, for example 45, or tick “I don't know yet”."),
        help_text=_("Your travel history on i94.cbp.dhs.gov and the stamps in your passport show them."),
        high=3650,
        may_be_unknown=True,
    )
    labor_certification_filed_on = DayField(
        wrong=_("Enter the day it was filed, for example 12 May 2025, or tick “I don't know yet”."),
        help_text=_("Tick the box if none was filed."),
        past=True,
        may_be_unknown=True,
    )

    def prepare(self) -> None:
        """Take the questions' words from the rules."""
        questions = rules.h1b_questions(self.context.answers.value("h1b", "situation"))
        for name in self.questions:
            self.fields[name].label = rules.in_words(questions[name].label)


class USJobForm(StepForm):
    page = "us-job"
    why = _("A company with an office in Canada can sometimes move you there. That is often the fastest way.")

    months_with_employer = NumberField(
        label=_("How many months have you worked for your present employer?"),
        help_text=_("Two and a half years are 30 months."),
        wrong=_("Enter a whole number of months, for example 30, or tick “I don't know yet”."),
        high=720,
        may_be_unknown=True,
    )
    capacity = ChoiceQuestion(
        label=_("What is your role there?"),
        choices=[
            ("executive", _("Executive: I set the direction of the company or a large part of it")),
            ("manager", _("Manager: I lead people or an essential function")),
            ("specialized_knowledge", _("Specialist: few others know our products or processes as I do")),
            ("other", _("None of these")),
        ],
        unknown=True,
        missing=_("Choose the role that is nearest to yours, or “I don't know yet”."),
    )
    employer_has_canadian_affiliate = yes_no(
        _("Does your employer have a company in Canada?"),
        _("Say whether your employer has a company in Canada, or choose “I don't know yet”."),
        hint=_("A branch, parent, subsidiary or sister company."),
    )
