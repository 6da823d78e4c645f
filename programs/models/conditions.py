"""Conditions: the tests inside a requirement, a factor or a case.

The fields of one route (`route`, a number) are AND-ed, routes are OR-ed. What identifies a condition has a column
of its own, so that the database can tell which rules use a fact, a list or a grid; the parameters of an
experience, a credential or a relative are JSON that the schema of packs checks.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from programs.models.base import Ordered
from programs.models.fields import AsWrittenJSONField
from programs.models.guard import Guarded

OWNERS = ("requirement", "factor", "case")


class Condition(Ordered, Guarded):
    """One test. It belongs to exactly one requirement, factor (when it applies) or case."""

    VERSION_PATHS = ("requirement__version", "factor__version", "case__factor__version")

    class Kind(models.TextChoices):
        """What is looked at."""

        FACT = "fact", _("a fact, compared")
        EXPERIENCE = "experience", _("work experience, compared")
        CREDENTIAL = "credential", _("education, compared")
        LIST_LEVEL = "list_level", _("a list's figure for an occupation, compared")
        GRID = "grid", _("a grid's score, compared")
        OCCUPATION = "occupation", _("an occupation is on a list, or is not")
        MAIN_TEER = "main_teer", _("the TEER of most of the experience")
        RELATIVE = "relative", _("a relative in Canada")
        PROGRAM = "program", _("another program's verdict")
        JUDGEMENT = "judgement", _("a person must judge this")

    class Operator(models.TextChoices):
        """How two sides are compared."""

        EQUAL = "==", _("is")
        NOT_EQUAL = "!=", _("is not")
        AT_LEAST = ">=", _("is at least")
        AT_MOST = "<=", _("is at most")
        MORE = ">", _("is more than")
        LESS = "<", _("is less than")
        IN = "in", _("is one of")
        NOT_IN = "not_in", _("is none of")
        CONTAINS = "contains", _("contains")
        CONTAINS_NONE = "contains_none", _("contains none of")

    class Unit(models.TextChoices):
        """What experience is counted in."""

        YEARS = "years", _("years")
        MONTHS = "months", _("months")
        HOURS = "hours", _("hours")

    class OccupationOf(models.TextChoices):
        """Whose occupation is meant."""

        JOB_OFFER = "job_offer", _("the job offer")
        MAIN_OCCUPATION = "main_occupation", _("the main occupation")
        TRADE_CERTIFICATE = "trade_certificate", _("the trade certificate")
        PARTNER_JOB_OFFER = "partner_job_offer", _("your partner's job offer")

    requirement = models.ForeignKey(
        "programs.Requirement", models.CASCADE, null=True, blank=True, related_name="conditions"
    )
    factor = models.ForeignKey("programs.Factor", models.CASCADE, null=True, blank=True, related_name="conditions")
    case = models.ForeignKey("programs.Case", models.CASCADE, null=True, blank=True, related_name="conditions")
    route = models.PositiveSmallIntegerField(
        _("route"), default=1, help_text=_("Conditions with one number must all hold; one number's are enough.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.FACT)
    fact = models.ForeignKey(
        "programs.Fact", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fact")
    )
    grid = models.ForeignKey(
        "programs.Grid", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("grid")
    )
    program = models.ForeignKey(
        "programs.Program", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("program")
    )
    occupation_of = models.CharField(_("occupation of"), max_length=20, choices=OccupationOf, blank=True)
    occupation_list = models.ForeignKey(
        "programs.OccupationList",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("occupation list"),
    )
    expected = models.BooleanField(_("must be so"), default=True, help_text=_("Off: it must not be so."))
    parameters = AsWrittenJSONField(_("parameters"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, blank=True)
    op = models.CharField(_("comparison"), max_length=15, choices=Operator, blank=True)
    value = AsWrittenJSONField(_("value"), null=True, blank=True)
    other_fact = models.ForeignKey(
        "programs.Fact", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("other fact")
    )
    table = models.ForeignKey(
        "programs.ReferenceTable",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reference table"),
    )
    by = models.ForeignKey(
        "programs.Fact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("row picked by"),
    )
    figure_list = models.ForeignKey(
        "programs.OccupationList",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("figure from list"),
    )
    figure_column = models.CharField(_("which figure"), max_length=50, blank=True)
    figure_of = models.CharField(_("figure for the occupation of"), max_length=20, choices=OccupationOf, blank=True)
    judgement_en = models.TextField(_("what to judge (English)"), blank=True)
    judgement_fr = models.TextField(_("what to judge (French)"), blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["route", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(requirement__isnull=False, factor__isnull=True, case__isnull=True)
                | Q(requirement__isnull=True, factor__isnull=False, case__isnull=True)
                | Q(requirement__isnull=True, factor__isnull=True, case__isnull=False),
                name="condition_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(route__gte=1), name="condition_route_from_1"),
            *(
                models.CheckConstraint(
                    condition=~Q(kind=kind) | Q(**{f"{column}__isnull": False}), name=f"condition_{kind}_is_named"
                )
                for kind, column in (
                    ("fact", "fact"),
                    ("grid", "grid"),
                    ("program", "program"),
                    ("occupation", "occupation_list"),
                    ("list_level", "occupation_list"),
                )
            ),
        ]

    def __str__(self) -> str:
        from programs.packs.sentences import condition_sentence

        try:
            return condition_sentence(self.document())
        except SchemaError:
            return str(_("a condition that is not finished"))

    def document(self) -> object:
        """The condition as a pack would say it.

        Raises:
            pydantic.ValidationError: if its fields do not make a condition.

        """
        from programs.packs.condition_rows import condition_document

        return condition_document(self)

    def clean(self) -> None:
        """Refuse fields that do not make a condition, in the words of the schema."""
        super().clean()
        try:
            self.document()
        except SchemaError as error:
            raise ValidationError([detail["msg"].removeprefix("Value error, ") for detail in error.errors()]) from error
