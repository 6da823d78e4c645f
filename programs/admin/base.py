"""What all admin pages of the rules share: changes go on record, published rules are shown and not edited."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.forms import ModelForm, Textarea
from django.http import HttpRequest

from programs.actions.base import record
from programs.models import Change
from programs.models.fields import AsWrittenJSONField

SMALL_TEXTS: "dict[type[models.Field[Any, Any]], dict[str, Any]]" = {
    models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})},
    AsWrittenJSONField: {"widget": Textarea(attrs={"rows": 4, "cols": 60, "class": "vLargeTextField"})},
}


class RecordedAdmin(admin.ModelAdmin):
    """Puts every change that staff make on record."""

    formfield_overrides = SMALL_TEXTS
    save_on_top = True
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save, with what it was and what it is."""
        before = {name: _told(form.initial.get(name)) for name in form.changed_data} if change else None
        super().save_model(request, obj, form, change)
        if form.changed_data:
            after = {name: _told(form.cleaned_data.get(name)) for name in form.changed_data}
            what = Change.What.CHANGED if change else Change.What.CREATED
            record(what, obj, request.user, before=before, after=after)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save what is edited inside the page, with a line on record for each."""
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            record(Change.What.CREATED, row, request.user)
        for row, names in formset.changed_objects:
            record(
                Change.What.CHANGED, row, request.user, after={name: _told(getattr(row, name, None)) for name in names}
            )
        for row in formset.deleted_objects:
            record(Change.What.DELETED, row, request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete, on record."""
        record(Change.What.DELETED, obj, request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        """Delete one by one, each on record."""
        for obj in queryset:
            self.delete_model(request, obj)


def _told(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _may_change(row: Any) -> bool:
    return row is None or bool(getattr(row, "is_editable", True))


class LockedWhenPublished:
    """Rows of published versions can be looked at, and not changed."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while the version is not published."""
        return _may_change(obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while the version is not published."""
        return _may_change(obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]


class LockedInline(LockedWhenPublished, InlineModelAdmin):
    """Rows inside a page, with what belongs to them; new ones only while the version is not published."""

    extra = 0
    show_change_link = True
    formfield_overrides = SMALL_TEXTS

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while the version is not published."""
        return _may_change(obj) and super().has_add_permission(request, obj)


class PartAdmin(LockedWhenPublished, RecordedAdmin):
    """Admin of something below a version. It is reached from its version's page, not from the index."""

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep it off the index."""
        return False


class ReadOnlyAdmin(admin.ModelAdmin):
    """Something to look at only."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds these by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes these by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes these by hand."""
        return False
