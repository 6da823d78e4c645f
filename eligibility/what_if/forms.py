"""The one thing that is typed about a scenario: its name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.answers.scenarios import LONGEST_NAME


class NameForm(forms.Form):
    """What a scenario is called."""

    name = forms.CharField(
        label=_("Its name"),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Give the scenario a name, for example “With a French test”."),
            "max_length": _(
                "The name has %(show_value)d characters. Make it %(limit_value)d at most, "
                "for example “With a French test”."
            ),
        },
    )
