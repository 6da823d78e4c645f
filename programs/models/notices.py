"""Notices: changes reported, proposed or announced but not confirmed in an official text."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live, Ordered
from programs.models.fields import AsWrittenJSONField, WebAddressField, identifier


class Notice(Live):
    """A change to be checked, shown beside what it concerns until staff resolve it."""

    class Confidence(models.TextChoices):
        """How it is known."""

        REPORTED = "reported", _("reported")
        PROPOSED = "proposed", _("proposed")
        ANNOUNCED = "announced", _("announced")

    id = identifier(_("id"), primary_key=True)
    authority = identifier(_("authority"), default="federal")
    title_en = models.CharField(_("title (English)"), max_length=300)
    title_fr = models.CharField(_("title (French)"), max_length=300, blank=True)
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)
    concerns = AsWrittenJSONField(
        _("concerns"), default=list, help_text=_("Ids of programs and grids, for example [“crs”, “fsw”].")
    )
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence)
    reported_on = models.DateField(_("reported on"))
    effective_from = models.DateField(_("said to be in force from"), null=True, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    resolution_en = models.TextField(_("how it was resolved (English)"), blank=True)
    resolution_fr = models.TextField(_("how it was resolved (French)"), blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = [F("resolved_on").asc(nulls_first=True), "-reported_on"]
        permissions = [("resolve_notice", _("Can resolve a notice"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_on__isnull=True) | Q(resolved_on__gte=F("reported_on")),
                name="notice_resolved_after_report",
                violation_error_message=_("It cannot be resolved before it was reported."),
            )
        ]

    def __str__(self) -> str:
        return self.title_en


class NoticeSource(Ordered, Live):
    """Where a notice was read."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sources", verbose_name=_("notice"))
    url = WebAddressField(_("address"))
    title = models.CharField(_("title"), max_length=500)
    as_of = models.CharField(_("text as of"), max_length=40)

    class Meta:
        verbose_name = _("source of the notice")
        verbose_name_plural = _("sources of the notice")
        ordering = ["notice", "position"]

    def __str__(self) -> str:
        return self.title
