"""A factor of a points grid: its caps, when it applies, and its table or cases, edited on one page."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from programs.actions.publish import problems_if_published
from programs.admin.action_pages import change_url
from programs.admin.base import PartAdmin
from programs.admin.editor.factor_sheet import MARKER, FactorSheet
from programs.admin.editor.sheet_form import SheetForm
from programs.admin.matrix import matrix_of
from programs.admin.problem_links import factor_of, factors_by_place
from programs.admin.programs import said_by
from programs.admin.versions import CITATION
from programs.models import Case, Condition, Factor, GridVersion, PointsTable, Program, Status


class FactorForm(SheetForm):
    """A factor's columns, with the sheet of its table or cases while it may be changed."""

    told_of_sheet = _("Something is not right yet. It is marked below. Nothing is saved.")

    only_for = forms.MultipleChoiceField(
        label=_("only for these programs"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: for every program that uses the grid."),
    )

    class Meta:
        model = Factor
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the sheet as it was sent, or as the database has it."""
        super().__init__(*args, **kwargs)
        factor = self.instance
        self.sheet: FactorSheet | None = None
        if factor.pk and factor.is_editable:
            self.sheet = FactorSheet(factor, self.data if self.is_bound and MARKER in self.data else None)
        offered: Any = self.fields.get("only_for")
        if offered is not None:
            programs = Program.objects.filter(program_grids__grid=factor.version.grid_id) if factor.pk else None
            rows = Program.objects.all() if programs is None else programs.distinct()
            offered.choices = [(row.pk, row.name_en) for row in rows]


@admin.register(Factor)
class FactorAdmin(PartAdmin):
    """A factor: its caps, when it applies, and its table or cases."""

    form = FactorForm
    change_form_template = "admin/programs/factor_change_form.html"
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("version", "parent", ("key", "position"), ("name_en", "name_fr"), ("role", "combine"))}),
        (
            _("Most and least"),
            {"fields": (("cap", "floor"), ("cap_when_fact", "cap_when_is", "cap_when_cap"))},
        ),
        (_("More"), {"fields": ("only_for", "note_en", "note_fr")}),
        CITATION,
    )
    autocomplete_fields = ("source", "cap_when_fact")

    class Media:
        css: ClassVar[Any] = {"all": ("programs/points.css", "programs/rules.css")}
        js = (Script("programs/rules.js", defer=True),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A factor stays in its version, and where it is in it."""
        return ("version", "parent") if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """New factors go into drafts only."""
        drafts = GridVersion.objects.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
        if db_field.name == "version":
            kwargs["queryset"] = drafts
        if db_field.name == "parent":
            kwargs["queryset"] = Factor.objects.filter(version__in=drafts)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def rows_of_page(self, request: HttpRequest, obj: Any) -> Any:
        """With the table, the cases and all their conditions."""
        rows = [
            PointsTable.objects.filter(factor=obj),
            Case.objects.filter(factor=obj),
            Condition.objects.filter(factor=obj),
            Condition.objects.filter(case__factor=obj),
        ]
        return [*super().rows_of_page(request, obj), *(row for each in rows for row in each.order_by("pk"))]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the sheet while the factor may be changed, and else what it says."""
        factor = kwargs.get("obj")
        if factor is not None:
            sheet = getattr(context["adminform"].form, "sheet", None)
            if sheet is not None and self.has_change_permission(request, factor):
                context["sheet"] = sheet
                if request.method == "GET":
                    sheet.say(_problems_of(factor))
            else:
                context["matrix"] = matrix_of(factor)
                context["cases"] = factor.cases.prefetch_related("conditions")
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the sheet with the factor."""
        super().save_related(request, form, formsets, change)
        if change and form.sheet is not None and form.sheet.check:
            form.sheet.save(request.user)


@admin.register(Case)
class CaseAdmin(PartAdmin):
    """A case alone; what it asks is changed on its factor's page."""

    fields = ("factor", ("key", "position", "points"), "text_en", "text_fr", "asks")

    @admin.display(description=_("asks"))
    def asks(self, case: Case) -> SafeString | str:
        """Its conditions as sentences, leading to where they are changed."""
        if not case.pk:
            return "—"
        told = said_by(case.conditions.all())
        if not case.is_editable:
            return told
        return format_html('{}<a href="{}#cases">{}</a>', told, change_url(case.factor), _("Change what it asks"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A case stays in its factor."""
        return ("factor", "asks") if obj else ("asks",)


def _problems_of(factor: Factor) -> list[Any]:
    """What the checks say of the factor itself."""
    places = factors_by_place(factor.version)
    return [each for each in problems_if_published(factor.version) if factor_of(each, places) == factor]
