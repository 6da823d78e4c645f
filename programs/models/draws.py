"""Draws: invitations that provinces and territories have issued."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Confidence, Live
from programs.models.fields import PARTIAL_DATE_VALIDATOR, AsWrittenJSONField, WebAddressField, identifier
from programs.models.grids import Grid
from programs.models.programs import Program
from programs.models.versions import Origin


class Draw(Live):
    """One draw of a province, for one group of people.

    A score means something only on the grid it was counted on. Where `grid` is empty the scale is none of ours,
    and the score is shown and never compared.
    """

    class Precision(models.TextChoices):
        """How exactly the day is known."""

        DAY = "day", _("this day")
        MONTH = "month", _("some day of this month")

    id = identifier(_("id"), primary_key=True)
    authority = identifier(_("authority"))
    programs = AsWrittenJSONField(
        _("programs"), help_text=_("Ids of the programs it invited for, for example [“bc-tech”].")
    )
    date = models.DateField(_("date"), db_index=True)
    date_precision = models.CharField(
        _("how exact"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("Where only the month is known, give its first day as the date."),
    )
    kind_en = models.CharField(_("who was invited (English)"), max_length=300)
    kind_fr = models.CharField(_("who was invited (French)"), max_length=300, blank=True)
    invitations = models.PositiveIntegerField(_("invitations"), null=True, blank=True)
    fewer_than = models.PositiveSmallIntegerField(
        _("or fewer than"), null=True, blank=True, help_text=_("Where the province says only “fewer than 10”: 10.")
    )
    grid = models.ForeignKey(
        Grid,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("grid of the score"),
        help_text=_("The grid that the scores below were counted on; empty where it is none of these."),
    )
    lowest_score = models.PositiveSmallIntegerField(_("lowest score invited"), null=True, blank=True)
    highest_score = models.PositiveSmallIntegerField(
        _("highest score invited"),
        null=True,
        blank=True,
        help_text=_("Only where the draw had an upper end: people above it were not invited."),
    )
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    source = WebAddressField(_("source"))
    as_of = models.CharField(_("text as of"), max_length=10, validators=[PARTIAL_DATE_VALIDATOR])
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.CONFIRMED)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.STAFF, editable=False)

    class Meta:
        verbose_name = _("provincial draw")
        verbose_name_plural = _("provincial draws")
        ordering = ["-date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invitations__isnull=True) | Q(fewer_than__isnull=True),
                name="draw_number_or_fewer_than",
                violation_error_message=_("Give the number of invitations, or “fewer than”, not both."),
            ),
            models.CheckConstraint(
                condition=Q(highest_score__isnull=True)
                | Q(lowest_score__isnull=False, lowest_score__lte=F("highest_score")),
                name="draw_lowest_to_highest",
                violation_error_message=_("The lowest score cannot be above the highest, nor missing beside it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.date}: {self.kind_en}"

    def clean(self) -> None:
        """Programs must be a list of ids that exist.

        Raises:
            ValidationError: naming the ids that do not.

        """
        super().clean()
        check_programs(self.programs, known_programs())


def known_programs() -> frozenset[str]:
    """The ids of all programs."""
    return frozenset(Program.objects.values_list("pk", flat=True))


def check_programs(given: Any, known: frozenset[str]) -> None:
    """Refuse what is not a list of programs.

    Raises:
        ValidationError: naming the ids that do not exist.

    """
    if not isinstance(given, list) or not given or not all(isinstance(one, str) for one in given):
        raise ValidationError({"programs": _("Give at least one program, for example [“bc-tech”].")})
    unknown = [one for one in given if one not in known]
    if unknown:
        message = _("There is no program with the id %(ids)s. Ids are in the list of programs.")
        raise ValidationError({"programs": message % {"ids": ", ".join(unknown)}})
