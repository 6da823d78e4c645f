"""Requirements of one program taken into another's draft."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from programs.actions.base import name_of, record
from programs.models import Change, Condition, ProgramVersion, Requirement


def copy_into(version: ProgramVersion, rows: Iterable[Requirement], by: Any) -> list[Requirement]:
    """Copy requirements with their conditions and sources to the end of a draft. To be called inside a transaction."""
    last = version.requirements.aggregate(last=Max("position"))["last"]
    position = -1 if last is None else last
    taken = set(version.requirements.values_list("key", flat=True))
    copies = []
    for row in rows:
        position += 1
        conditions = list(row.conditions.all())
        original = name_of(row)
        row.pk, row.version, row.position = None, version, position
        row._state.adding = True
        row.key = _free(row.key, taken)
        row.save()
        for condition in conditions:
            condition.pk, condition.requirement = None, row
        Condition.objects.bulk_create(conditions)
        record(Change.What.CREATED, row, by, after={"copied_from": original, "text_en": row.text_en})
        copies.append(row)
    return copies


def _free(key: str, taken: set[str]) -> str:
    free, number = key, 2
    while free in taken:
        free, number = f"{key[:90]}-{number}", number + 1
    taken.add(free)
    return free
