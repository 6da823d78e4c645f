"""Points grids: a version shows all its tables as matrices; factors and cases have pages of their own."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from programs.actions.base import record
from programs.admin.base import LockedInline, PartAdmin, RecordedAdmin
from programs.admin.matrix import GridVersionForm, matrices
from programs.admin.programs import ConditionInline, ExampleInline
from programs.admin.versions import CITATION, VersionAdmin, VersionsInline
from programs.models import Case, Change, Factor, Grid, GridVersion, PointsTable
from programs.packs.schema.grids import PointsTable as TableDocument
from programs.packs.version_values import table_value


class GridVersionsInline(VersionsInline):
    """The grid's versions."""

    model = GridVersion


@admin.register(Grid)
class GridAdmin(RecordedAdmin):
    """A grid with its versions and worked examples."""

    list_display = ("name_en", "id", "authority")
    search_fields = ("id", "name_en", "name_fr")
    fields = ("id", ("name_en", "name_fr"), "authority", "official_url", "without_example")
    inlines = (GridVersionsInline, ExampleInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The id is the grid's name elsewhere, and stays."""
        return ("id",) if obj else ()


@admin.register(GridVersion)
class GridVersionAdmin(VersionAdmin):
    """A grid's version, with every table as a matrix."""

    form = GridVersionForm
    change_form_template = "admin/programs/grid_version_change_form.html"
    said = (("pass_mark", "maximum"), "note_en", "note_fr")
    list_select_related = ("grid",)
    search_fields = ("label", "grid__id", "grid__name_en", "grid__name_fr")

    class Media:
        css = {"all": ("programs/points.css",)}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Only the columns are Django's business; the fields of the matrices come with the form."""
        kwargs.setdefault("fields", None)
        return super().get_form(request, obj, change, **kwargs)

    def rows_of_page(self, request: HttpRequest, obj: Any) -> Any:
        """With the tables, whose figures are edited on the page."""
        tables = PointsTable.objects.filter(factor__version=obj).order_by("pk")
        return [*super().rows_of_page(request, obj), *tables]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the matrices: as fields in a draft, as figures once it is published."""
        version = kwargs.get("obj")
        if version is not None:
            form = context["adminform"].form if self.has_change_permission(request, version) else None
            context["matrices"] = matrices(version, form)
            context["was_pasted"] = form is not None and form.was_pasted
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save the version, and the tables whose figures were changed."""
        super().save_model(request, obj, form, change)
        if isinstance(form, GridVersionForm) and change:
            for table in form.changed_tables():
                table.save(update_fields=["points", "rows_bands", "columns_bands"])
                after = {"points": table.points, "rows": table.rows_bands, "columns": table.columns_bands}
                record(Change.What.CHANGED, table, request.user, after=after)


class PointsTableForm(ModelForm):
    """A table's axes and figures together, checked by the schema of packs."""

    class Meta:
        model = PointsTable
        fields = ("rows_measure", "rows_bands", "columns_measure", "columns_bands", "per_ability", "points")

    def clean(self) -> dict[str, Any]:
        """Refuse a table whose figures do not fit its bands."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            table = PointsTable(**{name: data[name] for name in self.Meta.fields if name in data})
            try:
                TableDocument.model_validate(table_value(table))
            except SchemaError as error:
                told = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
                raise ValidationError(told) from error
        return data


class PointsTableInline(LockedInline, admin.StackedInline):
    """The table of a factor: its bands, as JSON. Figures are easier to change on the version's page."""

    model = PointsTable
    form = PointsTableForm
    show_change_link = False


class CaseInline(LockedInline, admin.TabularInline):
    """The cases of a factor, each leading to its page with its conditions."""

    model = Case
    fields = ("position", "key", "points", "text_en", "text_fr")


@admin.register(Factor)
class FactorAdmin(PartAdmin):
    """A factor: its caps, when it applies, and its table or cases."""

    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("version", "parent", ("key", "position"), ("name_en", "name_fr"), ("role", "combine"))}),
        (
            _("Most and least"),
            {"fields": (("cap", "floor"), ("cap_when_fact", "cap_when_is", "cap_when_cap"))},
        ),
        (
            _("More"),
            {"fields": ("only_for", "readings", "note_en", "note_fr"), "classes": ("collapse",)},
        ),
        CITATION,
    )
    autocomplete_fields = ("source", "cap_when_fact")
    inlines = (PointsTableInline, CaseInline, ConditionInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A factor stays in its version, and where it is in it."""
        return ("version", "parent") if obj else ()

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Conditions of a factor say when it applies."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if isinstance(inline, ConditionInline):
                inline.verbose_name_plural = _("when it applies (none: always)")
            yield formset, inline


@admin.register(Case)
class CaseAdmin(PartAdmin):
    """A case with its conditions."""

    fields = ("factor", ("key", "position", "points"), "text_en", "text_fr")
    inlines = (ConditionInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A case stays in its factor."""
        return ("factor",) if obj else ()
