"""Figures: counts and shares that the public page of figures shows. No rule compares with them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Cited, Confidence, Live, Ordered
from programs.models.fields import AsWrittenJSONField, WebAddressField, identifier


class Figures(Cited, Live):
    """A series of figures under one title, in one unit, shown from one day to another."""

    class Topic(models.TextChoices):
        """Under which heading they stand."""

        CANADA_PLAN = "canada_plan", _("Canada's plan")
        WHO_IS_INVITED = "who_is_invited", _("Who is invited")
        OCCUPATIONS = "occupations", _("Occupations in demand")
        H1B_NUMBERS = "h1b_numbers", _("H-1B: how many, and from where")
        H1B_DECISIONS = "h1b_decisions", _("H-1B: refusals")
        H1B_CAP = "h1b_cap", _("H-1B: the cap and the draw")
        H1B_PAYMENT = "h1b_payment", _("H-1B: the payment of the proclamation")

    class ShownAs(models.TextChoices):
        """How the page shows them."""

        BARS = "bars", _("bars, with the table behind")
        TABLE = "table", _("a table")
        RANKING = "ranking", _("a ranking: the first comes first")
        TIMELINE = "timeline", _("events, one below the other")

    id = identifier(_("id"), primary_key=True)
    authority = identifier(_("authority"))
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    position = models.PositiveSmallIntegerField(_("place within the topic"), default=0)
    title_en = models.CharField(_("title (English)"), max_length=300)
    title_fr = models.CharField(_("title (French)"), max_length=300, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=100, help_text=_("For example “petitions” or “%”."))
    unit_fr = models.CharField(_("unit (French)"), max_length=100, blank=True)
    shown_as = models.CharField(_("shown as"), max_length=10, choices=ShownAs, default=ShownAs.BARS)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    effective_from = models.DateField(_("shown from"))
    effective_to = models.DateField(_("shown until"), null=True, blank=True)

    class Meta:
        verbose_name = _("series of figures")
        verbose_name_plural = _("figures")
        ordering = ["topic", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="figures_end_after_start",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title_en


class FigureRow(Ordered, Live):
    """One figure of a series."""

    figures = models.ForeignKey(Figures, models.CASCADE, related_name="rows", verbose_name=_("figures"))
    label_en = models.CharField(_("label (English)"), max_length=200, help_text=_("A year, a country, a day…"))
    label_fr = models.CharField(_("label (French)"), max_length=200, blank=True)
    value = models.FloatField(_("figure"), null=True, blank=True, validators=[MinValueValidator(0)])
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    occupations = AsWrittenJSONField(
        _("unit groups"), default=list, blank=True, help_text=_("NOC codes, for example [“21231”].")
    )
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence, blank=True, help_text=_("Where it differs from the series.")
    )
    source = WebAddressField(_("source"), blank=True, help_text=_("Where it differs from the series."))

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures of the series")
        ordering = ["figures", "position"]

    def __str__(self) -> str:
        return f"{self.label_en}: {self.value}" if self.value is not None else self.label_en
