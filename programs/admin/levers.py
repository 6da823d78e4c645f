"""What people could do to change their answers, edited in words: one field for each text and figure of a lever."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language

from programs.admin.document_form import DocumentForm, Path, leaves, name_of
from programs.admin.situations import MORE_OR_LESS, WHOLE, H1BSituationsAdmin, H1BSituationsForm
from programs.models import LeverCollection


class LeverCollectionForm(DocumentForm):
    """The document, leaf by leaf; a lever more, made like one that is there, and one less."""

    headings = frozenset({"levers"})

    class Meta(H1BSituationsForm.Meta):
        model = LeverCollection  # type: ignore[assignment]

    def parts_of(self, content: Any) -> Iterator[tuple[Path, Any]]:
        """Whole levers: what is inside one follows from what it changes."""
        return ((("levers", place), lever) for place, lever in enumerate(content.get("levers", ())))


@admin.register(LeverCollection)
class LeverCollectionAdmin(H1BSituationsAdmin):
    """Levers, each under its own heading: effort, cost, certainty, what it changes and what that rests on."""

    form = LeverCollectionForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One fieldset a lever, then a lever more or less, and the whole text at the end."""
        named = (None, {"fields": ("id", "authority", ("name_en", "name_fr"))})
        levers = obj.content.get("levers", []) if obj else []
        language = "fr" if (get_language() or "").startswith("fr") else "en"
        each = [self._of_lever(place, lever, language) for place, lever in enumerate(levers)]
        return [named, *each, *([MORE_OR_LESS] if obj else []), WHOLE]

    def _of_lever(self, place: int, lever: dict[str, Any], language: str) -> Any:
        label = lever["label"]
        title = label if isinstance(label, str) else label.get(language) or label["en"]
        names = [name_of(("levers", place, *path)) for path, _leaf in leaves(lever)]
        return (title, {"fields": names, "classes": ("collapse",)})
