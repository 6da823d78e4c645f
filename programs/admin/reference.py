"""What rules rest on and point to: sources, facts, and the record of changes."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs.actions import CheckSources
from programs.admin.base import ReadOnlyAdmin, RecordedAdmin
from programs.models import Change, Fact, Source, SourceCollection


@admin.register(Source)
class SourceAdmin(RecordedAdmin):
    """An official page, and when a person last checked it."""

    list_display = ("__str__", "url", "checked_on", "collection")
    list_filter = (("checked_on", admin.EmptyFieldListFilter), "collection")
    search_fields = ("url", "title_en", "title_fr")
    fields = ("url", ("title_en", "title_fr"), "checked_on", "collection")
    actions = ("checked_today",)

    @admin.action(description=_("Checked today, still true"), permissions=["change"])
    def checked_today(self, request: HttpRequest, queryset: Any) -> None:
        """Note that these pages were read today and still say what the rules say."""
        number = CheckSources(list(queryset), timezone.localdate(), request.user).execute()
        said = ngettext("%(number)s source is noted as checked.", "%(number)s sources are noted as checked.", number)
        self.message_user(request, said % {"number": number})


@admin.register(SourceCollection)
class SourceCollectionAdmin(RecordedAdmin):
    """A collection of titled sources, as a rule pack holds it."""

    list_display = ("id", "authority")


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    """A fact of the vocabulary; new ones come with the program."""

    list_display = ("label_en", "key", "type", "unit")
    list_filter = ("type",)
    search_fields = ("key", "label_en", "label_fr")


def kind_in_words(kind: str) -> str:
    """The kind of thing that a change was made to, as people call it."""
    for label in ("programs", "auth"):
        try:
            return str(apps.get_model(label, kind.replace("_", ""))._meta.verbose_name)
        except LookupError:
            continue
    return kind.replace("_", " ")


class WhoFilter(admin.SimpleListFilter):
    """Changes of one person."""

    title, parameter_name = _("who"), "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Everyone who ever changed something, by name, deleted accounts too."""
        names = Change.objects.exclude(by_name="").order_by("by_name").values_list("by_name", flat=True).distinct()
        return [(name, name) for name in names]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep this person's."""
        return queryset.filter(by_name=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """Changes of one kind of thing."""

    title, parameter_name = _("kind of thing"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The kinds that were ever changed."""
        kinds = Change.objects.order_by("subject_kind").values_list("subject_kind", flat=True).distinct()
        return sorted(((kind, kind_in_words(kind)) for kind in kinds), key=lambda each: each[1])

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep this kind's."""
        return queryset.filter(subject_kind=self.value()) if self.value() else queryset


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Who changed what, when and why."""

    list_display = ("at", "by_name", "what", "kind", "subject", "why")
    list_filter = ("at", "what", WhoFilter, KindFilter)
    search_fields = ("subject", "subject_id", "why", "by_name")
    date_hierarchy = "at"
    fields = ("at", "by_name", "what", "kind", "subject", "part_of", "why", "said")
    list_per_page = 50

    @admin.display(description=_("kind of thing"), ordering="subject_kind")
    def kind(self, change: Change) -> str:
        """What sort of thing was changed, in words."""
        return kind_in_words(change.subject_kind)

    @admin.display(description=_("part of"))
    def part_of(self, change: Change) -> SafeString | str:
        """Everything that happened to the whole that this belongs to."""
        if not change.belongs_to:
            return "—"
        address = f"{reverse('admin:programs_change_changelist')}?{urlencode({'belongs_to': change.belongs_to})}"
        kind, _colon, name = change.belongs_to.partition(":")
        return format_html('<a href="{}">{} “{}”: {}</a>', address, kind_in_words(kind), name, _("its whole history"))

    @admin.display(description=_("before and after"))
    def said(self, change: Change) -> SafeString | str:
        """What it said before and says after, line by line."""
        return render_to_string("admin/programs/change_said.html", {"change": change}).strip() or "—"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Name the thing whose history is shown."""
        whole = request.GET.get("belongs_to") or request.GET.get("in_version") or ""
        kind, _colon, name = whole.partition(":")
        title = _("History of %(kind)s “%(name)s”") % {"kind": kind_in_words(kind), "name": name}
        return super().changelist_view(request, {**(extra_context or {}), "title": title if whole else _("History")})
