"""Relatives in Canada."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import rules
from eligibility.wizard.fields import ChoiceQuestion, Words
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import province_question, yes_no

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
    province = province_question(_("In which province or territory do they live?"))
    age_18_or_over = yes_no(
        _("Are they 18 or older?"),
        _("Say whether they are 18 or older, or choose “I don't know yet”."),
    )

    def prepare(self) -> None:
        """Offer the relations that the rules tell apart."""
        field = cast(ChoiceQuestion, self.fields["relation"])
        field.choices = [(key, RELATIONS.get(key, key)) for key in rules.relations()]
