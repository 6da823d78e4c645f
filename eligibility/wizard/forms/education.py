"""Credentials, and studies still going on."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import rules
from eligibility.wizard.fields import ChoiceQuestion, DayField, NumberField, SelectQuestion
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import YES_NO, province_question, yes_no
from eligibility.wizard.places import country_choices


class EducationForm(StepForm):
    page = "education"
    title = _("A credential")
    why = _("Each level is worth points. A degree from outside Canada, the US included, counts once it is assessed.")

    level = ChoiceQuestion(
        label=_("What is it?"),
        help_text=_("One credential a page: if you have several, add each."),
        choices=[],
        missing=_("Choose the level of this credential, or “I don't know yet”."),
    )
    country = SelectQuestion(
        label=_("In which country is the school?"),
        source=country_choices,
        missing=_("Choose the school's country, or tick “I don't know yet”."),
        may_be_unknown=True,
    )
    province = province_question(_("In which province or territory?"))
    finished = ChoiceQuestion(
        label=_("Is it finished?"),
        choices=YES_NO,
        missing=_("Say whether it is finished."),
        why=_("Studies that are not finished bring no points yet."),
    )
    completed = DayField(
        label=_("When was it finished?"),
        wrong=_("Enter the day on the diploma, for example 30 May 2016. It cannot be after today."),
        help_text=_("The day on the diploma. If you do not have it at hand, the nearest you remember."),
        past=True,
    )
    eca = yes_no(
        _("Has it been assessed for Canada?"),
        _("Say whether you have an assessment (ECA), or choose “I don't know yet”."),
        hint=_("An Educational Credential Assessment (ECA), for example from WES, says what it equals in Canada."),
        why=_("Without it a credential from outside Canada brings no points."),
    )
    eca_date = DayField(
        label=_("What is the date of the assessment?"),
        wrong=_("Enter the date on the assessment, for example 12 January 2026. It cannot be after today."),
        past=True,
        may_be_unknown=True,
        why=_("An assessment counts for a limited time."),
    )
    canadian_study_years = NumberField(
        label=_("How many years did the studies in Canada take?"),
        help_text=_("Full-time years; half a year is 0.5."),
        wrong=_("Enter a number of years, for example 2 or 1.5, or tick “I don't know yet”."),
        high=20,
        step=0.25,
        may_be_unknown=True,
    )

    def prepare(self) -> None:
        """Offer the levels that the rules tell apart."""
        field = cast(ChoiceQuestion, self.fields["level"])
        field.choices = [*rules.education_levels(), ("unknown", _("I don't know yet"))]

    def check(self) -> None:
        """An assessment comes after the credential."""
        completed, assessed = self.cleaned_data.get("completed"), self.cleaned_data.get("eca_date")
        if completed and assessed and assessed < completed:
            self.add_error("eca_date", _("Enter a day after the credential was finished. This one is before it."))


class PartnerEducationForm(EducationForm):
    page = "partner-education"
    title = _("Your partner's credential")
    why = _("Your partner's education is worth points too, once it is assessed.")
