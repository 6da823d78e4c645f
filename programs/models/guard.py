"""What keeps published rules as they are: every model below a version inherits its guard from here.

Saving, deleting, bulk work and query-set updates all refuse to touch a version that is published or withdrawn,
and everything that belongs to one. Only the publishing actions and the loader of packs enter `rules_unlocked()`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a version stands on its way into the rulebook."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


LOCKED = (Status.PUBLISHED, Status.WITHDRAWN)
_unlocked: ContextVar[bool] = ContextVar("rules_unlocked", default=False)


class PublishedVersionIsImmutable(Exception):  # noqa: N818 (a sentence says more)
    """Someone tried to change a rule that is published: a change is a new version."""


@contextmanager
def rules_unlocked() -> Iterator[None]:
    """Let published rules be written. For the publishing actions and the loader alone."""
    token = _unlocked.set(True)
    try:
        yield
    finally:
        _unlocked.reset(token)


def _refuse(thing: object) -> None:
    raise PublishedVersionIsImmutable(
        f"{thing} belongs to a published version, which never changes. Make a new version from it and publish that."
    )


class GuardedQuerySet(models.QuerySet[Any]):
    """A query set that changes no published rule."""

    def update(self, **values: Any) -> int:
        self._refuse_locked_rows()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_locked_rows()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        rows = list(objs)
        if not _unlocked.get():
            owners = {id(owner): owner for row in rows for owner in row.owners()}
            for owner in owners.values():
                if owner.is_locked_in_database() or (owner.pk is None and owner.status in LOCKED):
                    _refuse(owner)
        return super().bulk_create(rows, *args, **options)

    def _refuse_locked_rows(self) -> None:
        if _unlocked.get():
            return
        locked = models.Q()
        guarded: Any = self.model
        for path in guarded.VERSION_PATHS:
            locked |= models.Q(**{_status(path): LOCKED})
        # Counted on unsliced, unordered primary keys, so that it holds for any query set that may be updated.
        if guarded._base_manager.filter(locked, pk__in=self.order_by().values("pk")).exists():
            _refuse(guarded._meta.verbose_name)


def _status(path: str) -> str:
    return f"{path}__status__in" if path else "status__in"


GuardedManager = models.Manager.from_queryset(GuardedQuerySet)


class Guarded(models.Model):
    """A row that is a version or belongs to one. `VERSION_PATHS` are the look-ups that lead to its version."""

    VERSION_PATHS: ClassVar[tuple[str, ...]] = ("version",)

    objects = GuardedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Save, unless the row belongs to a published version."""
        self._refuse_if_locked()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete, unless the row belongs to a published version."""
        self._refuse_if_locked()
        return super().delete(*args, **options)

    def owners(self) -> list[Any]:
        """The version that the row, as it stands in memory, belongs to (a list, since a path may lead nowhere)."""
        return [owner for path in self.VERSION_PATHS if (owner := _follow(self, path)) is not None]

    def is_locked_in_database(self) -> bool:
        """Whether the stored row belongs to a version that is published or withdrawn."""
        stored = type(self)._base_manager.filter(pk=self.pk)
        return self.pk is not None and any(
            stored.filter(**{_status(path): LOCKED}).exists() for path in self.VERSION_PATHS
        )

    @property
    def is_editable(self) -> bool:
        """Whether staff may change this row."""
        return not any(owner.status in LOCKED for owner in self.owners())

    def _refuse_if_locked(self) -> None:
        if _unlocked.get():
            return
        if self.is_locked_in_database() or any(owner.is_locked_in_database() for owner in self.owners()):
            _refuse(self)
        if any(owner is self and owner.status in LOCKED for owner in self.owners()):
            raise PublishedVersionIsImmutable(
                f"{self} can only be published or withdrawn by the action of that name, which checks it first."
            )


def _follow(row: Any, path: str) -> Any:
    for step in path.split("__") if path else ():
        row = getattr(row, step, None) if row is not None else None
    return row
