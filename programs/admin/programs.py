"""Programs: everything of one program on its page, its versions and requirements on pages of their own."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.forms import ModelForm
from django.forms.widgets import Script
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from programs.admin.action_pages import change_url
from programs.admin.base import SMALL_TEXTS, LockedInline, PartAdmin, RecordedAdmin
from programs.admin.editor.pages import change_sources, condition_fields, copy_requirement, suggestions
from programs.admin.editor.sheet import RuleSheet
from programs.admin.editor.sheet_form import SheetForm
from programs.admin.lines import ReasonsField
from programs.admin.looked_up import LooksRowsUp
from programs.admin.report import program_report
from programs.admin.versions import CITATION, VersionAdmin, VersionsInline
from programs.checks.examples import KINDS
from programs.models import (
    Condition,
    Example,
    Intake,
    NextStep,
    Outlook,
    Program,
    ProgramFact,
    ProgramGrid,
    ProgramVersion,
    Requirement,
    Status,
)


def said_by(conditions: Any) -> SafeString:
    """Conditions as sentences: one list of routes, each with what it asks together."""
    routes: dict[int, list[str]] = {}
    for condition in sorted(conditions, key=lambda row: (row.route, row.position)):
        routes.setdefault(condition.route, []).append(str(condition))
    lines = [(_("or") if number else "", "; ".join(route)) for number, route in enumerate(routes.values())]
    return format_html_join("", "<p><em>{}</em> {}</p>", lines)


class RequirementInline(LockedInline, admin.StackedInline):
    """The requirements of a published version, to be read; a draft's are edited on its sheet."""

    model = Requirement
    fields = (("key", "position"), "text_en", ("source", "as_of"), "asks")
    readonly_fields = ("asks",)
    autocomplete_fields = ("source",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the conditions, so that they can be read back."""
        return super().get_queryset(request).select_related("source").prefetch_related("conditions")

    @admin.display(description=_("asks"))
    def asks(self, requirement: Requirement) -> SafeString | str:
        """The requirement's conditions as sentences."""
        return said_by(requirement.conditions.all()) if requirement.pk else "—"


class ProgramVersionForm(SheetForm):
    """A program's version, with the sheet of its requirements while it is a draft."""

    told_of_sheet = _("Some requirements are not right yet. They are open below. Nothing is saved.")

    class Meta:
        model = ProgramVersion
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the sheet as it was sent, or as the database has it."""
        super().__init__(*args, **kwargs)
        version = self.instance
        self.sheet: RuleSheet | None = None
        if version.pk and version.is_editable:
            self.sheet = RuleSheet.typed(version, self.data) if self.is_bound else RuleSheet.of_version(version)


@admin.register(ProgramVersion)
class ProgramVersionAdmin(VersionAdmin):
    """A program's version with its requirements: a draft's on one sheet, a published one's to be read."""

    form = ProgramVersionForm
    change_form_template = "admin/programs/program_version_change_form.html"
    said = ("legal_basis", "note_en", "note_fr")
    inlines = (RequirementInline,)

    class Media:
        css: ClassVar[Any] = {"all": ("programs/rules.css",)}
        js = (Script("programs/rules.js", defer=True),)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A draft has its sheet instead."""
        return () if obj is None or self.has_change_permission(request, obj) else self.inlines

    def get_urls(self) -> list[URLPattern]:
        """The pages beside the sheet come before Django's own."""
        wrap, name = self.admin_site.admin_view, f"programs_{self.opts.model_name}"
        return [
            path("suggestions/", wrap(partial(suggestions, self)), name=f"{name}_suggestions"),
            path("condition/", wrap(partial(condition_fields, self)), name=f"{name}_condition"),
            path(
                "<path:object_id>/copy-requirement/",
                wrap(partial(copy_requirement, self)),
                name=f"{name}_copy_requirement",
            ),
            path("<path:object_id>/sources/", wrap(partial(change_sources, self)), name=f"{name}_sources"),
            *super().get_urls(),
        ]

    def rows_of_page(self, request: HttpRequest, obj: Any) -> Any:
        """With the requirements and conditions of the sheet."""
        requirements = Requirement.objects.filter(version=obj).order_by("pk")
        conditions = Condition.objects.filter(requirement__version=obj).order_by("pk")
        return [*super().rows_of_page(request, obj), *requirements, *conditions]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the sheet, while the version may be changed."""
        version, sheet = kwargs.get("obj"), None
        if version is not None and self.has_change_permission(request, version):
            form = context["adminform"].form
            sheet = getattr(form, "sheet", None) or RuleSheet.of_version(version)
            context["sheet"] = sheet
            wanted = request.GET.get("open")
            for card in sheet.cards if wanted and request.method == "GET" else ():
                card.is_open = card.pk == wanted
        answer = super().render_change_form(request, context, *args, **kwargs)
        if sheet is not None:
            sheet.say([each.problem for each in context.get("problems", ())])
        return answer

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the sheet with the version."""
        super().save_related(request, form, formsets, change)
        if change and form.sheet is not None:
            form.sheet.save(request.user)

    list_select_related = ("program",)
    search_fields = ("label", "program__id", "program__name_en", "program__name_fr")


def place_on_sheet(requirement: Requirement, place: int | None = None) -> str:
    """Where a draft's requirement is changed: open, on the page of its version; `place` is where it stands there."""
    if place is None:
        ordered = requirement.version.requirements.order_by("position", "pk").values_list("pk", flat=True)
        place = list(ordered).index(requirement.pk)
    return f"{change_url(requirement.version)}?open={requirement.pk}#r{place}"


@admin.register(Requirement)
class RequirementAdmin(PartAdmin):
    """A requirement alone; what it asks is changed on the draft's page."""

    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("version", ("key", "position"), "text_en", "text_fr", "asks", "note_en", "note_fr")}),
        CITATION,
    )
    autocomplete_fields = ("source",)

    @admin.display(description=_("asks"))
    def asks(self, requirement: Requirement) -> SafeString | str:
        """Its conditions as sentences, leading to where they are changed."""
        if not requirement.pk:
            return "—"
        told = said_by(requirement.conditions.all())
        if not requirement.is_editable:
            return told
        return format_html('{}<a href="{}">{}</a>', told, place_on_sheet(requirement), _("Change what it asks"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A requirement stays in its version."""
        return ("version", "asks") if obj else ("asks",)

    def rows_of_page(self, request: HttpRequest, obj: Any) -> Any:
        """With the conditions that are told on the page."""
        return [*super().rows_of_page(request, obj), *Condition.objects.filter(requirement=obj).order_by("pk")]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """New requirements go into drafts only."""
        if db_field.name == "version":
            kwargs["queryset"] = ProgramVersion.objects.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ProgramVersionsInline(VersionsInline):
    """The program's versions."""

    model = ProgramVersion


class GridsUsedInline(LooksRowsUp, admin.TabularInline):
    """The grids it uses."""

    model = ProgramGrid
    extra = 0
    classes = ("collapse",)
    autocomplete_fields = ("grid",)


class _CitedInline(LooksRowsUp, admin.StackedInline):
    extra = 0
    classes = ("collapse",)
    autocomplete_fields = ("source",)
    formfield_overrides = SMALL_TEXTS


class IntakeInline(_CitedInline):
    """Its intake history."""

    model = Intake


class OutlookInline(_CitedInline):
    """How realistic an invitation is."""

    model = Outlook


class ProgramFactInline(_CitedInline):
    """What is good to know."""

    model = ProgramFact


class NextStepInline(admin.TabularInline):
    """What to do next."""

    model = NextStep
    extra = 0
    classes = ("collapse",)
    formfield_overrides = SMALL_TEXTS


class ExampleInline(admin.StackedInline):
    """Worked examples."""

    model = Example
    extra = 0
    classes = ("collapse",)
    fields = ("position", "name", "source", "profile", "expect")
    formfield_overrides = SMALL_TEXTS


class ProgramForm(ModelForm):
    """A program; why examples are missing one a line."""

    without_example = ReasonsField(
        *KINDS,
        label=_("why an example is missing"),
        required=False,
        help_text=_("For staff, one a line: match, miss or unknown, a colon, and why there can be no such example."),
    )

    class Meta:
        model = Program
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


@admin.register(Program)
class ProgramAdmin(RecordedAdmin):
    """Everything of one program."""

    form = ProgramForm
    list_display = ("name_en", "id", "authority", "category", "intake_now")
    list_filter = ("authority", "category", "leads_to")
    search_fields = ("id", "name_en", "name_fr")
    fieldsets = (
        (None, {"fields": ("id", ("name_en", "name_fr"))}),
        (_("The rules, as published and drafted"), {"fields": ("rules",), "classes": ("rules-told",)}),
        (
            _("What it is"),
            {
                "fields": (
                    "authority",
                    "official_url",
                    ("category", "leads_to"),
                    ("express_entry_linked", "express_entry_option", "job_offer"),
                    "summary_en",
                    "summary_fr",
                    "not_checked_en",
                    "not_checked_fr",
                    "without_example",
                ),
                "classes": ("collapse",),
            },
        ),
    )
    inlines = (
        ProgramVersionsInline,
        IntakeInline,
        OutlookInline,
        GridsUsedInline,
        ProgramFactInline,
        NextStepInline,
        ExampleInline,
    )

    class Media:
        css: ClassVar[Any] = {"all": ("programs/points.css",)}

    def get_urls(self) -> list[URLPattern]:
        """The report comes before Django's own pages."""
        page = self.admin_site.admin_view(partial(program_report, self))
        return [path("report/", page, name="programs_program_report"), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The id is the program's name elsewhere, and stays."""
        return ("id", "rules") if obj else ("rules",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the intake, for the list."""
        return super().get_queryset(request).prefetch_related("intakes")

    @admin.display(description=_("intake, as last entered"))
    def intake_now(self, program: Program) -> str:
        """The intake with the latest start."""
        latest = max(program.intakes.all(), key=lambda intake: intake.starts_on, default=None)
        return latest.get_status_display() if latest else "—"

    @admin.display(description="")
    def rules(self, program: Program) -> SafeString | str:
        """The newest published version and the drafts, requirement by requirement."""
        if program._state.adding:
            return "—"
        versions = program.versions.exclude(status=Status.WITHDRAWN).order_by("-effective_from")
        shown = [version for version in versions if version.is_editable]
        shown += [version for version in versions if not version.is_editable][:1]
        return format_html_join("", "{}", ((_rules_of(version),) for version in shown))


def _rules_of(version: ProgramVersion) -> SafeString:
    requirements = version.requirements.select_related("source").prefetch_related("conditions")
    rows = (
        (
            place_on_sheet(row, place) if version.is_editable else change_url(row),
            row.text_en,
            said_by(row.conditions.all()),
            row.source.url,
            row.source,
            row.as_of,
        )
        for place, row in enumerate(requirements.order_by("position", "pk"))
    )
    return format_html(
        '<div class="rules-told__version"><h3><a href="{}">{}</a> ({}, {})</h3><ol>{}</ol></div>',
        change_url(version),
        version.label,
        version.get_status_display(),
        version.effective_from,
        format_html_join(
            "",
            '<li><p class="rules-told__text"><a href="{}">{}</a></p>{}'
            '<p class="rules-told__source"><a href="{}">{}</a> ({})</p></li>',
            rows,
        ),
    )
