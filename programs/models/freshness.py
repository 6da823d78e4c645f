"""How long things may go unlooked at before the first page of the admin says so."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_A_WHILE = [MinValueValidator(1), MaxValueValidator(1000)]


class FreshnessLimits(models.Model):
    """One row of days, which staff may change. Where there is none, the numbers the program came with hold."""

    source_days = models.PositiveSmallIntegerField(
        _("a source is to be checked again after so many days"), default=180, validators=_A_WHILE
    )
    round_days = models.PositiveSmallIntegerField(
        _("rounds are to be imported when the latest is so many days old"), default=21, validators=_A_WHILE
    )
    ends_days = models.PositiveSmallIntegerField(
        _("what ends within so many days, with nothing after it, is shown"), default=90, validators=_A_WHILE
    )

    class Meta:
        verbose_name = _("days until things are to be looked at again")
        default_permissions = ("change",)
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_row_of_freshness_limits")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "FreshnessLimits":
        """The row, or one with the numbers the program came with; that one is not saved yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
