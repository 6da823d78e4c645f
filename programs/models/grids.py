"""Points grids: versions of nested factors, each scored by a table, by cases, or from its children."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Cited, Live, Ordered
from programs.models.fields import IDENTIFIER_VALIDATOR, AsWrittenJSONField, WebAddressField, identifier
from programs.models.guard import Guarded
from programs.models.versions import VERSION_PERMISSIONS, Version, version_constraints


class Grid(Live):
    """A scoring system."""

    id = identifier(_("id"), primary_key=True)
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    authority = identifier(_("authority"))
    official_url = WebAddressField(_("official page"))
    without_example = AsWrittenJSONField(
        _("why an example is missing"),
        default=dict,
        blank=True,
        help_text=_("For staff: of the “least” or the “most” points, or of a factor by its id."),
    )

    class Meta:
        verbose_name = _("points grid")
        verbose_name_plural = _("points grids")
        ordering = ["authority", "name_en"]

    def __str__(self) -> str:
        return self.name_en


class GridVersion(Version):
    """A grid in force from one date to another."""

    PARENT = "grid"

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="versions", verbose_name=_("grid"))
    pass_mark = models.IntegerField(_("pass mark"), null=True, blank=True)
    maximum = models.IntegerField(_("most points possible"))
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)

    class Meta:
        verbose_name = _("grid version")
        verbose_name_plural = _("grid versions")
        default_permissions = VERSION_PERMISSIONS
        ordering = ["grid", "-effective_from"]
        constraints = [
            *version_constraints("grid", "grid_version"),
            models.CheckConstraint(condition=Q(maximum__gte=0), name="grid_version_maximum"),
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__gte=0, pass_mark__lte=models.F("maximum")),
                name="grid_version_pass_mark",
                violation_error_message=_("The pass mark lies between 0 and the most points possible."),
            ),
        ]


class Factor(Cited, Ordered, Guarded):
    """A factor of a grid; factors nest."""

    class Role(models.TextChoices):
        """Where a factor's points are shown."""

        SECTION = "section", _("section")
        GROUP = "group", _("group")
        FACTOR = "factor", _("factor")
        PART = "part", _("part")

    class Combine(models.TextChoices):
        """How the points of a factor's children become its own."""

        SUM = "sum", _("sum")
        BEST = "best", _("best of them")

    version = models.ForeignKey(GridVersion, models.CASCADE, related_name="factors", verbose_name=_("version"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("inside")
    )
    key = models.CharField(_("id"), max_length=100, validators=[IDENTIFIER_VALIDATOR])
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    combine = models.CharField(_("children give"), max_length=10, choices=Combine, blank=True)
    cap = models.IntegerField(_("at most"), null=True, blank=True)
    floor = models.IntegerField(_("at least"), null=True, blank=True)
    cap_when_fact = models.ForeignKey(
        "programs.Fact", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("other cap: fact")
    )
    cap_when_is = models.BooleanField(_("other cap: when the fact is true"), default=True)
    cap_when_cap = models.IntegerField(_("other cap: at most"), null=True, blank=True)
    only_for = AsWrittenJSONField(_("only for these programs"), default=list, blank=True)
    readings = AsWrittenJSONField(_("other readings"), default=list, blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)

    class Meta:
        verbose_name = _("factor")
        verbose_name_plural = _("factors")
        ordering = ["version", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cap_when_fact__isnull=True, cap_when_cap__isnull=True)
                | Q(cap_when_fact__isnull=False, cap_when_cap__isnull=False),
                name="factor_other_cap_is_whole",
                violation_error_message=_("Another cap needs both its fact and its figure."),
            ),
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(floor__isnull=True) | Q(floor__lte=models.F("cap")),
                name="factor_floor_below_cap",
                violation_error_message=_("The least points are more than the most."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en


class PointsTable(Guarded):
    """A matrix of points: bands of rows, bands of columns (or none), and a figure for each."""

    VERSION_PATHS = ("factor__version",)

    factor = models.OneToOneField(Factor, models.CASCADE, related_name="table", verbose_name=_("factor"))
    rows_measure = AsWrittenJSONField(_("rows: what they stand for"))
    rows_bands = AsWrittenJSONField(_("rows"))
    columns_measure = AsWrittenJSONField(_("columns: what they stand for"), null=True, blank=True)
    columns_bands = AsWrittenJSONField(_("columns"), null=True, blank=True)
    per_ability = models.BooleanField(_("for each ability"), default=False)
    points = AsWrittenJSONField(_("points"))

    class Meta:
        verbose_name = _("points table")
        verbose_name_plural = _("points tables")
        constraints = [
            models.CheckConstraint(
                condition=Q(columns_measure__isnull=True, columns_bands__isnull=True)
                | Q(columns_measure__isnull=False, columns_bands__isnull=False),
                name="table_columns_are_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.factor)


class Case(Ordered, Guarded):
    """Points given when a route is met; of several cases that are met, the one worth most counts."""

    VERSION_PATHS = ("factor__version",)

    factor = models.ForeignKey(Factor, models.CASCADE, related_name="cases", verbose_name=_("factor"))
    key = models.CharField(_("id"), max_length=100, blank=True, validators=[IDENTIFIER_VALIDATOR])
    points = models.IntegerField(_("points"))
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["factor", "position"]

    def __str__(self) -> str:
        return f"{self.points}: {self.text_en}"
