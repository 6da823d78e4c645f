"""Resolving a notice: what was reported has been confirmed, refuted or overtaken."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programs.actions.base import ActionRefused, User, record, require_permission, require_reason
from programs.models import Change, Notice


class ResolveNotice:
    """Close a notice on a day, saying what came of it. From that day on applicants no longer see it."""

    def __init__(self, notice: Notice, by: User, resolution: str, on: dt.date, resolution_fr: str = "") -> None:
        """`resolution` says what came of it, in English; it is shown to applicants in the notice's history."""
        self.notice = notice
        self.by = by
        self.resolution = resolution
        self.resolution_fr = resolution_fr
        self.on = on

    @transaction.atomic
    def execute(self) -> Notice:
        """Resolve, and return the notice as it is now.

        Raises:
            PermissionDenied: if `by` may not resolve notices.
            ActionRefused: if it is resolved already, or nothing is said of what came of it.

        """
        require_permission(self.by, "resolve", Notice)
        resolution = require_reason(self.resolution)
        notice = Notice.objects.select_for_update().get(pk=self.notice.pk)
        if notice.resolved_on is not None:
            raise ActionRefused(_("This notice was resolved on %(day)s.") % {"day": notice.resolved_on})
        if self.on < notice.reported_on:
            raise ActionRefused(
                _("It was reported on %(day)s, and cannot be resolved before.") % {"day": notice.reported_on}
            )
        notice.resolved_on = self.on
        notice.resolution_en = resolution
        notice.resolution_fr = self.resolution_fr.strip()
        notice.save()
        after = {"resolved_on": self.on.isoformat(), "resolution": resolution}
        record(Change.What.RESOLVED, notice, self.by, resolution, before={"resolved_on": None}, after=after)
        return notice
