"""Rolling back: rules that were in force before come into force again, as a version of their own."""

import datetime as dt
from collections.abc import Collection
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.actions.base import (
    ActionRefused,
    AlreadyDone,
    User,
    one_at_a_time,
    record,
    require_permission,
    require_reason,
)
from programs.actions.new_version import copy_of
from programs.actions.publish import ONE_DAY, PublishVersion
from programs.models import Change, Origin, Status, Version, rules_unlocked
from programs.packs.columns import plain_part
from programs.packs.from_database import read_version


class RollBackTo:
    """Publish what a former version said, from a day on. What holds on that day ends the day before.

    A version that would begin on that very day is withdrawn; one that begins later stays, and ends what comes back.
    The same checks are made as for any publication. The rule of two persons is kept by the two who once agreed on
    these rules: not a word of them is new.
    """

    def __init__(
        self,
        former: Version,
        on: dt.date,
        by: User,
        why: str,
        *,
        accept: Collection[str] = (),
        because: str = "",
    ) -> None:
        """`by` needs the right to publish; `why` stays on record. For `accept` and `because` see `PublishVersion`."""
        self.former = former
        self.on = on
        self.by = by
        self.why = why
        self.accept = accept
        self.because = because

    @transaction.atomic
    def execute(self) -> Version:
        """Roll back, and return the version that came of it.

        Raises:
            PermissionDenied: if `by` may not publish.
            AlreadyDone: if these rules are in force on that day already.
            ActionRefused: if the version was never in force, or no reason is given.
            CannotPublish: with the problems that stand in the way.

        """
        model = type(self.former)
        require_permission(self.by, "publish", model)
        why = require_reason(self.why)
        one_at_a_time()
        former = model.objects.select_for_update().get(pk=self.former.pk)
        if former.status != Status.PUBLISHED:
            raise ActionRefused(_("Only rules that were published can come back."))
        standing = former.siblings().filter(status=Status.PUBLISHED)
        self._refuse_if_in_force(former, standing)
        with rules_unlocked():
            self._make_room([former, *standing], why)
        draft = copy_of(former, self.on, self._free_label(former), author=self.by, origin=Origin.STAFF)
        later = standing.filter(effective_from__gt=self.on).order_by("effective_from").first()
        if later is not None:
            draft.effective_to = later.effective_from - ONE_DAY
            draft.save(update_fields=["effective_to"])
        record(Change.What.ROLLED_BACK, draft, self.by, why, after={"to": former.label})
        return PublishVersion(
            draft,
            self.by,
            why,
            accept=self.accept,
            because=self.because,
            was_agreed_on=True,
            despite=why,
        ).execute()

    def _refuse_if_in_force(self, former: Version, standing: Any) -> None:
        holds = Q(effective_to__isnull=True) | Q(effective_to__gte=self.on)
        model = type(former)
        current = model.objects.filter(holds, pk__in=[former.pk, *(row.pk for row in standing)])
        same = _said(former)
        for row in current.filter(effective_from__lte=self.on):
            if _said(row) == same:
                raise AlreadyDone(
                    _("These rules are in force on that day already, as “%(label)s”.") % {"label": row.label}
                )

    def _make_room(self, published: list[Version], why: str) -> None:
        for row in published:
            if row.effective_from == self.on:
                row.status = Status.WITHDRAWN
                row.save(update_fields=["status"])
                record(Change.What.WITHDRAWN, row, self.by, why, before=plain_part(read_version(row)))
            elif row.effective_from < self.on and (row.effective_to is None or row.effective_to >= self.on):
                before = row.effective_to.isoformat() if row.effective_to else None
                row.effective_to = self.on - ONE_DAY
                row.save(update_fields=["effective_to"])
                after = {"effective_to": row.effective_to.isoformat()}
                record(Change.What.CHANGED, row, self.by, why, before={"effective_to": before}, after=after)

    def _free_label(self, former: Version) -> str:
        taken = set(former.parent.versions.exclude(status=Status.WITHDRAWN).values_list("label", flat=True))
        names = (f"back-{self.on.isoformat()}{f'-{number}' if number > 1 else ''}" for number in count(1))
        return next(name for name in names if name not in taken)


def _said(version: Version) -> object:
    """What a version says, whatever it is called and whenever it holds."""
    blank = {"effective_from": None, "effective_to": None, "version": "", "id": ""}
    document = read_version(version)
    return document.model_copy(update={name: blank[name] for name in blank if name in type(document).model_fields})
