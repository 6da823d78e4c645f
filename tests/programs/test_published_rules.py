"""Published rules never change, whoever tries; and what the database itself refuses."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from programs.models import (
    Case,
    Change,
    Condition,
    Example,
    Factor,
    Grid,
    GridVersion,
    HistoryIsKept,
    Intake,
    ListEntry,
    Occupation,
    PointsTable,
    Program,
    ProgramVersion,
    PublishedVersionIsImmutable,
    Requirement,
    RulebookRevision,
    Status,
    TableRow,
    rules_unlocked,
)

pytestmark = pytest.mark.django_db

PARTS = (ProgramVersion, Requirement, Condition, GridVersion, Factor, PointsTable, Case, ListEntry, TableRow)


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_nothing_of_a_published_version_can_be_changed(rules: Path, model: Any) -> None:
    for row in model.objects.all():
        with pytest.raises(PublishedVersionIsImmutable):
            row.save()
        with pytest.raises(PublishedVersionIsImmutable):
            row.delete()
    field = next(field.name for field in model._meta.concrete_fields if not field.primary_key)
    with pytest.raises(PublishedVersionIsImmutable):
        model.objects.update(**{field: getattr(model.objects.first(), field)})
    with pytest.raises(PublishedVersionIsImmutable):
        model.objects.filter(pk__gt=0).delete()
    with pytest.raises(PublishedVersionIsImmutable):
        model.objects.bulk_update(list(model.objects.all()), [field])


def test_nothing_can_be_added_to_a_published_version(rules: Path) -> None:
    published = Requirement.objects.get(key="age")
    copy = Requirement.objects.get(key="age")
    copy.pk, copy.key = None, "more"
    with pytest.raises(PublishedVersionIsImmutable):
        copy.save()
    with pytest.raises(PublishedVersionIsImmutable):
        Requirement.objects.bulk_create([copy])
    with pytest.raises(PublishedVersionIsImmutable):
        Condition.objects.create(requirement=published, kind="judgement", judgement_en="x")


def test_a_version_is_not_published_by_saving_it(rules: Path) -> None:
    version = ProgramVersion.objects.get(label="worker-2025")
    version.pk, version.label, version.status = None, "sneaky", Status.DRAFT
    version.save()
    version.status = Status.PUBLISHED
    with pytest.raises(PublishedVersionIsImmutable, match="action of that name"):
        version.save()


def test_a_published_rule_is_not_moved_into_a_draft(rules: Path) -> None:
    draft = ProgramVersion.objects.get(label="worker-2025")
    draft.pk, draft.label, draft.status = None, "draft", Status.DRAFT
    draft.save()
    requirement = Requirement.objects.get(key="age")
    requirement.version = draft
    with pytest.raises(PublishedVersionIsImmutable):
        requirement.save()


def test_a_program_with_versions_cannot_be_deleted(rules: Path) -> None:
    with pytest.raises(ProtectedError):
        Program.objects.get().delete()


def test_history_is_neither_altered_nor_deleted(rules: Path) -> None:
    change = Change.objects.first()
    assert change is not None
    change.why = "never mind"
    for attempt in (change.save, change.delete, Change.objects.all().delete, lambda: Change.objects.update(why="")):
        with pytest.raises(HistoryIsKept):
            attempt()


def test_what_holds_at_once_moves_the_revision(rules: Path) -> None:
    for change in (
        lambda: Intake.objects.get().save(),
        lambda: Intake.objects.update(status="paused"),
        lambda: Intake.objects.all().delete(),
        lambda: Program.objects.get().save(),
    ):
        number = RulebookRevision.current_number()
        change()
        assert RulebookRevision.current_number() > number


def refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), rules_unlocked():
        make()


def test_the_database_refuses_what_cannot_be(rules: Path) -> None:
    version = ProgramVersion.objects.get(label="worker-2025")
    requirement = Requirement.objects.get(key="age")
    day = dt.timedelta(days=1)
    refused(lambda: ProgramVersion.objects.filter(pk=version.pk).update(effective_to=version.effective_from - day))
    refused(lambda: ProgramVersion.objects.filter(pk=version.pk).update(status="nonsense"))
    refused(lambda: ProgramVersion.objects.filter(pk=version.pk).update(label="worker-2024"))
    refused(lambda: GridVersion.objects.update(pass_mark=101))
    refused(lambda: Condition.objects.create(kind="judgement"))
    refused(lambda: Condition.objects.create(requirement=requirement, kind="fact"))
    refused(lambda: Condition.objects.create(requirement=requirement, factor=Factor.objects.first(), kind="judgement"))
    refused(lambda: Requirement.objects.filter(key="work").update(key="age"))
    refused(lambda: TableRow.objects.filter(at_number=1).update(at_number=2))
    refused(lambda: TableRow.objects.filter(at_number=1).update(at_code="ON"))
    refused(lambda: Occupation.objects.filter(code="21231").update(teer=6))
    refused(lambda: Occupation.objects.filter(code="21231").update(code="2123X"))
    refused(lambda: Occupation.objects.filter(code="21231").update(code="21232"))
    refused(lambda: Intake.objects.update(ends_on=dt.date(2020, 1, 1)))
    refused(lambda: Example.objects.update(grid=Grid.objects.get()))
    refused(lambda: RulebookRevision.objects.create(pk=2))


def test_published_periods_never_overlap(rules: Path) -> None:
    version = ProgramVersion.objects.get(label="worker-2025")
    with rules_unlocked():
        ProgramVersion.objects.filter(label="worker-2024").update(effective_to=dt.date(2024, 12, 30))
    if connection.vendor == "postgresql":
        refused(lambda: ProgramVersion.objects.filter(label="worker-2024").update(effective_to=version.effective_from))
    assert list(version.overlapping(dt.date(2024, 12, 31), dt.date(2024, 12, 31))) == []
    assert [other.label for other in version.overlapping(dt.date(2024, 12, 30), None)] == ["worker-2024"]
