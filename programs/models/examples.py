"""Worked examples: a profile, and what must come of it. Rules are not published while one fails."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live, Ordered
from programs.models.fields import AsWrittenJSONField


class Example(Ordered, Live):
    """A worked example of a program, a grid or a language test."""

    program = models.ForeignKey("programs.Program", models.CASCADE, null=True, blank=True, related_name="examples")
    grid = models.ForeignKey("programs.Grid", models.CASCADE, null=True, blank=True, related_name="examples")
    language_test = models.ForeignKey(
        "programs.LanguageTest", models.CASCADE, null=True, blank=True, related_name="examples"
    )
    name = models.CharField(_("name"), max_length=300)
    source = models.CharField(_("source"), max_length=500, blank=True)
    profile = AsWrittenJSONField(_("profile"), help_text=_("An applicant's answers, as JSON."))
    expect = AsWrittenJSONField(_("expected"), help_text=_("Only what must come of it, as JSON."))

    class Meta:
        verbose_name = _("worked example")
        verbose_name_plural = _("worked examples")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(program__isnull=False, grid__isnull=True, language_test__isnull=True)
                | Q(program__isnull=True, grid__isnull=False, language_test__isnull=True)
                | Q(program__isnull=True, grid__isnull=True, language_test__isnull=False),
                name="example_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.name
