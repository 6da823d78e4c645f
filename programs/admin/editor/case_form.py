"""What a case of a factor says: its points and its text; its conditions have forms of their own."""

from django import forms
from django.utils.translation import gettext_lazy

from programs.admin.editor.requirement_form import CardForm
from programs.models.fields import IDENTIFIER_VALIDATOR


class CaseForm(CardForm):
    """A case."""

    main = ("points", "text_en", "text_fr")
    further = ("key",)
    further_label = gettext_lazy("Its id")

    points = forms.IntegerField(
        label=gettext_lazy("points"), widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "rule-number"})
    )
    text_en = forms.CharField(label=gettext_lazy("for what (English)"), widget=forms.Textarea(attrs={"rows": 2}))
    text_fr = forms.CharField(
        label=gettext_lazy("the same in French"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    key = forms.CharField(
        label=gettext_lazy("id"),
        required=False,
        max_length=100,
        validators=[IDENTIFIER_VALIDATOR],
        help_text=gettext_lazy("It may be empty."),
    )


class NothingForm(CardForm):
    """For routes that stand alone, and say nothing but what they ask."""
