"""The Express Entry pool: how many people stood in each band of scores, as published with the rounds."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live
from programs.models.fields import WebAddressField
from programs.models.versions import Origin


class PoolBand(Live):
    """The candidates in one band of one snapshot of the pool.

    Canada prints some bands twice, once in steps of ten points and once added up, and all of them as a total.
    Only rows of the kind `base` may be added.
    """

    class RowKind(models.TextChoices):
        """What a row stands for among the others of its snapshot."""

        BASE = "base", _("a band")
        AGGREGATE = "aggregate", _("several bands added up")
        TOTAL = "total", _("everyone")

    date = models.DateField(_("as it was on"), db_index=True)
    range_low = models.PositiveSmallIntegerField(_("lowest score of the band"))
    range_high = models.PositiveSmallIntegerField(_("highest score of the band"))
    candidates = models.PositiveIntegerField(_("candidates"))
    row_kind = models.CharField(_("row"), max_length=10, choices=RowKind, default=RowKind.BASE)
    source = WebAddressField(_("source"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.STAFF, editable=False)

    class Meta:
        verbose_name = _("band of the pool")
        verbose_name_plural = _("the Express Entry pool")
        ordering = ["-date", "-range_low", "-range_high"]
        constraints = [
            models.UniqueConstraint(fields=["date", "range_low", "range_high"], name="pool_band_once"),
            models.CheckConstraint(
                condition=Q(range_low__lte=F("range_high")),
                name="pool_band_low_to_high",
                violation_error_message=_("The lowest score of a band cannot be above its highest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.range_low}–{self.range_high}"
