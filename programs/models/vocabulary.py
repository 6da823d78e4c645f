"""Facts: the closed list of what conditions may speak of, mirrored here so that rules can point to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.fields import AsWrittenJSONField


class Fact(models.Model):
    """An entry of the vocabulary. It is written in `vocabulary.yaml` and only mirrored here."""

    key = models.CharField(_("key"), max_length=100, primary_key=True)
    type = models.CharField(_("type"), max_length=20)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    label_en = models.CharField(_("label (English)"), max_length=200)
    label_fr = models.CharField(_("label (French)"), max_length=200, blank=True)
    choices = AsWrittenJSONField(_("choices"), default=list)
    operators = AsWrittenJSONField(_("operators"), default=list)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.label_en} ({self.unit or self.type})"
