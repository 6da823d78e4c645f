"""Occupation lists: dated sets of unit groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live, Ordered
from programs.models.fields import AsWrittenJSONField, identifier
from programs.models.guard import Guarded
from programs.models.versions import VERSION_PERMISSIONS, Version, version_constraints


class OccupationList(Live):
    """A dated set of unit groups of one classification."""

    id = identifier(_("id"), primary_key=True)
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    short_name_en = models.CharField(
        _("short name (English)"),
        max_length=60,
        blank=True,
        help_text=_("Shown beside an occupation while one searches. Leave it empty for a list that closes a door."),
    )
    short_name_fr = models.CharField(_("short name (French)"), max_length=60, blank=True)
    authority = identifier(_("authority"))
    classification = models.ForeignKey(
        "programs.Classification", models.PROTECT, verbose_name=_("classification"), default="noc-2021"
    )

    class Meta:
        verbose_name = _("occupation list")
        verbose_name_plural = _("occupation lists")
        ordering = ["authority", "name_en"]

    def __str__(self) -> str:
        return self.name_en


class OccupationListVersion(Version):
    """An occupation list in force from one date to another."""

    PARENT = "occupation_list"

    occupation_list = models.ForeignKey(
        OccupationList, models.PROTECT, related_name="versions", verbose_name=_("occupation list")
    )

    class Meta:
        verbose_name = _("occupation list version")
        verbose_name_plural = _("occupation list versions")
        default_permissions = VERSION_PERMISSIONS
        ordering = ["occupation_list", "-effective_from"]
        constraints = version_constraints("occupation_list", "list_version")


class ListEntry(Ordered, Guarded):
    """A unit group on an occupation list, with what the list says of it."""

    version = models.ForeignKey(
        OccupationListVersion, models.CASCADE, related_name="entries", verbose_name=_("version")
    )
    occupation = models.ForeignKey("programs.Occupation", models.PROTECT, verbose_name=_("occupation"))
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    subset_en = models.TextField(_("only this part of the group (English)"), blank=True)
    subset_fr = models.TextField(_("only this part of the group (French)"), blank=True)
    figures = AsWrittenJSONField(
        _("figures"), default=dict, blank=True, help_text=_("For example {“hourly_floor”: 38.5}.")
    )

    class Meta:
        verbose_name = _("unit group on the list")
        verbose_name_plural = _("unit groups on the list")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "occupation"], name="list_entry_once")]

    def __str__(self) -> str:
        return str(self.occupation)
