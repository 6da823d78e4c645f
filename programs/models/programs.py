"""Programs: their versions and requirements, and what goes with them whatever the version."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.base import Cited, Live, Ordered
from programs.models.fields import IDENTIFIER_VALIDATOR, AsWrittenJSONField, WebAddressField, identifier
from programs.models.grids import Grid
from programs.models.guard import Guarded
from programs.models.versions import VERSION_PERMISSIONS, Version, version_constraints


class Program(Live):
    """One route with its own rules."""

    class Category(models.TextChoices):
        """What sort of route it is."""

        EXPRESS_ENTRY = "express_entry", _("Express Entry")
        PNP_STREAM = "pnp_stream", _("provincial nominee stream")
        WORK_PERMIT = "work_permit", _("work permit")
        EE_CATEGORY = "ee_category", _("Express Entry category")
        REGIONAL = "regional", _("regional program")
        QUEBEC = "quebec", _("Quebec")
        OTHER = "other", _("other")

    class LeadsTo(models.TextChoices):
        """What it ends in."""

        PERMANENT_RESIDENCE = "permanent_residence", _("permanent residence")
        NOMINATION = "nomination", _("nomination")
        WORK_PERMIT = "work_permit", _("work permit")
        STUDY_PERMIT = "study_permit", _("study permit")
        VISIT = "visit", _("visit")
        UNKNOWN = "unknown", _("not known")

    class JobOffer(models.TextChoices):
        """Whether it needs a job offer."""

        REQUIRED = "required", _("required")
        OPTIONAL = "optional", _("optional")
        NOT_REQUIRED = "not_required", _("not required")

    id = identifier(_("id"), primary_key=True)
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    authority = identifier(_("authority"))
    category = models.CharField(_("category"), max_length=20, choices=Category)
    leads_to = models.CharField(_("leads to"), max_length=20, choices=LeadsTo)
    express_entry_linked = models.BooleanField(_("linked to Express Entry"), default=False)
    express_entry_option = models.BooleanField(
        _("may be used with Express Entry"),
        default=False,
        help_text=_("A stream of its own, which one may also use with an Express Entry profile."),
    )
    job_offer = models.CharField(_("job offer"), max_length=20, choices=JobOffer, default=JobOffer.NOT_REQUIRED)
    official_url = WebAddressField(_("official page"))
    summary_en = models.TextField(_("summary (English)"))
    summary_fr = models.TextField(_("summary (French)"), blank=True)
    not_checked_en = models.TextField(_("what is not checked (English)"), blank=True)
    not_checked_fr = models.TextField(_("what is not checked (French)"), blank=True)
    without_example = AsWrittenJSONField(
        _("why an example is missing"),
        default=dict,
        blank=True,
        help_text=_(
            "For staff, by kind of example: match, miss or unknown. For example {“match”: “The list is empty.”}."
        ),
    )
    grids: "models.ManyToManyField[Grid, ProgramGrid]" = models.ManyToManyField(
        "programs.Grid", through="ProgramGrid", verbose_name=_("grids")
    )

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["authority", "name_en"]

    def __str__(self) -> str:
        return self.name_en


class ProgramGrid(Live, Ordered):
    """A grid that a program uses."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="program_grids")
    grid = models.ForeignKey("programs.Grid", models.PROTECT, verbose_name=_("grid"))

    class Meta:
        verbose_name = _("grid used")
        verbose_name_plural = _("grids used")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["program", "grid"], name="program_uses_grid_once")]

    def __str__(self) -> str:
        return str(self.grid_id)


class ProgramVersion(Version):
    """A program's rules in force from one date to another."""

    PARENT = "program"

    program = models.ForeignKey(Program, models.PROTECT, related_name="versions", verbose_name=_("program"))
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("program version")
        verbose_name_plural = _("program versions")
        default_permissions = VERSION_PERMISSIONS
        ordering = ["program", "-effective_from"]
        constraints = version_constraints("program", "program_version")


class Requirement(Cited, Ordered, Guarded):
    """One thing a program version asks; all of them must be met."""

    version = models.ForeignKey(ProgramVersion, models.CASCADE, related_name="requirements", verbose_name=_("version"))
    key = models.CharField(_("id"), max_length=100, validators=[IDENTIFIER_VALIDATOR])
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="requirement_id_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text_en}"


class IntakeStatus(models.TextChoices):
    """Whether a program takes applications."""

    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")
    CAP_REACHED = "cap_reached", _("cap reached")
    ANNOUNCED = "announced", _("announced")


class Intake(Cited, Ordered, Live):
    """Whether the program takes applications, from one day to another."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="intakes", verbose_name=_("program"))
    status = models.CharField(_("status"), max_length=20, choices=IntakeStatus)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intake history")
        ordering = ["program", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="intake_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.starts_on} – {self.ends_on or ''}"


class Outlook(Cited, Ordered, Live):
    """How realistic an invitation or a permit is for someone now in the United States, and why."""

    class Realistic(models.TextChoices):
        """How realistic it is."""

        YES = "yes", _("yes")
        WITH_EFFORT = "with_effort", _("with effort")
        UNLIKELY = "unlikely", _("unlikely")
        NO = "no", _("no")

    program = models.ForeignKey(Program, models.CASCADE, related_name="outlooks", verbose_name=_("program"))
    realistic = models.CharField(_("realistic"), max_length=20, choices=Realistic)
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)
    effective_from = models.DateField(_("from"))
    effective_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("outlook")
        verbose_name_plural = _("outlooks")
        ordering = ["program", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="outlook_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_realistic_display()}: {self.text_en}"


class ProgramFact(Cited, Ordered, Live):
    """A sentence people should know about the program: a fee, a processing time, what family may get."""

    class Topic(models.TextChoices):
        """What the sentence is about."""

        FEE = "fee", _("fee")
        PROCESSING = "processing", _("processing time")
        SELECTION = "selection", _("selection")
        DOCUMENTS = "documents", _("documents to gather")
        FAMILY_PARTNER = "family_partner", _("family: partner")
        FAMILY_CHILDREN = "family_children", _("family: children")
        EMPLOYER = "employer", _("employer")
        AFTER = "after", _("what comes after")
        WARNING = "warning", _("warning")

    program = models.ForeignKey(Program, models.CASCADE, related_name="program_facts", verbose_name=_("program"))
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)
    amount_cad = models.FloatField(_("amount in dollars"), null=True, blank=True)
    effective_from = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Leave it empty where the day is not known.")
    )
    effective_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("good to know")
        verbose_name_plural = _("good to know")
        ordering = ["program", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_to__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="program_fact_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.text_en


class NextStep(Ordered, Live):
    """Something to do, with the official page for it."""

    class DoneBy(models.TextChoices):
        """What in someone's answers shows that it is done, so that it is not asked of them again."""

        LANGUAGE_RESULTS = "language_results", _("a language result that counts")
        FRENCH_RESULTS = "french_results", _("a French result that counts")
        CREDENTIAL_ASSESSMENT = "credential_assessment", _("an assessment of every foreign credential")
        EXPRESS_ENTRY_PROFILE = "express_entry_profile", _("an Express Entry profile")

    program = models.ForeignKey(Program, models.CASCADE, related_name="next_steps", verbose_name=_("program"))
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)
    url = WebAddressField(_("address"))
    done_by = models.CharField(_("is done for someone with"), max_length=30, choices=DoneBy, blank=True)

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        ordering = ["program", "position"]

    def __str__(self) -> str:
        return self.text_en
