"""What happened: rounds of invitations, the pool, provincial draws. Entered by hand, or imported from a file."""

from typing import Any, ClassVar

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from programs.admin.base import RecordedAdmin
from programs.admin.import_pages import ImportPage, may_import
from programs.admin.lines import IdsField
from programs.imports.tables import DRAWS, POOL, ROUNDS, Table
from programs.models import Draw, Origin, PoolBand, Program, Round


class _ImportedAdmin(RecordedAdmin):
    """A record of something that happened. What staff enter, change or import is kept when packs are loaded."""

    change_list_template = "admin/programs/imported_change_list.html"
    # What a file may hold; the first is the table of this page.
    tables: ClassVar[tuple[Table, ...]]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """From now on it is staff's."""
        obj.origin = Origin.STAFF
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        """The page that imports comes before Django's own."""
        view = self.admin_site.admin_view(self.import_file)
        return [path("import/", view, name=f"programs_{self.opts.model_name}_import"), *super().get_urls()]

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """Take a file, show what it would do, and do it when that is confirmed."""
        return ImportPage(self, self.tables)(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Offer to import."""
        offered = {"can_import": may_import(request, self.tables)}
        return super().changelist_view(request, {**(extra_context or {}), **offered})


@admin.register(Round)
class RoundAdmin(_ImportedAdmin):
    """A round of invitations."""

    tables = (ROUNDS, POOL)
    list_display = ("number", "date", "name", "kind", "invitations", "cutoff", "includes_nomination_points")
    list_filter = ("round_type", "kind")
    search_fields = ("number", "name", "kind")
    date_hierarchy = "date"


@admin.register(PoolBand)
class PoolBandAdmin(_ImportedAdmin):
    """A band of a snapshot of the pool."""

    tables = (POOL,)
    list_display = ("date", "range_low", "range_high", "candidates", "row_kind", "origin")
    list_filter = ("row_kind",)
    date_hierarchy = "date"


class DrawForm(ModelForm):
    """A draw; the programs it invited for one a line."""

    programs = IdsField(Program, label=_("programs"))

    class Meta:
        model = Draw
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


@admin.register(Draw)
class DrawAdmin(_ImportedAdmin):
    """A draw of a province."""

    form = DrawForm
    tables = (DRAWS,)
    list_display = ("date", "authority", "kind_en", "invitations", "lowest_score", "grid", "confidence")
    list_filter = ("authority", "grid", "confidence")
    search_fields = ("id", "kind_en", "kind_fr", "programs")
    date_hierarchy = "date"
    list_select_related = ("grid",)
    fieldsets = (
        (None, {"fields": ("id", "authority", "programs", ("date", "date_precision"), ("kind_en", "kind_fr"))}),
        (_("Figures"), {"fields": (("invitations", "fewer_than"), "grid", ("lowest_score", "highest_score"))}),
        (_("What it rests on"), {"fields": ("source", "as_of", "confidence", "note_en", "note_fr")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The id tells draws apart when files are imported, and stays."""
        return ("id",) if obj else ()
