"""Notices: what is reported, until it is resolved."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from programs.actions import ResolveNotice
from programs.admin.action_pages import ActionPage, change_url
from programs.admin.base import RecordedAdmin
from programs.admin.forms import ResolveForm
from programs.admin.lines import IdsField
from programs.models import Grid, LanguageTest, Notice, NoticeSource, OccupationList, Program, ReferenceTable

_CONCERNED = (Program, Grid, OccupationList, ReferenceTable, LanguageTest)


class NoticeSourceInline(admin.TabularInline):
    """Where a notice was read: a notice that nobody can look up cannot be read by the program either."""

    model = NoticeSource
    extra = 0
    min_num = 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Ask for at least one."""
        return super().get_formset(request, obj, **{"validate_min": True, **kwargs})


class NoticeForm(forms.ModelForm):
    """A notice, which concerns something that there is."""

    concerns = IdsField(
        *_CONCERNED,
        label=_("concerns"),
        help_text=_("Programs, grids, lists, tables and tests, one a line: the id, or the whole name."),
    )

    class Meta:
        model = Notice
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)


@admin.register(Notice)
class NoticeAdmin(RecordedAdmin):
    """A notice, open until it is resolved."""

    form = NoticeForm
    change_form_template = "admin/programs/notice_change_form.html"
    list_display = ("title_en", "confidence", "reported_on", "effective_from", "resolved_on", "resolve_link")
    list_filter = (("resolved_on", admin.EmptyFieldListFilter), "confidence", "authority")
    search_fields = ("id", "title_en", "title_fr", "text_en")
    fieldsets = (
        (None, {"fields": ("id", "authority", ("title_en", "title_fr"), "text_en", "text_fr", "concerns")}),
        (_("How sure"), {"fields": ("confidence", ("reported_on", "effective_from"))}),
        (_("What came of it"), {"fields": ("resolved_on", "resolution_en", "resolution_fr")}),
    )
    inlines = (NoticeSourceInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Notices are resolved by the action, which puts it on record."""
        resolved = ("resolved_on", "resolution_en", "resolution_fr")
        return ("id", *resolved) if obj else resolved

    @admin.display(description=_("resolve"))
    def resolve_link(self, notice: Notice) -> SafeString | str:
        """The way to resolve an open notice."""
        if notice.resolved_on is not None:
            return "—"
        return format_html('<a href="{}resolve/">{}</a>', change_url(notice).removesuffix("change/"), _("resolve"))

    def get_urls(self) -> list[URLPattern]:
        """The page that resolves comes before Django's own."""
        view = self.admin_site.admin_view(self.resolve)
        return [path("<path:object_id>/resolve/", view, name="programs_notice_resolve"), *super().get_urls()]

    def resolve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask what came of it, and resolve."""

        def act(row: Notice, request: HttpRequest, data: dict[str, Any]) -> Notice:
            return ResolveNotice(row, request.user, data["resolution"], data["on"], data["resolution_fr"]).execute()

        user: Any = request.user
        page = ActionPage(self, _("Resolve notice"), ResolveForm, act, _("“%(subject)s” is resolved."))
        return page(request, object_id, user.has_perm("programs.resolve_notice"), initial={"on": timezone.localdate()})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer to resolve an open notice."""
        notice, user = kwargs.get("obj"), request.user
        is_open = notice is not None and notice.resolved_on is None
        context["can_resolve"] = is_open and user.has_perm("programs.resolve_notice")
        return super().render_change_form(request, context, *args, **kwargs)
