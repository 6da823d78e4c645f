"""The guide to occupations: what sets a unit group apart, its neighbours, and duties that tell them apart.

It helps a person to compare. It is our own wording, never the official description, and no rule rests on it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.base import Confidence, Live, Ordered
from programs.models.fields import PARTIAL_DATE_VALIDATOR, WebAddressField, identifier
from programs.models.occupations import Occupation
from programs.models.versions import Origin


class Read(models.Model):
    """Something that was read somewhere, and how sure we are of it."""

    source = WebAddressField(_("source"), blank=True)
    as_of = models.CharField(
        _("text as of"),
        max_length=10,
        blank=True,
        validators=[PARTIAL_DATE_VALIDATOR],
        help_text=_("The day, month or year of the text that was read."),
    )
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.JUDGEMENT)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.STAFF, editable=False)

    class Meta:
        abstract = True


class OccupationGuide(Live, Read):
    """What we say of one unit group. Lists of occupations keep it as they keep the rules, so it moves with them."""

    occupation = models.OneToOneField(
        Occupation, models.CASCADE, related_name="guide", verbose_name=_("occupation"), primary_key=True
    )
    apart_en = models.TextField(_("what sets it apart (English)"))
    apart_fr = models.TextField(_("what sets it apart (French)"), blank=True)
    duties_en = models.TextField(_("duties (English)"), blank=True, help_text=_("One duty a line, in our own words."))
    duties_fr = models.TextField(_("duties (French)"), blank=True, help_text=_("One duty a line, in the same order."))
    licence_en = models.TextField(_("licence (English)"), blank=True)
    licence_fr = models.TextField(_("licence (French)"), blank=True)
    licence_confidence = models.CharField(
        _("confidence in the licence"), max_length=10, choices=Confidence, default=Confidence.MEMORY
    )

    class Meta:
        verbose_name = _("guide to an occupation")
        verbose_name_plural = _("guide to occupations")
        ordering = ["occupation"]

    def __str__(self) -> str:
        return str(self.occupation)


class Neighbour(Ordered):
    """A unit group that is easily taken for another, and how to tell it from that one."""

    guide = models.ForeignKey(
        OccupationGuide, models.CASCADE, related_name="neighbours", verbose_name=_("guide to an occupation")
    )
    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="+", verbose_name=_("neighbour"))
    how_to_tell_en = models.TextField(_("how to tell (English)"))
    how_to_tell_fr = models.TextField(_("how to tell (French)"), blank=True)

    class Meta:
        verbose_name = _("neighbour")
        verbose_name_plural = _("neighbours")
        ordering = ["guide", "position"]
        constraints = [models.UniqueConstraint(fields=["guide", "occupation"], name="neighbour_once")]

    def __str__(self) -> str:
        return str(self.occupation)


class MainDuty(Read, Ordered):
    """A main duty of software jobs, and the unit group it suggests.

    They are read in order; the first that is true counts.
    """

    occupation = models.OneToOneField(Occupation, models.CASCADE, related_name="main_duty", verbose_name=_("suggests"))
    duty_en = models.TextField(_("duty (English)"), help_text=_("A statement: “You mainly design hardware.”"))
    duty_fr = models.TextField(_("duty (French)"), blank=True)

    class Meta:
        verbose_name = _("main duty of software jobs")
        verbose_name_plural = _("main duties of software jobs")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.duty_en


class OccupationRemark(Live, Read, Ordered):
    """Something to know about some occupations, or about all of them when none is named.

    Their pages are kept as they were drawn until the rules move, so it moves with them.
    """

    id = identifier(_("id"), primary_key=True)
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)
    occupations = models.ManyToManyField(
        Occupation,
        blank=True,
        related_name="remarks",
        verbose_name=_("occupations"),
        help_text=_("Leave it empty to show the remark with every occupation."),
    )

    class Meta:
        verbose_name = _("remark on occupations")
        verbose_name_plural = _("remarks on occupations")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.id
