"""Sources: the official pages and provisions that rules rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live, Ordered
from programs.models.fields import WebAddressField, identifier


class SourceCollection(Live):
    """A pack of titled sources, so that it can be written back as it came."""

    id = identifier(_("id"), primary_key=True)
    authority = identifier(_("authority"), default="federal")

    class Meta:
        verbose_name = _("collection of sources")
        verbose_name_plural = _("collections of sources")

    def __str__(self) -> str:
        return self.id


class Source(Live, Ordered):
    """An official page or provision, and when a person last checked it."""

    url = WebAddressField(_("address"), unique=True)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    title_fr = models.CharField(_("title (French)"), max_length=500, blank=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    collection = models.ForeignKey(
        SourceCollection, models.SET_NULL, null=True, blank=True, related_name="sources", verbose_name=_("collection")
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title_en", "url"]

    def __str__(self) -> str:
        return self.title_en or self.url
