"""Occupation lists, reference tables and language tests, with their versions."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField, Textarea, TextInput
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from programs.admin.base import LockedInline, RecordedAdmin
from programs.admin.editor.list_paste import paste_page
from programs.admin.figure_fields import FiguresField
from programs.admin.figure_pages import figures_page
from programs.admin.found import found_or_404
from programs.admin.programs import ExampleInline
from programs.admin.versions import VersionAdmin, VersionsInline
from programs.models import (
    AbilityScale,
    Conversion,
    LanguageTest,
    ListEntry,
    OccupationList,
    OccupationListVersion,
    ReferenceTable,
    ReferenceTableVersion,
    TableRow,
)


class _NamedAdmin(RecordedAdmin):
    """Something with an id, a name and versions."""

    list_display = ("name_en", "id", "authority")
    search_fields = ("id", "name_en", "name_fr")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The id is its name elsewhere, and stays."""
        return ("id",) if obj else ()


class ListVersionsInline(VersionsInline):
    """The list's versions."""

    model = OccupationListVersion


@admin.register(OccupationList)
class OccupationListAdmin(_NamedAdmin):
    """An occupation list and its versions."""

    fields = ("id", ("name_en", "name_fr"), ("short_name_en", "short_name_fr"), "authority", "classification")
    inlines = (ListVersionsInline,)


class ListEntryForm(ModelForm):
    """A unit group; its figures one a line."""

    figures = FiguresField(label=_("figures"), required=False)

    class Meta:
        model = ListEntry
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


class AbilityScaleForm(ModelForm):
    """An ability's scale; its levels one a line."""

    levels = FiguresField(label=_("lowest score for each level"), levels=True)

    class Meta:
        model = AbilityScale
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


class ListEntryInline(LockedInline, admin.TabularInline):
    """The unit groups of a version."""

    model = ListEntry
    form = ListEntryForm
    show_change_link = False
    fields = ("position", "occupation", "subset_en", "note_en", "figures")
    autocomplete_fields = ("occupation",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the titles."""
        return super().get_queryset(request).select_related("occupation")


@admin.register(OccupationListVersion)
class OccupationListVersionAdmin(VersionAdmin):
    """A version of an occupation list with its unit groups."""

    inlines = (ListEntryInline,)
    list_select_related = ("occupation_list",)
    search_fields = ("label", "occupation_list__id", "occupation_list__name_en")
    change_form_template = "admin/programs/list_version_change_form.html"

    class Media:
        css: ClassVar[Any] = {"all": ("programs/rules.css",)}

    def get_urls(self) -> list[URLPattern]:
        """The page into which codes are pasted comes before Django's own."""
        view = self.admin_site.admin_view(partial(paste_page, self))
        return [path("<path:object_id>/paste/", view, name="programs_occupationlistversion_paste"), *super().get_urls()]


class TableVersionsInline(VersionsInline):
    """The table's versions."""

    model = ReferenceTableVersion


@admin.register(ReferenceTable)
class ReferenceTableAdmin(_NamedAdmin):
    """A reference table and its versions."""

    fields = ("id", ("name_en", "name_fr"), "authority", "unit")
    inlines = (TableVersionsInline,)


class TableRowInline(LockedInline, admin.TabularInline):
    """The figures of a version."""

    model = TableRow
    show_change_link = False
    fields = ("position", "at_number", "at_code", "value", "note_en", "note_fr")
    # Notes are short and rare: the table stays as wide as the screen.
    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": Textarea(attrs={"rows": 1, "cols": 16})},
        models.CharField: {"widget": TextInput(attrs={"size": 8})},
    }


@admin.register(ReferenceTableVersion)
class ReferenceTableVersionAdmin(VersionAdmin):
    """A version of a reference table with its figures."""

    said = ("each_additional", "note_en", "note_fr")
    inlines = (TableRowInline,)
    list_select_related = ("reference_table",)
    search_fields = ("label", "reference_table__id", "reference_table__name_en")
    change_form_template = "admin/programs/table_version_change_form.html"

    class Media:
        css: ClassVar[Any] = {"all": ("programs/rules.css",)}

    def get_urls(self) -> list[URLPattern]:
        """The page that takes rows from CSV comes before Django's own."""
        view = self.admin_site.admin_view(self.figures)
        name = "programs_referencetableversion_figures"
        return [path("<path:object_id>/rows/", view, name=name), *super().get_urls()]

    def figures(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take the rows of a draft from CSV."""
        return figures_page(self, request, found_or_404(ReferenceTableVersion, object_id))


class ConversionsInline(VersionsInline):
    """The test's conversions."""

    model = Conversion


class LanguageTestForm(ModelForm):
    """A language test; the languages it is of to be ticked."""

    languages = MultipleChoiceField(
        label=_("languages"),
        choices=(("en", _("English")), ("fr", _("French"))),
        widget=CheckboxSelectMultiple,
        error_messages={"required": _("Tick the language that the test is of.")},
    )

    class Meta:
        model = LanguageTest
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


@admin.register(LanguageTest)
class LanguageTestAdmin(_NamedAdmin):
    """A language test with its conversions and worked examples."""

    form = LanguageTestForm
    fields = ("id", ("name_en", "name_fr"), "authority", "languages", "official_url", "certificate")
    inlines = (ConversionsInline, ExampleInline)


class AbilityScaleInline(LockedInline, admin.StackedInline):
    """The scales of the four abilities."""

    model = AbilityScale
    form = AbilityScaleForm
    show_change_link = False
    fields = (("ability", "position"), ("minimum", "maximum", "step"), "levels")


@admin.register(Conversion)
class ConversionAdmin(VersionAdmin):
    """A conversion with the scales of the four abilities."""

    said = (
        "scale",
        ("scale_name_en", "scale_name_fr"),
        ("taken_from", "taken_to"),
        ("default_from", "default_to"),
    )
    inlines = (AbilityScaleInline,)
    list_select_related = ("language_test",)
    search_fields = ("label", "language_test__id", "language_test__name_en")


admin.site.index_title = _("What would you like to do?")
