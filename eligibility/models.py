"""What is kept of a person (one row, whose key is a hash and whose contents are encrypted), and previews for staff."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Application(models.Model):
    """One person's answers, reached by a secret link.

    Neither the secret nor an answer can be read from the row: it holds a SHA-256 of the secret, and the
    answers encrypted. Only `eligibility.answers.store` reads and writes it.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    answers = models.BinaryField()
    created = models.DateTimeField()
    last_visited = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires__gt=models.F("created")), name="application_expires_after_created"
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"


class Preview(models.Model):
    """What a draft would do to people: asked for by staff, worked on beside the site, kept with its result.

    `progress` is a tally (`eligibility.impact.tally`) after so many people; whoever goes on, goes on from there.
    A worker holds the row until `held_until` and prolongs that while it works, so a killed one holds it no longer.
    """

    class State(models.TextChoices):
        """Where the work stands."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    draft_kind = models.CharField(max_length=50)
    draft_id = models.BigIntegerField()
    draft_name = models.CharField(max_length=300)
    # What the draft and the rules in force were when this was asked for: if either moves, the result is out of date.
    draft_hash = models.CharField(max_length=64)
    rules_number = models.PositiveBigIntegerField()
    day = models.DateField()
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    people = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(default=0)
    progress = models.JSONField(default=dict)
    reach = models.JSONField(default=dict)
    failure = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    held_by = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=150, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["draft_kind", "draft_id"], name="preview_of_draft")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"preview {self.pk} of {self.draft_name}"

    @property
    def is_over(self) -> bool:
        """Whether nobody works on it any more."""
        return self.state in (self.State.DONE, self.State.FAILED)
