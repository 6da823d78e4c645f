"""What all admin pages of the rules share: changes go on record, published rules are shown and not edited."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import ModelForm, Textarea
from django.forms.models import _get_foreign_key
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from programs.actions.base import name_of, record, version_of
from programs.admin import together
from programs.admin.looked_up import LooksRowsUp
from programs.models import Change, Editing
from programs.models.fields import AsWrittenJSONField

SMALL_TEXTS: "dict[type[models.Field[Any, Any]], dict[str, Any]]" = {
    models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})},
    AsWrittenJSONField: {"widget": Textarea(attrs={"rows": 4, "cols": 60, "class": "vLargeTextField"})},
}


class RecordedAdmin(LooksRowsUp, admin.ModelAdmin):
    """Puts every change that staff make on record."""

    formfield_overrides = SMALL_TEXTS
    save_on_top = True
    list_per_page = 50

    def rows_of_page(self, request: HttpRequest, obj: Any) -> list[models.Model]:
        """The row and what is edited inside its page, as the database has them now; the row is locked until then."""
        rows: list[models.Model] = list(self.model._base_manager.select_for_update().filter(pk=obj.pk))
        for inline in self.get_inline_instances(request, obj):
            if inline.has_change_permission(request, obj):
                link: Any = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
                rows += inline.model._base_manager.filter(**{link.name: obj}).order_by("pk")
        return rows

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Hold what is sent against what others saved meanwhile."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if request.method != "POST" or not change or obj is None:
            return form
        if not hasattr(request, "conflict"):
            request.conflict = together.conflict_with(request, self.rows_of_page(request, obj))  # type: ignore[attr-defined]
        return together.checked_form(form) if request.conflict else form  # type: ignore[attr-defined]

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Give back what was typed for something that was published or deleted meanwhile."""
        if request.method == "POST" and object_id and self.has_change_permission(request):
            obj = self.get_object(request, unquote(object_id))
            if (obj is None and together.SEEN in request.POST) or not _may_change(obj):
                return self._too_late(request, obj)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _too_late(self, request: HttpRequest, obj: Any) -> TemplateResponse:
        labels = {name: field.label for name, field in super().get_form(request, obj).base_fields.items()}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("This can no longer be changed"),
            "original": obj,
            "back": request.path,
            "typed": together.typed(request.POST, labels),
        }
        return TemplateResponse(request, "admin/programs/too_late.html", context, status=403 if obj else 404)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the token of what is shown, what was changed meanwhile, and who else has the page open."""
        obj = kwargs.get("obj")
        if obj is not None and self.has_change_permission(request, obj):
            context["conflict"] = getattr(request, "conflict", None)
            if request.method == "POST":
                context["seen"] = request.POST.get(together.SEEN, "")
            else:
                with transaction.atomic():
                    context["seen"] = together.token_of(self.rows_of_page(request, obj))
                    context["others_here"] = Editing.begin(name_of(obj), request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what is edited inside the page; after that the person is done with it."""
        super().save_related(request, form, formsets, change)
        Editing.end(name_of(form.instance), request.user)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Show the record of changes of this thing and everything below it."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        version = version_of(obj)
        key, name = ("in_version", name_of(version)) if version else ("belongs_to", name_of(obj))
        return HttpResponseRedirect(f"{reverse('admin:programs_change_changelist')}?{urlencode({key: name})}")

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


class LockedInline(LockedWhenPublished, LooksRowsUp, InlineModelAdmin):
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
