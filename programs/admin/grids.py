"""Points grids: a version shows all its tables as matrices; each factor has a page of its own."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programs.admin.base import RecordedAdmin
from programs.admin.lines import ReasonsField
from programs.admin.matrix import matrices
from programs.admin.programs import ExampleInline
from programs.admin.versions import VersionAdmin, VersionsInline
from programs.models import Grid, GridVersion


class GridVersionsInline(VersionsInline):
    """The grid's versions."""

    model = GridVersion


class GridForm(ModelForm):
    """A grid; why examples are missing one a line."""

    without_example = ReasonsField(
        label=_("why an example is missing"),
        required=False,
        help_text=_("For staff, one a line: “least”, “most” or the id of a factor, a colon, and why."),
    )

    class Meta:
        model = Grid
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


@admin.register(Grid)
class GridAdmin(RecordedAdmin):
    """A grid with its versions and worked examples."""

    form = GridForm
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

    change_form_template = "admin/programs/grid_version_change_form.html"
    said = (("pass_mark", "maximum"), "note_en", "note_fr")
    list_select_related = ("grid",)
    search_fields = ("label", "grid__id", "grid__name_en", "grid__name_fr")

    class Media:
        css = {"all": ("programs/points.css", "programs/rules.css")}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the matrices, each leading to the page on which it is changed, with what the checks say of it."""
        version = kwargs.get("obj")
        answer = super().render_change_form(request, context, *args, **kwargs)
        if version is not None:
            context["matrices"] = matrices(version, [each.problem for each in context.get("problems", ())])
            context["may_change_factors"] = self.has_change_permission(request, version)
        return answer
