"""What rules rest on and point to: sources, facts, and the record of changes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs.actions.base import record
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
        today = timezone.localdate()
        for source in queryset:
            before = {"checked_on": str(source.checked_on) if source.checked_on else None}
            source.checked_on = today
            source.save(update_fields=["checked_on"])
            record(Change.What.CHANGED, source, request.user, before=before, after={"checked_on": str(today)})
        number = len(queryset)
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


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Who changed what, when and why."""

    list_display = ("at", "by_name", "what", "subject", "why")
    list_filter = ("what", "subject_kind")
    search_fields = ("subject", "subject_id", "why", "by_name")
    date_hierarchy = "at"
