"""What a requirement says and what it rests on; its conditions have forms of their own."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from programs.admin.editor.cards import Values
from programs.admin.editor.search import found_source, suggesting
from programs.models import Confidence
from programs.models.fields import IDENTIFIER_VALIDATOR, PARTIAL_DATE_VALIDATOR

_SMALL = forms.Textarea(attrs={"rows": 2})


class CardForm(forms.Form):
    """The form of a card, over values that were read or typed."""

    main: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    further_label: Any = ""
    pk = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, values: Values, *, prefix: str, check: bool) -> None:
        """Show the values, or check them."""
        data = MultiValueDict({f"{prefix}-{name}": value for name, value in values.items()})
        initial = {name: value[-1] for name, value in values.items() if value}
        super().__init__(data if check else None, prefix=prefix, initial=initial)

    @property
    def main_fields(self) -> list[Any]:
        """What every card needs."""
        return [self[name] for name in self.main]

    @property
    def further_fields(self) -> list[Any]:
        """What few have."""
        return [self[name] for name in self.further]

    @property
    def further_wrong(self) -> bool:
        """Whether one of the fields that few have is wrong."""
        return self.is_bound and any(self[name].errors for name in self.further)


class RequirementForm(CardForm):
    """A requirement."""

    main = ("text_en", "text_fr", "source", "provision", "as_of", "confidence")
    further = ("note_en", "note_fr", "caution_en", "caution_fr", "key")
    further_label = gettext_lazy("Notes, cautions and id")

    text_en = forms.CharField(label=gettext_lazy("what it asks, in one sentence (English)"), widget=_SMALL)
    text_fr = forms.CharField(label=gettext_lazy("the same in French"), required=False, widget=_SMALL)
    source = forms.CharField(
        label=gettext_lazy("official page"),
        help_text=gettext_lazy("Its address, or words of its title."),
        widget=suggesting("sources", **{"class": "rule-wide"}),
    )
    provision = forms.CharField(label=gettext_lazy("where on that page"), required=False, max_length=500)
    as_of = forms.CharField(
        label=gettext_lazy("text as of"),
        max_length=10,
        validators=[PARTIAL_DATE_VALIDATOR],
        help_text=gettext_lazy("Year, month or day of the text: 2026-03-25."),
    )
    confidence = forms.ChoiceField(label=gettext_lazy("how sure"), choices=Confidence.choices)
    note_en = forms.CharField(label=gettext_lazy("note (English)"), required=False, widget=_SMALL)
    note_fr = forms.CharField(label=gettext_lazy("note (French)"), required=False, widget=_SMALL)
    caution_en = forms.CharField(label=gettext_lazy("caution (English)"), required=False, widget=_SMALL)
    caution_fr = forms.CharField(label=gettext_lazy("caution (French)"), required=False, widget=_SMALL)
    key = forms.CharField(
        label=gettext_lazy("id"),
        required=False,
        max_length=100,
        validators=[IDENTIFIER_VALIDATOR],
        help_text=gettext_lazy("Left empty, it is made from the text. Worked examples call the requirement by it."),
    )

    def clean_source(self) -> str:
        """The address of the page that is meant."""
        return str(found_source(str(self.cleaned_data["source"]).strip()).url)
