"""A new version from one that exists: the way in which published rules change."""

import datetime as dt

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
        name = "id" if kind_of(self.version).name == "language_test" else "version"
        document = read_version(self.version).model_copy(
            update={name: self.label, "effective_from": self.effective_from, "effective_to": None}
        )
        last = self.version.parent.versions.aggregate(last=Max("position"))["last"]
        rows = VersionRows(source_ids([document]))
        draft = rows.add(
            self.version.parent,
            document,
            model,
            status=Status.DRAFT,
            origin=Origin.STAFF,
            author=self.by,
            position=(last or 0) + 1,
        )
        rows.save()
        # A copy of a draft is still the work of those who wrote that draft.
        origin = {"copied_from_draft": name_of(self.version)} if self.version.is_editable else None
        why = str(_("from %(other)s") % {"other": self.version.label})
        record(Change.What.VERSION_MADE, draft, self.by, why, after=origin)
        return draft
