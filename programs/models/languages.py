"""Language tests, and how their scores become CLB or NCLC levels."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Live, Ordered
from programs.models.fields import AsWrittenJSONField, WebAddressField, identifier
from programs.models.guard import Guarded
from programs.models.versions import VERSION_PERMISSIONS, Version, version_constraints


class LanguageTest(Live):
    """An approved language test."""

    id = identifier(_("id"), primary_key=True)
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    authority = identifier(_("authority"), default="federal")
    languages = AsWrittenJSONField(_("languages"), default=list)
    official_url = WebAddressField(_("official page"))
    certificate = models.BooleanField(
        _("gives a certificate"), default=True, help_text=_("Off for a bare level, which nobody issued on a day.")
    )

    class Meta:
        verbose_name = _("language test")
        verbose_name_plural = _("language tests")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_en


class Conversion(Version):
    """How a test's scores become levels. Several may be in force at once: one for each scale and time of the test."""

    PARENT = "language_test"
    BESIDE = ("scale", "taken_from", "taken_to")

    language_test = models.ForeignKey(
        LanguageTest, models.PROTECT, related_name="versions", verbose_name=_("language test")
    )
    scale = models.CharField(_("scale"), max_length=50, blank=True)
    scale_name_en = models.CharField(_("scale, as people know it (English)"), max_length=200, blank=True)
    scale_name_fr = models.CharField(_("scale, as people know it (French)"), max_length=200, blank=True)
    taken_from = models.DateField(_("for tests taken from"), null=True, blank=True)
    taken_to = models.DateField(_("for tests taken to"), null=True, blank=True)
    default_from = models.DateField(_("meant for tests from"), null=True, blank=True)
    default_to = models.DateField(_("meant for tests to"), null=True, blank=True)

    class Meta:
        verbose_name = _("conversion")
        verbose_name_plural = _("conversions")
        default_permissions = VERSION_PERMISSIONS
        ordering = ["language_test", "-effective_from"]
        constraints = version_constraints("language_test", "conversion")


class AbilityScale(Ordered, Guarded):
    """One ability's scores: their range, the step between them, and the lowest score for each level."""

    class Ability(models.TextChoices):
        """The four abilities."""

        LISTENING = "listening", _("listening")
        READING = "reading", _("reading")
        WRITING = "writing", _("writing")
        SPEAKING = "speaking", _("speaking")

    version = models.ForeignKey(Conversion, models.CASCADE, related_name="abilities", verbose_name=_("conversion"))
    ability = models.CharField(_("ability"), max_length=10, choices=Ability)
    minimum = models.FloatField(_("lowest score"))
    maximum = models.FloatField(_("highest score"))
    step = models.FloatField(_("step"))
    levels = AsWrittenJSONField(_("lowest score for each level"))

    class Meta:
        verbose_name = _("ability's scale")
        verbose_name_plural = _("abilities' scales")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "ability"], name="ability_scale_once"),
            models.CheckConstraint(
                condition=Q(maximum__gte=F("minimum")),
                name="ability_scale_range",
                violation_error_message=_("The highest score is below the lowest."),
            ),
            models.CheckConstraint(condition=Q(step__gt=0), name="ability_scale_step"),
        ]

    def __str__(self) -> str:
        return self.get_ability_display()
