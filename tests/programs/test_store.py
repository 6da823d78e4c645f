"""The rulebook of a process: compiled once, read anew when the rules moved, never mixed."""

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from programs import store
from programs.actions import NewVersionFrom, PublishVersion
from programs.models import Intake, ProgramVersion, RulebookRevision

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that tests move."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("programs.store.time.monotonic", clock)
    return clock


def test_it_is_compiled_once_and_asked_for_without_a_query(
    rules: Path, clock: Clock, django_assert_num_queries: Any
) -> None:
    first = store.current()
    with django_assert_num_queries(0):
        assert store.current() is first
    clock.now += 2.5
    with django_assert_num_queries(1):
        assert store.current() is first


def test_a_change_is_seen_within_seconds(rules: Path, clock: Clock) -> None:
    before = store.current()
    Intake.objects.update(status="closed")
    assert store.current() is before
    clock.now += 2.5
    after = store.current()
    assert after.revision != before.revision
    assert [each.intake[0].status for each in (*before.documents, *after.documents) if each.kind == "program"] == [
        "open",
        "closed",
    ]


def test_equal_rules_have_equal_revisions(rules: Path) -> None:
    first = store.current().revision
    RulebookRevision.move()
    store.forget()
    assert store.current().revision == first


def test_rules_that_cannot_be_compiled_leave_the_former_in_force(
    rules: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = store.current()
    calls = []

    def broken(*_former: Any) -> Any:
        calls.append(1)
        raise ValueError("broken")

    monkeypatch.setattr("programs.store._read", broken)
    RulebookRevision.move()
    for _ in range(3):
        clock.now += 2.5
        assert store.current() is before
    assert len(calls) == 1
    assert "the former rulebook" in caplog.text


def test_rules_that_move_while_they_are_read_are_read_again(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = store.read_documents, []

    def moving() -> Any:
        documents = real()
        if not calls:
            RulebookRevision.move()
        calls.append(1)
        return documents

    monkeypatch.setattr("programs.store.read_documents", moving)
    store.current()
    assert len(calls) == 2


def test_after_a_publication_its_document_alone_is_read(
    rules: Path, omar: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.current()
    version = ProgramVersion.objects.get(label="worker-2025")
    draft = NewVersionFrom(version, dt.date(2026, 7, 1), omar).execute()
    PublishVersion(draft, omar, "Why.").execute()
    with monkeypatch.context() as patch:
        patch.setattr(store, "read_documents", lambda: pytest.fail("everything was read"))
        clock.now += 2.5
        after = store.current()
    kept = [each for each in after.documents if any(each is held for held in before.documents)]
    assert [each.id for each in after.documents if each not in kept] == ["worker"]
    assert after.on(dt.date(2026, 7, 1)).programs[0].version != before.on(dt.date(2026, 7, 1)).programs[0].version
    store.forget()
    assert store.current().revision == after.revision, "read as a whole, the rules are the same"


def test_after_other_changes_everything_is_read(rules: Path, omar: User, clock: Clock) -> None:
    before = store.current()
    version = ProgramVersion.objects.get(label="worker-2025")
    PublishVersion(NewVersionFrom(version, dt.date(2026, 7, 1), omar).execute(), omar, "Why.").execute()
    Intake.objects.update(status="closed")
    clock.now += 2.5
    after = store.current()
    assert after.on(dt.date(2026, 7, 1)).programs[0].intake.status == "closed"  # type: ignore[union-attr]
    assert not [each for each in after.documents if any(each is held for held in before.documents)]


def test_while_one_thread_reads_anew_others_get_the_former_whole(rules: Path, clock: Clock) -> None:
    before = store.current()
    clock.now += 2.5
    got: list[Any] = []
    with store._store._lock:
        thread = threading.Thread(target=lambda: got.append(store.current()))
        thread.start()
        thread.join(5)
    assert got == [before]


def test_a_draft_can_be_seen_before_it_is_published(rules: Path, mei: User) -> None:
    version = ProgramVersion.objects.get(label="worker-2025")
    draft = NewVersionFrom(version, dt.date(2026, 7, 1), mei).execute()
    day = dt.date(2026, 7, 1)
    with_draft = store.rulebook_with(draft).on(day).programs[0].version
    assert with_draft is not None
    assert with_draft.version == "2026-07-01"
    published = store.current().on(day).programs[0].version
    assert published is not None
    assert published.version == "worker-2025"


def test_while_the_database_is_away_the_former_rules_serve_and_it_is_asked_now_and_then(
    rules: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = store.current()
    asked = []

    def away() -> str:
        asked.append(clock.now)
        raise OperationalError("no connection")

    with monkeypatch.context() as patch:
        patch.setattr(store, "_token", away)
        clock.now += 2.5
        assert [store.current() for _ in range(3)] == [before] * 3
        assert len(asked) == 1
        assert "The database does not answer" in caplog.text
        store.forget()
        with pytest.raises(OperationalError):
            store.current()
    assert store.current().revision == before.revision
