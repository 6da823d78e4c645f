"""What people could do to change their answers, edited in words: one field for each text and figure of a lever."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programs.admin.situations import SEPARATOR, H1BSituationsAdmin, H1BSituationsForm, leaves
from programs.models import LeverCollection


class LeverCollectionForm(H1BSituationsForm):
    """The document, leaf by leaf."""

    class Meta(H1BSituationsForm.Meta):
        model = LeverCollection  # type: ignore[assignment]


@admin.register(LeverCollection)
class LeverCollectionAdmin(H1BSituationsAdmin):
    """Levers, each under its own heading: effort, cost, certainty, what it changes and what that rests on."""

    form = LeverCollectionForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One fieldset a lever, the whole text at the end, where levers are added and removed."""
        named = (None, {"fields": ("id", "authority", ("name_en", "name_fr"))})
        whole = (_("The whole, as a rule pack writes it"), {"fields": ("content",), "classes": ("collapse",)})
        levers = obj.content.get("levers", []) if obj else []
        language = "fr" if (get_language() or "").startswith("fr") else "en"
        return [named, *[self._of_lever(place, lever, language) for place, lever in enumerate(levers)], whole]

    def _of_lever(self, place: int, lever: dict[str, Any], language: str) -> Any:
        label = lever["label"]
        title = label if isinstance(label, str) else label.get(language) or label["en"]
        names = [SEPARATOR.join(map(str, ("levers", place, *path))) for path, _leaf in leaves(lever)]
        return (title, {"fields": names, "classes": ("collapse",)})
