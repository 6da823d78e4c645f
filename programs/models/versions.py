"""What versions of programs, grids, lists, tables and conversions have in common."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Cited, Ordered
from programs.models.guard import LOCKED, Guarded, Status

# Publishing is a right of its own beside Django's four.
VERSION_PERMISSIONS = ("add", "change", "delete", "view", "publish")


class Origin(models.TextChoices):
    """Where a version came from."""

    PACK = "pack", _("rule pack")
    STAFF = "staff", _("staff")


class Version(Cited, Ordered, Guarded):
    """Rules in force from one day to another (both included; an open end is empty)."""

    VERSION_PATHS: ClassVar[tuple[str, ...]] = ("",)
    PARENT: ClassVar[str]
    # Versions that differ in one of these stand beside each other; the others follow each other in time.
    BESIDE: ClassVar[tuple[str, ...]] = ()

    label = models.CharField(_("version"), max_length=100)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(
        _("in force to"), null=True, blank=True, help_text=_("Empty: until further notice.")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
    )
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.STAFF, editable=False)
    remark = models.TextField(_("remark for staff"), blank=True, help_text=_("Never shown to applicants."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.parent} {self.label}"

    @property
    def parent(self) -> Any:
        """What this is a version of."""
        return getattr(self, self.PARENT)

    def owners(self) -> list[Any]:
        """A version belongs to itself."""
        return [self]

    @property
    def is_editable(self) -> bool:
        """Whether staff may change this version."""
        return self.status not in LOCKED

    def siblings(self) -> models.QuerySet[Any]:
        """The other versions that this one follows or precedes."""
        same = {name: getattr(self, name) for name in (self.PARENT, *self.BESIDE)}
        return type(self).objects.filter(**same).exclude(pk=self.pk)

    def overlapping(self, start: dt.date, end: dt.date | None) -> models.QuerySet[Any]:
        """Published versions of the same thing with a day between `start` and `end`."""
        later = Q() if end is None else Q(effective_from__lte=end)
        earlier = Q(effective_to__isnull=True) | Q(effective_to__gte=start)
        return self.siblings().filter(later & earlier, status=Status.PUBLISHED)

    def clean(self) -> None:
        """Refuse a period that ends before it starts."""
        super().clean()
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            message = _("The last day (%(to)s) is before the first (%(from)s).")
            days = {"to": self.effective_to, "from": self.effective_from}
            raise ValidationError({"effective_to": ValidationError(message, params=days)})


def version_constraints(parent: str, name: str) -> list[models.BaseConstraint]:
    """What the database holds of every kind of version. Withdrawn ones keep their label beside their successor."""
    return [
        models.CheckConstraint(
            condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
            name=f"{name}_ends_after_start",
            violation_error_message=_("The last day is before the first."),
        ),
        models.CheckConstraint(condition=Q(status__in=Status.values), name=f"{name}_status"),
        models.UniqueConstraint(
            fields=[parent, "label"],
            condition=~Q(status=Status.WITHDRAWN),
            name=f"{name}_label_once",
            violation_error_message=_("There is already a version of this name."),
        ),
    ]
