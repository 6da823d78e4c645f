"""What H-1B workers are asked and told, edited in words under a heading for each subject."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programs.admin.base import RecordedAdmin
from programs.admin.document_form import DocumentForm, leaves, name_of
from programs.models import H1BSituations

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
MORE_OR_LESS = (_("Add or take out a part"), {"fields": (("made_like", "made_id"), "taken_out")})
WHOLE = (_("The whole, as a rule pack writes it"), {"fields": ("content",), "classes": ("collapse",)})


class H1BSituationsForm(DocumentForm):
    """The document, leaf by leaf."""

    headings = SECTIONS

    class Meta:
        model = H1BSituations
        fields = ("id", "authority", "name_en", "name_fr", "content")


@admin.register(H1BSituations)
class H1BSituationsAdmin(RecordedAdmin):
    """What H-1B workers are asked and told about where they stand, and the days that count for them."""

    list_display = ("name_en", "id")
    form: type[DocumentForm] = H1BSituationsForm

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Its fields are made when it is filled, so the admin is not to look for them on the model."""
        return super().get_form(request, obj, change, **(kwargs | {"fields": H1BSituationsForm.Meta.fields}))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One fieldset a subject, the whole text at the end."""
        named = (None, {"fields": ("id", "authority", ("name_en", "name_fr"))})
        if obj is None:
            return [named, WHOLE]
        by_section: dict[str, list[str]] = {}
        for path, _leaf in leaves(obj.content):
            by_section.setdefault(str(path[0]), []).append(name_of(path))
        general = [name for section, names in by_section.items() if section not in SECTIONS for name in names]
        sections = [
            (title, {"fields": by_section[key], "classes": ("collapse",)})
            for key, title in SECTIONS.items()
            if key in by_section
        ]
        return [named, (_("In general"), {"fields": general}), *sections, MORE_OR_LESS, WHOLE]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The id is its name in the packs, and stays."""
        return ("id",) if obj else ()
