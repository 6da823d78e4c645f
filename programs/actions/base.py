"""What the actions share: who may act, the record of what was done, and one change at a time."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models import Change, RulebookRevision, Version
from programs.models.guard import Guarded

# Whoever is signed in; the stubs know several kinds of users, the site has one.
User = Any


class ActionRefused(Exception):  # noqa: N818 (a sentence says more)
    """The action cannot be done; the message says why, and what to do."""


class AlreadyDone(ActionRefused):
    """Someone, or the same person a moment ago, has done it already; the message says who and when."""


def require_permission(by: User, action: str, model: type[models.Model]) -> None:
    """Refuse someone who may not do this to rows of this model.

    Raises:
        PermissionDenied: saying which right is missing.

    """
    right = f"{model._meta.app_label}.{action}_{model._meta.model_name}"
    if not by.has_perm(right):
        message = _("You may not do this. Ask an administrator for the right “%(right)s”.")
        raise PermissionDenied(message % {"right": right})


def require_reason(why: str) -> str:
    """The reason, without blanks around it.

    Raises:
        ActionRefused: if none was given.

    """
    if not why.strip():
        raise ActionRefused(_("Say why: the reason stays on record."))
    return why.strip()


def one_at_a_time() -> None:
    """Wait until no one else changes what is in force. To be called inside a transaction."""
    RulebookRevision.objects.select_for_update().filter(pk=1).first()


def name_of(row: models.Model) -> str:
    """The kind and id by which the record of changes finds a thing again, for example "program:fsw"."""
    return f"{row._meta.model_name}:{row.pk}"


def record(what: str, subject: models.Model, by: User | None, why: str = "", **states: Any) -> Change:
    """Put a change on record; `states` are what the subject said `before` and says `after`."""
    version = version_of(subject)
    return Change.objects.create(
        what=what,
        by=by,
        by_name=by.get_username() if by is not None else "",
        subject_kind=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        subject=str(subject)[:300],
        belongs_to=name_of(version.parent if version else _whole_of(subject)),
        in_version=name_of(version) if version else "",
        why=why,
        **states,
    )


def version_of(row: models.Model) -> Version | None:
    """The version that a row is, or belongs to, if any."""
    return next(iter(row.owners()), None) if isinstance(row, Guarded) else None


def _whole_of(row: models.Model) -> models.Model:
    """What a row is part of, as its pages show it: the program of an intake, the notice of a source; else itself."""
    for name in ("program", "grid", "language_test", "notice"):
        whole = getattr(row, name, None)
        if isinstance(whole, models.Model):
            return whole
    return row
