"""“Checked today, still true”: someone read the official text, and it still says what the rules say.

No version comes of it. The day is kept with the source, which is what the public sees beside a rule; the record of
changes keeps who looked, when, and what they were looking at.
"""

import datetime as dt
from collections.abc import Collection

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from programs.actions.base import ActionRefused, User, record, require_permission
from programs.models import Change, Source, SourceCollection

# Pages that no rule pack lists get a place among the listed ones, so that the public sees when they were checked.
CHECKED_HERE = "checked-by-staff"


class CheckSources:
    """Note that pages were read on a day and still say what the rules say."""

    def __init__(self, sources: Collection[Source], on: dt.date, by: User, of: models.Model | None = None) -> None:
        """`of` is what was held against them (a program or a requirement), where it was that and not the page alone."""
        self.sources = sources
        self.on = on
        self.by = by
        self.of = of

    @transaction.atomic
    def execute(self) -> int:
        """Note it, and return how many sources that were.

        Raises:
            PermissionDenied: if `by` may not change sources.
            ActionRefused: if there is nothing to check.

        """
        require_permission(self.by, "change", Source)
        if not self.sources:
            raise ActionRefused(_("Nothing here cites a source."))
        rows = list(Source.objects.select_for_update().filter(pk__in=[source.pk for source in self.sources]))
        for row in rows:
            before = row.checked_on
            row.checked_on = max(before, self.on) if before else self.on
            why = str(self.of) if self.of is not None else ""
            days = {"checked_on": before.isoformat() if before else None}, {"checked_on": row.checked_on.isoformat()}
            record(Change.What.CHECKED, row, self.by, why, before=days[0], after=days[1])
        if self.of is not None:
            record(Change.What.CHECKED, self.of, self.by, after={"sources": [row.url for row in rows]})
        _give_a_place(rows)
        Source.objects.bulk_update(rows, ["checked_on", "collection", "position", "title_en"])
        return len(rows)


def _give_a_place(rows: Collection[Source]) -> None:
    homeless = [row for row in rows if row.collection_id is None]
    if not homeless:
        return
    place, _made = SourceCollection.objects.get_or_create(pk=CHECKED_HERE)
    last = place.sources.aggregate(last=models.Max("position"))["last"] or 0
    for position, row in enumerate(homeless, last + 1):
        row.collection, row.position = place, position
        row.title_en = row.title_en or row.url
