"""What happened to the rules: every change on record, the revision that tells processes to read anew, files loaded."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models.fields import AsWrittenJSONField

MOVES_KEPT = 50


class HistoryIsKept(Exception):  # noqa: N818 (a sentence says more)
    """Someone tried to change or delete the record of a change."""


class ChangeQuerySet(models.QuerySet["Change"]):
    """A record of changes, to which one can only add."""

    def update(self, **_values: Any) -> int:
        raise HistoryIsKept("The record of changes cannot be altered.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise HistoryIsKept("The record of changes cannot be deleted.")


class Change(models.Model):
    """Who changed what, when and why; written once, never altered or deleted."""

    class What(models.TextChoices):
        """The kinds of change."""

        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        VERSION_MADE = "version_made", _("new version made")
        RESOLVED = "resolved", _("resolved")
        UNLOCKED = "unlocked", _("unlocked")
        LOADED = "loaded", _("loaded from a rule pack")
        IMPORTED = "imported", _("imported from a file")
        CHECKED = "checked", _("checked, still true")
        ROLLED_BACK = "rolled_back", _("rolled back")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    by_name = models.CharField(_("who (name)"), max_length=150, blank=True)
    what = models.CharField(_("what"), max_length=20, choices=What)
    subject_kind = models.CharField(_("kind of thing"), max_length=50)
    subject_id = models.CharField(_("id"), max_length=150)
    subject = models.CharField(_("thing changed"), max_length=300)
    # What the thing is part of, as "kind:id": the program, grid or list, and of that the version.
    belongs_to = models.CharField(_("belongs to"), max_length=200, blank=True, db_index=True)
    in_version = models.CharField(_("in the version"), max_length=200, blank=True, db_index=True)
    why = models.TextField(_("why"), blank=True)
    before = AsWrittenJSONField(_("before"), null=True, blank=True)
    after = AsWrittenJSONField(_("after"), null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("history of changes")
        # Nobody has a right to add, change or delete: the record writes itself, and stays.
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="change_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name}: {self.get_what_display()} {self.subject}"

    def save(self, *args: Any, **options: Any) -> None:
        """Write the record, once."""
        if not self._state.adding:
            raise HistoryIsKept("The record of changes cannot be altered.")
        # Packs write the kinds of things with underscores; the names of models have none.
        self.belongs_to = self.belongs_to or f"{self.subject_kind.replace('_', '')}:{self.subject_id}"
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what happened stays on record."""
        raise HistoryIsKept("The record of changes cannot be deleted.")


class RulebookRevision(models.Model):
    """One row whose number moves, in the same transaction, with every change of what is in force.

    `recent` names what the last moves were about, as number, kind and id of one document: who knows a former number
    reads these documents alone. A move that names none empties it, and everything is read anew.
    """

    number = models.PositiveBigIntegerField(default=0)
    moved_at = models.DateTimeField(default=timezone.now)
    recent = models.JSONField(default=list)

    class Meta:
        verbose_name = _("rulebook revision")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_rulebook_revision")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def move(cls, kind: str = "", identifier: str = "") -> None:
        """Tell every process that the rulebook has changed: in one document alone, where one is named."""
        row, moved = cls.objects.filter(pk=1), {"number": F("number") + 1, "moved_at": timezone.now()}
        if not row.update(**moved, **({} if kind else {"recent": []})):
            cls.objects.create(pk=1, number=1)
        elif kind:
            # The row is ours since the update, until the transaction ends.
            number, recent = row.values_list("number", "recent").get()
            row.update(recent=[*recent, [number, kind, identifier]][-MOVES_KEPT:])

    @classmethod
    def current_number(cls) -> int:
        """The number now; 0 before anything was loaded."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0


class LoadedFile(models.Model):
    """A file of rules as it was last loaded, so that an unchanged one is passed over.

    For a pack, `document` is what it said, to be told apart later from what staff made of it.
    """

    path = models.CharField(max_length=300, primary_key=True)
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=30, blank=True)
    identifier = models.CharField(max_length=100, blank=True)
    document = AsWrittenJSONField(null=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")

    def __str__(self) -> str:
        return self.path
