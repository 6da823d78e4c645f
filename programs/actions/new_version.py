"""A new version from one that exists: the way in which published rules change."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from programs.actions.base import ActionRefused, User, name_of, record, require_permission
from programs.models import Change, Origin, Status, Version
from programs.packs.columns import source_ids
from programs.packs.from_database import read_version
from programs.packs.kinds import kind_of
from programs.packs.version_rows import VersionRows


class NewVersionFrom:
    """Copy a version, with everything below it, into a draft that takes effect on another day."""

    def __init__(self, version: Version, effective_from: dt.date, by: User, label: str = "") -> None:
        """`label` names the draft; without one it is named by its first day."""
        self.version = version
        self.effective_from = effective_from
        self.by = by
        self.label = label.strip() or effective_from.isoformat()

    @transaction.atomic
    def execute(self) -> Version:
        """Make the draft, and return it.

        Raises:
            PermissionDenied: if `by` may not add versions.
            ActionRefused: if there is a version of this name.

        """
        model = type(self.version)
        require_permission(self.by, "add", model)
        standing = self.version.parent.versions.exclude(status=Status.WITHDRAWN)
        if standing.filter(label=self.label).exists():
            raise ActionRefused(
                _("There is already a version named “%(label)s”. Give this one another name.") % {"label": self.label}
            )
        draft = copy_of(self.version, self.effective_from, self.label, author=self.by, origin=Origin.STAFF)
        # A copy of a draft is still the work of those who wrote that draft.
        origin = {"copied_from_draft": name_of(self.version)} if self.version.is_editable else None
        why = str(_("from %(other)s") % {"other": self.version.label})
        record(Change.What.VERSION_MADE, draft, self.by, why, after=origin)
        return draft


def copy_of(version: Version, effective_from: dt.date, label: str, **state: Any) -> Version:
    """A draft that says what a version says, from another day on; `state` is its author, origin and the like."""
    name = "id" if kind_of(version).name == "language_test" else "version"
    changes = {name: label, "effective_from": effective_from, "effective_to": None}
    document = read_version(version).model_copy(update=changes)
    last = version.parent.versions.aggregate(last=Max("position"))["last"]
    rows = VersionRows(source_ids([document]))
    draft = rows.add(version.parent, document, type(version), status=Status.DRAFT, position=(last or 0) + 1, **state)
    rows.save()
    return draft
