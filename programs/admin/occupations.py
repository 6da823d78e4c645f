"""Occupations: unit groups, the titles and codes that lead to them, and what sets them apart."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programs.admin.base import RecordedAdmin
from programs.admin.looked_up import LooksRowsUp
from programs.models import (
    Abbreviation,
    Classification,
    Correspondence,
    JobTitle,
    MainDuty,
    Neighbour,
    Occupation,
    OccupationGuide,
    OccupationRemark,
    Origin,
)


class _KeptAdmin(RecordedAdmin):
    """Something that packs load too: what staff enter or change is kept when they are loaded again."""

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """From now on it is staff's."""
        obj.origin = Origin.STAFF
        super().save_model(request, obj, form, change)

    @admin.display(description=_("kept as staff have it"), boolean=True)
    def is_staffs(self, row: Any) -> bool:
        """Whether loading the packs leaves it alone."""
        return bool(row.origin == Origin.STAFF)


@admin.register(Classification)
class ClassificationAdmin(RecordedAdmin):
    """An occupational classification."""

    list_display = ("id", "name_en", "name_fr")


@admin.register(Occupation)
class OccupationAdmin(RecordedAdmin):
    """A unit group."""

    list_display = ("code", "title_en", "title_fr", "teer", "classification")
    list_filter = ("classification", "teer")
    search_fields = ("code", "title_en", "title_fr")


@admin.register(JobTitle)
class JobTitleAdmin(RecordedAdmin):
    """A job title by which an occupation is found."""

    list_display = ("title", "language", "occupation", "kind", "rank")
    list_filter = ("language", "kind")
    search_fields = ("title", "occupation__code")
    autocomplete_fields = ("occupation",)
    list_select_related = ("occupation",)
    show_full_result_count = False


@admin.register(Abbreviation)
class AbbreviationAdmin(_KeptAdmin):
    """A word of job titles as people shorten it."""

    list_display = ("word", "stands_for", "is_staffs")
    search_fields = ("word", "stands_for")


@admin.register(Correspondence)
class CorrespondenceAdmin(_KeptAdmin):
    """A code of one classification and what it may become in another."""

    list_display = ("from_code", "from_title_en", "to_code", "rank", "match", "confidence", "is_staffs")
    list_filter = ("from_classification", "match", "confidence")
    search_fields = ("from_code", "from_title_en", "to_code")
    fieldsets = (
        (_("From"), {"fields": ("from_classification", "from_code", ("from_title_en", "from_title_fr"))}),
        (_("To"), {"fields": ("to_classification", "to_code", ("rank", "match"))}),
        (_("How sure"), {"fields": (("confidence", "basis"),)}),
        (_("What to say of it"), {"fields": ("note_en", "note_fr")}),
    )


class NeighbourInline(LooksRowsUp, admin.TabularInline):
    """The unit groups it is easily taken for."""

    model = Neighbour
    extra = 0
    fields = ("position", "occupation", "how_to_tell_en", "how_to_tell_fr")
    autocomplete_fields = ("occupation",)


@admin.register(OccupationGuide)
class OccupationGuideAdmin(_KeptAdmin):
    """What we say of a unit group."""

    list_display = ("occupation", "apart_en", "confidence", "as_of", "is_staffs")
    list_filter = ("confidence",)
    search_fields = ("occupation__code", "occupation__title_en", "apart_en")
    list_select_related = ("occupation",)
    autocomplete_fields = ("occupation",)
    inlines = (NeighbourInline,)
    fieldsets = (
        (None, {"fields": ("occupation", "apart_en", "apart_fr")}),
        (_("Duties to compare with"), {"fields": ("duties_en", "duties_fr")}),
        (_("Licence"), {"fields": ("licence_en", "licence_fr", "licence_confidence")}),
        (_("How sure"), {"fields": ("source", ("as_of", "confidence"))}),
    )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The guide, or None. Where the key is a link, Django asks the database for numbers that it cannot hold."""
        try:
            is_there = Occupation.objects.filter(pk=object_id).exists()
        except ValueError:
            return None
        return super().get_object(request, object_id, from_field) if is_there else None


@admin.register(MainDuty)
class MainDutyAdmin(_KeptAdmin):
    """A main duty of software jobs; they are read in order, and the first that is true counts."""

    list_display = ("position", "duty_en", "occupation", "confidence", "is_staffs")
    list_display_links = ("duty_en",)
    list_select_related = ("occupation",)
    autocomplete_fields = ("occupation",)
    fields = ("position", "duty_en", "duty_fr", "occupation", "source", ("as_of", "confidence"))


@admin.register(OccupationRemark)
class OccupationRemarkAdmin(_KeptAdmin):
    """Something to know about some occupations, or all."""

    list_display = ("id", "text_en", "confidence", "as_of", "is_staffs")
    autocomplete_fields = ("occupations",)
    fields = ("id", "position", "text_en", "text_fr", "occupations", "source", ("as_of", "confidence"))
