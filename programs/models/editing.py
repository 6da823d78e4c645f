"""Who has a page of the rules open for editing, so that two people notice each other."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Whoever opened a page longer ago has gone home, as far as the hint is concerned.
FORGOTTEN_AFTER = dt.timedelta(hours=2)


class Editing(models.Model):
    """Someone opened a page for editing and has not saved it yet."""

    page = models.CharField(_("page"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("page open for editing")
        verbose_name_plural = _("pages open for editing")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "by"], name="editing_once")]

    def __str__(self) -> str:
        return self.page

    @classmethod
    def begin(cls, page: str, by: Any) -> "list[Editing]":
        """Note that someone opened a page, and return who else has it open."""
        now = timezone.now()
        cls.objects.filter(since__lt=now - FORGOTTEN_AFTER).delete()
        cls.objects.get_or_create(page=page, by=by, defaults={"since": now})
        return list(cls.objects.filter(page=page).exclude(by=by).select_related("by").order_by("since"))

    @classmethod
    def end(cls, page: str, by: Any) -> None:
        """Note that someone saved the page."""
        cls.objects.filter(page=page, by=by).delete()
