"""What the pages of all versions share: their state, and the actions that change it."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from programs.actions import NewVersionFrom, PublishVersion, WithdrawVersion
from programs.actions.publish import problems_if_published, warnings_of
from programs.admin.action_pages import ActionPage, change_url
from programs.admin.base import LockedInline, LockedWhenPublished, RecordedAdmin
from programs.admin.differences import differences_page
from programs.admin.forms import NewVersionForm, PublishForm, ReasonForm
from programs.admin.problem_links import linked
from programs.admin.roll_back import former_versions, roll_back_page
from programs.models import Status, Version

CITATION = (
    _("What it rests on"),
    {"fields": ("source", "provision", "as_of", "confidence", "caution_en", "caution_fr")},
)


def standing(version: Version) -> str:
    """How a version stands, in words."""
    status = str(version.get_status_display())
    if version.status != Status.PUBLISHED or version.effective_from <= timezone.localdate():
        return status
    day = date_format(version.effective_from, "DATE_FORMAT")
    return _("%(status)s, in force from %(day)s") % {"status": status, "day": day}


class VersionAdmin(LockedWhenPublished, RecordedAdmin):
    """A version: read-only once published, with its actions as buttons."""

    change_form_template = "admin/programs/version_change_form.html"
    actions = None
    list_display = ("__str__", "stands", "effective_from", "effective_to", "origin")
    list_filter = ("status", "origin")
    search_fields: ClassVar[Any] = ("label",)
    autocomplete_fields = ("source",)
    readonly_fields = ("status", "origin", "author", "publisher", "published_at")
    said: ClassVar[Any] = ()

    @admin.display(description=_("status"), ordering="status")
    def stands(self, version: Version) -> str:
        """Its status, and from when what is published for a day to come is in force."""
        return standing(version)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The period first, then what this kind of version says, then what it rests on."""
        state = ("status", "origin", "author", "publisher", "published_at", "remark")
        return (
            (None, {"fields": (self.model.PARENT, "label", ("effective_from", "effective_to"), *self.said)}),
            CITATION,
            (_("State"), {"fields": state, "classes": ("collapse",)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A version stays with what it is a version of."""
        return (*self.readonly_fields, self.model.PARENT) if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Note who wrote it."""
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        """The pages of the actions come before Django's own."""
        name = self.opts.model_name
        own = [
            path("<path:object_id>/new-version/", self._wrap(self.new_version), name=f"programs_{name}_new_version"),
            path("<path:object_id>/publish/", self._wrap(self.publish), name=f"programs_{name}_publish"),
            path("<path:object_id>/withdraw/", self._wrap(self.withdraw), name=f"programs_{name}_withdraw"),
            path(
                "<path:object_id>/roll-back/",
                self._wrap(partial(roll_back_page, self)),
                name=f"programs_{name}_roll_back",
            ),
            path(
                "<path:object_id>/differences/",
                self._wrap(partial(differences_page, self)),
                name=f"programs_{name}_differences",
            ),
        ]
        return own + super().get_urls()

    def _wrap(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)

    def _may(self, request: HttpRequest, right: str) -> bool:
        user: Any = request.user
        return bool(user.has_perm(f"programs.{right}_{self.opts.model_name}"))

    def new_version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask from which day, and copy."""

        def act(row: Version, request: HttpRequest, data: dict[str, Any]) -> Version:
            return NewVersionFrom(row, data["effective_from"], request.user, data["label"]).execute()

        page = ActionPage(self, _("New version from this one"), NewVersionForm, act, _("“%(subject)s” is a draft now."))
        return page(request, object_id, self._may(request, "add"), version=self.get_object(request, object_id))

    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what stands in the way, ask why, and publish."""

        def act(row: Version, request: HttpRequest, data: dict[str, Any]) -> Version:
            accept, because = data["accept"], data["because"]
            despite = data.get("despite", "")
            action = PublishVersion(row, request.user, data["why"], accept=accept, because=because, despite=despite)
            return action.execute()

        page = ActionPage(
            self, _("Publish"), PublishForm, act, _("“%(subject)s” is published."), asks_who=True, linked=linked
        )
        may = self._may(request, "publish")
        version: Any = self.get_object(request, object_id) if may else None
        warned = version is not None and version.is_editable and bool(warnings_of(version))
        return page(request, object_id, may, problems_if_published, warned=warned)

    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why, and withdraw."""

        def act(row: Version, request: HttpRequest, data: dict[str, Any]) -> Version:
            return WithdrawVersion(row, request.user, data["why"]).execute()

        page = ActionPage(
            self, _("Withdraw"), ReasonForm, act, _("“%(subject)s” is withdrawn."), asks_who=True, linked=linked
        )
        return page(request, object_id, self._may(request, "publish"))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Say what may be done with the version, and what a draft still lacks."""
        version = kwargs.get("obj")
        context["can_copy"] = self._may(request, "add")
        context["can_publish"] = version is not None and version.is_editable and self._may(request, "publish")
        context["can_withdraw"] = (
            version is not None and version.status != Status.WITHDRAWN and self._may(request, "publish")
        )
        context["former_versions"] = former_versions(version) if self._may(request, "publish") else []
        # What is sent back to be put right, or was only rearranged, is not what the checks would look at.
        if version is not None and version.is_editable and request.method == "GET":
            context["problems"] = linked(version, problems_if_published(version))
        return super().render_change_form(request, context, *args, **kwargs)


class VersionsInline(LockedInline, admin.TabularInline):
    """The versions of something, newest first, each leading to its page."""

    fields = readonly_fields = ("page", "stands", "effective_from", "effective_to", "origin")
    ordering = ("-effective_from",)
    can_delete = False
    show_change_link = False

    @admin.display(description=_("status"))
    def stands(self, version: Version) -> str:
        """Its status, and from when what is published for a day to come is in force."""
        return standing(version)

    @admin.display(description=_("version"))
    def page(self, version: Version) -> SafeString:
        """The version's name, leading to its page."""
        return format_html('<a href="{}">{}</a>', change_url(version), version.label)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """New versions are made from an existing one, or on their own page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version is edited on its own page."""
        return False
