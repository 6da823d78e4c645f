"""What H-1B workers are asked and told, edited in words: one field for each text, figure and date.

The document is kept whole (no rule points into it), so its form is made from what it holds. Adding or removing a
part is rare and done in the text of the whole, which is folded away at the end.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programs.admin.base import RecordedAdmin
from programs.models import Confidence, H1BSituations

Path = tuple[str | int, ...]
SEPARATOR = "__"
LONG = 60
LANGUAGES = {"en": _("English"), "fr": _("French")}
SECTIONS = {
    "grace_period": _("The grace period"),
    "six_year_limit": _("The six years"),
    "clock": _("The other days of the clock, family and travel"),
    "receipt_numbers": _("Receipt numbers"),
    "situations": _("Situations"),
    "questions": _("Questions"),
    "tell_the_user": _("What everybody is told"),
    "links": _("Links"),
}
# What names a part or points elsewhere: changing it alone would break the document.
FIXED = frozenset({"id", "ask", "fills", "answer", "counted_from", "not_after", "h1b_status", "needs", "last_day"})


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str | int | float | bool]]:
    """Every text, figure and yes or no in a document, with the way to it.

    >>> list(leaves({"days": 60, "text": {"en": "Sixty days."}}))
    [(('days',), 60), (('text', 'en'), 'Sixty days.')]
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in FIXED:
                yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    elif value is not None:
        yield path, value


def placed(value: Any, path: Path, leaf: Any) -> Any:
    """The document with another leaf in that place."""
    if not path:
        return leaf
    key, rest = path[0], path[1:]
    if isinstance(value, list):
        return [placed(item, rest, leaf) if index == key else item for index, item in enumerate(value)]
    return {name: placed(item, rest, leaf) if name == key else item for name, item in value.items()}


def _label(content: Any, path: Path) -> str:
    """The way to a leaf in words: a part of a list goes by its id."""
    words = [] if path[0] in SECTIONS else [str(path[0]).replace("_", " ")]
    value = content[path[0]]
    for key in path[1:]:
        value = value[key]
        named = value.get("id") or value.get("prefix") if isinstance(value, dict) and isinstance(key, int) else None
        words.append(str(named or LANGUAGES.get(str(key), key + 1 if isinstance(key, int) else key)).replace("_", " "))
    return " › ".join(words)


def _field(path: Path, leaf: Any, label: str) -> forms.Field:
    shared: dict[str, Any] = {"label": label, "initial": leaf}
    if isinstance(leaf, bool):
        return forms.BooleanField(required=False, **shared)
    if isinstance(leaf, int):
        return forms.IntegerField(**shared)
    if isinstance(leaf, float):
        return forms.FloatField(**shared)
    if path[-1] == "confidence":
        return forms.ChoiceField(choices=Confidence.choices, **shared)
    wide = {"class": "vLargeTextField", "rows": 3} if len(str(leaf)) > LONG else {"class": "vTextField"}
    widget = forms.Textarea(wide) if "rows" in wide else forms.TextInput(wide)
    return forms.CharField(widget=widget, required=path[-1] != "fr", **shared)


class H1BSituationsForm(forms.ModelForm):
    """The document, leaf by leaf."""

    class Meta:
        model = H1BSituations
        fields = ("id", "authority", "name_en", "name_fr", "content")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths: dict[str, Path] = {}
        content = self.instance.content if self.instance.pk else None
        for path, leaf in leaves(content or {}):
            name = SEPARATOR.join(map(str, path))
            self.paths[name] = path
            self.fields[name] = _field(path, leaf, _label(content, path))

    def clean(self) -> dict[str, Any]:
        """Put the changed leaves into the document; refuse changes in both places at once."""
        cleaned = super().clean() or {}
        changed = [name for name in self.changed_data if name in self.paths]
        if changed and "content" in self.changed_data:
            raise ValidationError(
                _("You changed single fields and the whole text below. Change one of the two, so that nothing is lost.")
            )
        for name in changed:
            if name in cleaned and "content" in cleaned:
                cleaned["content"] = placed(cleaned["content"], self.paths[name], cleaned[name])
        return cleaned


@admin.register(H1BSituations)
class H1BSituationsAdmin(RecordedAdmin):
    """What H-1B workers are asked and told about where they stand, and the days that count for them."""

    list_display = ("name_en", "id")
    form = H1BSituationsForm

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Its fields are made when it is filled, so the admin is not to look for them on the model."""
        return super().get_form(request, obj, change, **(kwargs | {"fields": H1BSituationsForm.Meta.fields}))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One fieldset a subject, the whole text at the end."""
        named = (None, {"fields": ("id", "authority", ("name_en", "name_fr"))})
        whole = (_("The whole, as a rule pack writes it"), {"fields": ("content",), "classes": ("collapse",)})
        if obj is None:
            return [named, whole]
        by_section: dict[str, list[str]] = {}
        for path, _leaf in leaves(obj.content):
            by_section.setdefault(str(path[0]), []).append(SEPARATOR.join(map(str, path)))
        general = [name for section, names in by_section.items() if section not in SECTIONS for name in names]
        sections = [
            (title, {"fields": by_section[key], "classes": ("collapse",)})
            for key, title in SECTIONS.items()
            if key in by_section
        ]
        return [named, (_("In general"), {"fields": general}), *sections, whole]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The id is its name in the packs, and stays."""
        return ("id",) if obj else ()
