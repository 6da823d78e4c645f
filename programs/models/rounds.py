"""Rounds: Express Entry rounds of invitations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.base import Confidence, Live
from programs.models.fields import WebAddressField
from programs.models.versions import Origin


class Round(Live):
    """One round of invitations. A cut-off that holds nomination points is never compared with a plain score."""

    class RoundType(models.TextChoices):
        """Who could be invited."""

        GENERAL = "general", _("general")
        PROGRAM = "program", _("one program")
        CATEGORY = "category", _("category")

    number = models.CharField(_("number"), max_length=10, unique=True)
    date = models.DateField(_("date"), db_index=True)
    time_utc = models.DateTimeField(_("time of the instruction"), null=True, blank=True)
    name = models.CharField(_("official name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=60, help_text=_("Whom it was for, in short: general, cec, pnp, french…")
    )
    round_type = models.CharField(_("type"), max_length=10, choices=RoundType)
    invitations = models.PositiveIntegerField(_("invitations"))
    cutoff = models.PositiveSmallIntegerField(_("lowest score invited"), null=True, blank=True)
    tie_break = models.DateTimeField(_("tie-break"), null=True, blank=True)
    includes_nomination_points = models.BooleanField(
        _("cut-off includes a nomination's points"),
        default=False,
        help_text=_("On: everyone invited had 600 points for a nomination (or, until 2016, a job offer)."),
    )
    source = WebAddressField(_("source"))
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.CONFIRMED)
    note = models.TextField(_("note"), blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.STAFF, editable=False)

    class Meta:
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")
        ordering = ["-date", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cutoff__isnull=True) | models.Q(cutoff__lte=1200), name="round_cutoff_to_1200"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.date}) {self.name}"
