"""What the models share: citations, order, and rows whose change moves the rulebook."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from programs.models.fields import PARTIAL_DATE_VALIDATOR
from programs.models.history import RulebookRevision


class Confidence(models.TextChoices):
    """How sure we are of what a rule says."""

    CONFIRMED = "confirmed", _("confirmed: an official text, or two independent ones")
    SINGLE = "single", _("single: one source only")
    MEMORY = "memory", _("memory: not seen in a text")
    JUDGEMENT = "judgement", _("judgement: our own reading")


class Cited(models.Model):
    """Something that rests on a source."""

    source = models.ForeignKey("programs.Source", models.PROTECT, verbose_name=_("source"))
    provision = models.CharField(_("provision"), max_length=500, blank=True)
    as_of = models.CharField(
        _("text as of"),
        max_length=10,
        validators=[PARTIAL_DATE_VALIDATOR],
        help_text=_("The day, month or year of the text that was read."),
    )
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.CONFIRMED)
    caution_en = models.TextField(_("caution (English)"), blank=True)
    caution_fr = models.TextField(_("caution (French)"), blank=True)

    class Meta:
        abstract = True


class Ordered(models.Model):
    """Something whose place among its siblings matters."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True


class LiveQuerySet(models.QuerySet[Any]):
    """A query set whose changes every process sees within seconds."""

    def update(self, **values: Any) -> int:
        with transaction.atomic():
            RulebookRevision.move()
            return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            RulebookRevision.move()
            return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        with transaction.atomic():
            RulebookRevision.move()
            return super().bulk_create(objs, *args, **options)


class Live(models.Model):
    """A row that is in force as soon as it is saved: saving or deleting it moves the rulebook's revision."""

    objects = LiveQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Save, and move the rulebook's revision with it."""
        with transaction.atomic():
            super().save(*args, **options)
            RulebookRevision.move()

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete, and move the rulebook's revision with it."""
        with transaction.atomic():
            RulebookRevision.move()
            return super().delete(*args, **options)
