"""The figures of the public page: a series a page, its rows below it."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programs.admin.base import RecordedAdmin
from programs.admin.lines import OccupationLinesField
from programs.models import FigureRow, Figures


class FigureRowForm(ModelForm):
    """A figure; the unit groups it is of one a line."""

    occupations = OccupationLinesField(
        label=_("unit groups"), required=False, widget=Textarea(attrs={"rows": 2, "cols": 30})
    )

    class Meta:
        model = FigureRow
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


class FigureRowInline(admin.TabularInline):
    """The figures of a series, in the order in which the page shows them."""

    model = FigureRow
    form = FigureRowForm
    extra = 0
    fields = ("position", "label_en", "label_fr", "value", "note_en", "note_fr", "occupations", "confidence", "source")
    formfield_overrides = RecordedAdmin.formfield_overrides


@admin.register(Figures)
class FiguresAdmin(RecordedAdmin):
    """A series of figures. What is saved here is on the public page within seconds."""

    list_display = ("title_en", "topic", "unit_en", "as_of", "confidence", "effective_from", "effective_to")
    list_filter = ("topic", "confidence", "authority")
    search_fields = ("id", "title_en", "title_fr")
    autocomplete_fields = ("source",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("id", "authority"),
                    ("topic", "position"),
                    ("title_en", "title_fr"),
                    ("unit_en", "unit_fr"),
                    "shown_as",
                    ("note_en", "note_fr"),
                )
            },
        ),
        (
            _("What it rests on"),
            {"fields": ("source", "provision", ("as_of", "confidence"), ("caution_en", "caution_fr"))},
        ),
        (_("When it is shown"), {"fields": (("effective_from", "effective_to"),)}),
    )
    inlines = (FigureRowInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The id is its name in the packs, and stays."""
        return ("id",) if obj else ()
