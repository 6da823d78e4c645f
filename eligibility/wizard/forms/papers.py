"""What a province has given the person on paper: a nomination, a certificate, a licence, an invitation."""

from django.utils.translation import gettext_lazy as _

from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import inviting_programs, offer, province_question, some_of, yes_no
from eligibility.wizard.forms.occupation import OccupationForm, job_title, unit_group
from eligibility.wizard.places import PROVINCES


class NominationForm(StepForm):
    page = "nomination"
    why = _("A nomination linked to Express Entry all but assures an invitation.")

    province = province_question(_("Which province or territory nominated you?"))
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
    province = province_question(_("Which province or territory issued it?"))


class PapersForm(StepForm):
    page = "papers"
    why = _("A licence is worth points in some provinces, and some programs are only for people they have invited.")

    licensed = some_of(
        _("Where in Canada are you licensed to practise your occupation?"),
        _("Tick the provinces where you are licensed, “None of these”, or “I don't know yet”."),
        hint=_("By the body that regulates it there, for example a college of nurses."),
        choices=PROVINCES,
    )
    invitations = some_of(
        _("Which of these programs has sent you a letter of invitation?"),
        _("Tick the programs that invited you, “None of these”, or “I don't know yet”."),
        hint=_("A letter with your name on it. A notice that a program has opened is not one."),
    )

    def prepare(self) -> None:
        """Offer the programs that go by invitation."""
        offer(self, "invitations", inviting_programs)
