"""What people could do to change their answers, edited in words: one field for each text and figure of a lever."""

import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programs.admin.situations import SEPARATOR, H1BSituationsAdmin, H1BSituationsForm, leaves
from programs.models import LeverCollection


class LeverCollectionForm(H1BSituationsForm):
    """The document, leaf by leaf; a lever more, made like one that is there, and one less."""

    made_like = forms.ChoiceField(required=False, label=_("Add a lever made like"))
    made_id = forms.CharField(
        required=False,
        label=_("Its id"),
        help_text=_("Small letters, figures and hyphens. Its texts and figures are edited here once it is saved."),
    )
    taken_out = forms.ChoiceField(required=False, label=_("Take out"))

    class Meta(H1BSituationsForm.Meta):
        model = LeverCollection  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levers = self.instance.content.get("levers", []) if self.instance.pk else []
        choices = [("", "–"), *((lever["id"], lever["id"]) for lever in levers)]
        self.fields["made_like"].choices = choices  # type: ignore[attr-defined]
        self.fields["taken_out"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add and take out levers, beside what was changed in the others."""
        cleaned = super().clean()
        like, made, out = (cleaned.get(key) or "" for key in ("made_like", "made_id", "taken_out"))
        content = cleaned.get("content")
        if not content or not (like or made or out):
            return cleaned
        if bool(like) != bool(made):
            self.add_error(
                "made_id" if like else "made_like",
                _("To add a lever, choose one to copy and write an id for the new one."),
            )
            return cleaned
        levers = list(content["levers"])
        if like:
            place = next(index for index, lever in enumerate(levers) if lever["id"] == like)
            levers.insert(place + 1, {**copy.deepcopy(levers[place]), "id": made})
        cleaned["content"] = {**content, "levers": [lever for lever in levers if lever["id"] != out]}
        return cleaned


@admin.register(LeverCollection)
class LeverCollectionAdmin(H1BSituationsAdmin):
    """Levers, each under its own heading: effort, cost, certainty, what it changes and what that rests on."""

    form = LeverCollectionForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One fieldset a lever, then a lever more or less, and the whole text at the end."""
        named = (None, {"fields": ("id", "authority", ("name_en", "name_fr"))})
        whole = (_("The whole, as a rule pack writes it"), {"fields": ("content",), "classes": ("collapse",)})
        levers = obj.content.get("levers", []) if obj else []
        language = "fr" if (get_language() or "").startswith("fr") else "en"
        each = [self._of_lever(place, lever, language) for place, lever in enumerate(levers)]
        more = (_("Add or take out a lever"), {"fields": (("made_like", "made_id"), "taken_out")})
        return [named, *each, *([more] if obj else []), whole]

    def _of_lever(self, place: int, lever: dict[str, Any], language: str) -> Any:
        label = lever["label"]
        title = label if isinstance(label, str) else label.get(language) or label["en"]
        names = [SEPARATOR.join(map(str, ("levers", place, *path))) for path, _leaf in leaves(lever)]
        return (title, {"fields": names, "classes": ("collapse",)})
