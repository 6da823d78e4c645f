"""The first question of each list: whether there is anything to add."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eligibility.wizard.fields import UNKNOWN, ChoiceQuestion
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import YES_NO

_SAY = _("Choose “Yes”, “No” or “I don't know yet”.")


class GateForm(StepForm):
    """Whether a list has anything in it: known to be empty, or not known."""

    add: ClassVar[str | Promise]
    list_heading: ClassVar[str | Promise]


def _any(label: str | Promise, hint: str | Promise = "") -> ChoiceQuestion:
    return ChoiceQuestion(label=label, help_text=hint, choices=YES_NO, unknown=True, missing=_SAY)


def _any_yet(label: str | Promise, hint: str | Promise = "") -> ChoiceQuestion:
    """For what everybody has and may not be able to tell: "no" would be read as having none."""
    choices = (("yes", _("Yes")), (UNKNOWN, _("Not yet")))
    return ChoiceQuestion(label=label, help_text=hint, choices=choices, missing=_("Choose “Yes” or “Not yet”."))


class ChildrenGate(GateForm):
    page = "children"
    list_heading = _("Your children")
    add = _("Add another child")
    why = _("A child counts as a dependant up to a certain age.")
    any = _any(_("Do you want to add a child?"))


class WorkGate(GateForm):
    page = "work"
    list_heading = _("Your work")
    add = _("Add another job")
    why = _("Skilled work is counted by occupation, place, dates and hours.")
    any = _any(
        _("Have you worked for pay, in any country?"),
        _("Jobs that have ended count as well. You will be asked for one at a time."),
    )


class EducationGate(GateForm):
    page = "education"
    list_heading = _("Your education")
    add = _("Add another credential")
    why = _("Each level is worth points, and two credentials can be worth more than one.")
    any = _any(
        _("Have you finished secondary school, or studied after it?"),
        _("Diplomas, degrees and studies in Canada that are still going on. You will be asked for one at a time."),
    )


class LanguageGate(GateForm):
    page = "language"
    list_heading = _("Your languages")
    add = _("Add another test or estimate")
    why = _("Everyone needs a test of English or French, native speakers too. If you have none yet, an estimate helps.")
    any = _any_yet(
        _("Can you give test results, or an estimate of your English or French?"),
        _("Real scores make a firm answer. An estimate shows what a test could bring."),
    )


class PartnerEducationGate(GateForm):
    page = "partner-education"
    list_heading = _("Your partner's education")
    add = _("Add another credential")
    why = _("Your partner's education is worth points too.")
    any = _any(_("Has your partner finished secondary school, or studied after it?"))


class PartnerLanguageGate(GateForm):
    page = "partner-language"
    list_heading = _("Your partner's languages")
    add = _("Add another test or estimate")
    why = _("Your partner's test in English or French is worth points too.")
    any = _any_yet(_("Can you give your partner's test results, or an estimate?"))


class PartnerWorkGate(GateForm):
    page = "partner-work"
    list_heading = _("Your partner's work in Canada")
    add = _("Add another job")
    why = _("Only your partner's work in Canada brings points.")
    any = _any(_("Has your partner worked in Canada?"))


class PartnerJobsGate(GateForm):
    page = "partner-jobs"
    list_heading = _("Your partner's work outside Canada")
    add = _("Add another job")
    why = _("If your partner applies, their skilled work counts as yours would.")
    any = _any(
        _("Has your partner worked for pay outside Canada?"),
        _("Jobs that have ended count as well. You will be asked for one at a time."),
    )


class RelativesGate(GateForm):
    page = "relatives"
    list_heading = _("Relatives in Canada")
    add = _("Add another relative")
    why = _("A brother or sister in Canada can bring points, and some provinces favour people who have family there.")
    any = _any(
        _("Do you or your partner have relatives in Canada?"),
        _("Parents, grandparents, children, brothers, sisters, aunts, uncles, nieces, nephews or cousins."),
    )
