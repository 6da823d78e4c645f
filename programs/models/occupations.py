"""Occupations: unit groups of a classification, and the job titles by which people find them."""

import re
import unicodedata
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live
from programs.models.fields import identifier
from programs.models.versions import Origin


def normalised(text: str) -> str:
    """A title as it is searched for: without capitals, accents and punctuation.

    >>> normalised("Développeur/développeuse de logiciels (C++)")
    'developpeur developpeuse de logiciels c++'
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9+#.]+", " ", bare.casefold()).strip()


class Classification(Live):
    """The occupational classification that codes belong to (NOC 2021 today)."""

    id = identifier(_("id"), primary_key=True)
    name_en = models.CharField(_("name (English)"), max_length=200)
    name_fr = models.CharField(_("name (French)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")

    def __str__(self) -> str:
        return self.name_en


class Occupation(Live):
    """A unit group."""

    classification = models.ForeignKey(
        Classification, models.PROTECT, related_name="occupations", verbose_name=_("classification")
    )
    code = models.CharField(_("code"), max_length=10)
    title_en = models.CharField(_("title (English)"), max_length=300)
    title_fr = models.CharField(_("title (French)"), max_length=300, blank=True)
    teer = models.PositiveSmallIntegerField(_("TEER"))
    broad_category = models.CharField(_("broad category"), max_length=10, blank=True)
    major_group = models.CharField(_("major group"), max_length=10, blank=True)
    sub_major_group = models.CharField(_("sub-major group"), max_length=10, blank=True)
    minor_group = models.CharField(_("minor group"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        ordering = ["classification", "code"]
        constraints = [
            models.UniqueConstraint(fields=["classification", "code"], name="occupation_code_once"),
            models.CheckConstraint(condition=models.Q(teer__gte=0, teer__lte=5), name="occupation_teer_0_to_5"),
            models.CheckConstraint(condition=models.Q(code__regex=r"^[0-9]{4,5}$"), name="occupation_code_is_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_en}"


class JobTitle(Live):
    """A job title, and the unit group it leads to. `rank` 1 is the suggestion to show first."""

    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))])
    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="job_titles", verbose_name=_("occupation"))
    kind = models.CharField(_("kind"), max_length=30)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    normalised = models.CharField(_("as searched for"), max_length=300, editable=False)

    class Meta:
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")
        ordering = ["normalised", "rank"]
        indexes = [models.Index(fields=["language", "normalised"], name="job_title_search")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Save, with the title as it is searched for."""
        self.normalised = normalised(self.title)
        super().save(*args, **options)


class Abbreviation(Live):
    """A word as people write it in job titles, and what it stands for when one searches."""

    word = models.CharField(_("word"), max_length=30, help_text=_("In small letters, without accents: “sr”, “swe”."))
    stands_for = models.CharField(
        _("stands for"),
        max_length=100,
        blank=True,
        help_text=_("Leave it empty for a word that says nothing of the occupation, such as a level."),
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.STAFF, editable=False)

    class Meta:
        verbose_name = _("abbreviation in job titles")
        verbose_name_plural = _("abbreviations in job titles")
        ordering = ["word", "stands_for"]
        constraints = [models.UniqueConstraint(fields=["word", "stands_for"], name="abbreviation_once")]

    def __str__(self) -> str:
        return f"{self.word}: {self.stands_for}"

    def save(self, *args: Any, **options: Any) -> None:
        """Save, with the word as it is searched for."""
        self.word = normalised(self.word)
        super().save(*args, **options)
