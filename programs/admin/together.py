"""Two people at one page: nobody's work is lost without their knowing.

Each page that is opened for editing carries a token of what it showed. When it is sent back and the page would show
something else by now, it is not saved: it is shown again with everything that was typed, with who changed what and
when, and with the choice to look at the other's work or to save one's own over it.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.http.request import QueryDict
from django.utils.translation import gettext_lazy as _

from programs.actions.base import name_of
from programs.admin.found import numbers
from programs.models import Change

SEEN, OVERWRITE = "_seen", "_overwrite"
_NOT_TYPED = ("csrfmiddlewaretoken", "_")
_BOOKKEEPING = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS", "id")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What happened to a page since it was opened."""

    now: str
    changes: list[Change] = field(default_factory=list)


def token_of(rows: Iterable[models.Model]) -> str:
    """A token of what rows say, and of how far the record of changes had come."""
    said = [
        [row._meta.label_lower, {each.attname: each.value_to_string(row) for each in row._meta.concrete_fields}]
        for row in rows
    ]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"{digest}.{last}"


def conflict_with(request: HttpRequest, rows: list[models.Model]) -> Conflict | None:
    """What stands between the page that was sent and the rows as they are now, if anything."""
    seen = request.POST.get(SEEN, "")
    # Only a page of ours carries a token; what a script sends has nothing on its screen that could be out of date.
    if not seen:
        return None
    now = token_of(rows)
    digest = now.partition(".")[0]
    if digest in (seen.partition(".")[0], request.POST.get(OVERWRITE, "").partition(".")[0]):
        return None
    return Conflict(now, _changes_since(seen, rows))


def _changes_since(seen: str, rows: list[models.Model]) -> list[Change]:
    last = numbers([seen.partition(".")[2]])
    if not last:
        return []
    page = rows[0]
    known = {name_of(row) for row in rows}
    kinds = {row._meta.model_name for row in rows[1:]}
    since = Change.objects.filter(pk__gt=last[0]).order_by("pk")
    return [
        change
        for change in since
        if f"{change.subject_kind}:{change.subject_id}" in known
        or (name_of(page) in (change.belongs_to, change.in_version) and change.subject_kind in kinds)
    ]


def checked_form(base: Any) -> Any:
    """A form that is not valid, because of a conflict, and so is shown again as it was typed."""

    class Checked(base):
        def clean(self) -> Any:
            data = super().clean()
            self.add_error(None, _("This was changed by someone else after you opened it. Nothing is saved yet."))
            return data

    return Checked


def typed(data: QueryDict, labels: dict[str, Any]) -> list[tuple[Any, str]]:
    """What a person typed into a page that can no longer be saved, to be copied from."""
    return [
        (labels.get(name) or name.replace("-", " ").replace("_", " "), value)
        for name, values in data.lists()
        for value in values
        if value and not name.startswith(_NOT_TYPED) and name.rpartition("-")[2] not in _BOOKKEEPING
    ]
