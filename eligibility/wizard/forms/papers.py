"""What a province has given the person on paper, and where the partner stands in Canada."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import relevance
from eligibility.wizard.fields import ChoiceQuestion, DayField, SeveralQuestion
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.canada import NONE_OF_THESE, NONE_OF_THESE_CHOICE, PERMITS, STATUSES, yes_no
from eligibility.wizard.forms.occupation import OccupationForm, job_title, unit_group
from eligibility.wizard.places import PROVINCES

ABROAD = "abroad"


class PapersForm(StepForm):
    page = "papers"
    why = _("A licence is worth points in some provinces, and some programs are only for people they have invited.")

    licensed = SeveralQuestion(
        label=_("Where in Canada are you licensed to practise your occupation?"),
        help_text=_("By the body that regulates it there, for example a college of nurses."),
        choices=[*PROVINCES, NONE_OF_THESE_CHOICE],
        alone=NONE_OF_THESE,
        unknown=True,
        missing=_("Tick the provinces where you are licensed, “None of these”, or “I don't know yet”."),
    )
    invitations = SeveralQuestion(
        label=_("Which of these programs has sent you a letter of invitation?"),
        help_text=_("A letter with your name on it. A notice that a program has opened is not one."),
        choices=[],
        alone=NONE_OF_THESE,
        unknown=True,
        missing=_("Tick the programs that invited you, “None of these”, or “I don't know yet”."),
    )

    def prepare(self) -> None:
        """Offer the programs that go by invitation."""
        if "invitations" in self.fields:
            programs = relevance.programs_named("invitation_letters", None)
            cast(SeveralQuestion, self.fields["invitations"]).offer([*programs, NONE_OF_THESE_CHOICE])


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
