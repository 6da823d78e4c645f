"""Correspondences: which codes of one classification lead to which codes of another, and how surely."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.base import Confidence, Live
from programs.models.occupations import Classification
from programs.models.versions import Origin


class Correspondence(Live):
    """A code of one classification, and a code of another that it may become.

    A correspondence suggests and never decides. `match` is empty where nobody has judged it.
    """

    class Match(models.TextChoices):
        """How much of what the first code covers falls under the second."""

        EXACT = "exact", _("exact: the whole of it")
        CLOSE = "close", _("close: the usual home")
        PARTIAL = "partial", _("partial: only some jobs")

    from_classification = models.ForeignKey(
        Classification, models.PROTECT, related_name="leads_on", verbose_name=_("from classification")
    )
    from_code = models.CharField(_("from code"), max_length=10)
    from_title_en = models.CharField(_("its title (English)"), max_length=300)
    from_title_fr = models.CharField(_("its title (French)"), max_length=300, blank=True)
    to_classification = models.ForeignKey(
        Classification, models.PROTECT, related_name="led_to", verbose_name=_("to classification")
    )
    to_code = models.CharField(_("to code"), max_length=10)
    rank = models.PositiveSmallIntegerField(_("rank"), default=1, help_text=_("1 is the one to show first."))
    match = models.CharField(_("match"), max_length=10, choices=Match, blank=True)
    basis = models.CharField(
        _("rests on"), max_length=200, blank=True, help_text=_("Which tables or texts support it, in a few words.")
    )
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.STAFF, editable=False)

    class Meta:
        verbose_name = _("correspondence of codes")
        verbose_name_plural = _("correspondences of codes")
        ordering = ["from_classification", "from_code", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_classification", "from_code", "to_classification", "to_code"], name="correspondence_once"
            )
        ]
        indexes = [models.Index(fields=["to_classification", "to_code"], name="correspondence_back")]

    def __str__(self) -> str:
        return f"{self.from_code} → {self.to_code}"
