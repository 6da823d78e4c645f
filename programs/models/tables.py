"""Reference tables: banded figures that rules compare with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live, Ordered
from programs.models.fields import identifier
from programs.models.guard import Guarded
from programs.models.versions import VERSION_PERMISSIONS, Version, version_constraints


class ReferenceTable(Live):
    """Figures by number or code: settlement funds by family size, a wage threshold by province."""

    id = identifier(_("id"), primary_key=True)
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    authority = identifier(_("authority"))
    unit = models.CharField(_("unit"), max_length=50)

    class Meta:
        verbose_name = _("reference table")
        verbose_name_plural = _("reference tables")
        ordering = ["authority", "name_en"]

    def __str__(self) -> str:
        return self.name_en


class ReferenceTableVersion(Version):
    """A reference table in force from one date to another."""

    PARENT = "reference_table"

    reference_table = models.ForeignKey(
        ReferenceTable, models.PROTECT, related_name="versions", verbose_name=_("reference table")
    )
    each_additional = models.FloatField(_("for each one more"), null=True, blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)

    class Meta:
        verbose_name = _("reference table version")
        verbose_name_plural = _("reference table versions")
        default_permissions = VERSION_PERMISSIONS
        ordering = ["reference_table", "-effective_from"]
        constraints = version_constraints("reference_table", "table_version")


class TableRow(Ordered, Guarded):
    """One figure, at a number or at a code."""

    version = models.ForeignKey(ReferenceTableVersion, models.CASCADE, related_name="rows", verbose_name=_("version"))
    at_number = models.IntegerField(_("at the number"), null=True, blank=True)
    at_code = models.CharField(_("at the code"), max_length=100, blank=True)
    value = models.FloatField(_("figure"))
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["version", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(at_number__isnull=False, at_code="") | (Q(at_number__isnull=True) & ~Q(at_code="")),
                name="table_row_at_number_or_code",
                violation_error_message=_("Give either a number or a code."),
            ),
            models.UniqueConstraint(fields=["version", "at_number"], name="table_row_number_once"),
            models.UniqueConstraint(
                fields=["version", "at_code"], condition=~Q(at_code=""), name="table_row_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at}: {self.value}"

    @property
    def at(self) -> int | str:
        """What the row stands for."""
        return self.at_code if self.at_number is None else self.at_number
