"""Previews as work: one worker a row, gone on with after a death, out of date when the rules move."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from eligibility.impact import count
from eligibility.impact import people as made_up
from eligibility.models import Preview
from eligibility.staff import jobs
from eligibility.staff.jobs import Worker, ask, out_of_date
from programs.models import Case, GridVersion, ProgramVersion

State = Preview.State


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row is written after each person, so that nothing depends on the time a person takes."""
    monkeypatch.setattr(jobs, "WRITTEN_EVERY", dt.timedelta(0))


@pytest.mark.django_db
def test_a_preview_counts_everyone_once(grid_draft: GridVersion, editor: User) -> None:
    preview = ask(grid_draft, 30, editor)
    assert Worker().work() == 1
    preview.refresh_from_db()
    assert (preview.state, preview.seen, preview.failure) == (State.DONE, 37, "")
    assert preview.reach == {"programs": [], "grids": ["crs"], "invitations": False}
    assert preview.progress["people"] == 37
    assert set(preview.progress["grids"]["crs"]) == {"+15"}
    assert (preview.asked_by_name, preview.day) == ("mei", dt.date(2027, 1, 1))


@pytest.mark.django_db
def test_who_asks_again_gets_the_same_preview(grid_draft: GridVersion, editor: User) -> None:
    first = ask(grid_draft, 5, editor)
    assert ask(grid_draft, 5, editor) == first
    assert ask(grid_draft, 6, editor) != first


@pytest.mark.django_db
def test_a_changed_draft_makes_the_result_out_of_date(grid_draft: GridVersion, editor: User) -> None:
    preview = ask(grid_draft, 1, editor)
    Worker().work()
    assert not out_of_date(preview, grid_draft)
    sibling = Case.objects.get(factor__version=grid_draft, factor__key="sibling")
    sibling.points += 1
    sibling.save()
    stale = out_of_date(preview, GridVersion.objects.get(pk=grid_draft.pk))
    assert (stale.draft, stale.rules) == (True, False)
    assert ask(grid_draft, 1, editor) != preview


@pytest.mark.django_db
def test_a_killed_workers_preview_is_gone_on_with(
    grid_draft: GridVersion, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = ask(grid_draft, 10, editor)
    monkeypatch.setattr(count, "SHARE", 3)
    real = jobs.counted

    def counted_until_death(*asked: Any) -> Any:
        for place, share in enumerate(real(*asked)):
            if place == 2:
                raise SystemExit  # as a process ends that is told to: nothing more is written
            yield share

    monkeypatch.setattr(jobs, "counted", counted_until_death)
    with pytest.raises(SystemExit):
        Worker().work()
    preview.refresh_from_db()
    assert (preview.state, preview.seen) == (State.RUNNING, 6)

    assert Worker().take() is None, "its hold has not run out"
    assert not jobs.has_to_be_taken_up(preview)
    Preview.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    assert jobs.has_to_be_taken_up(preview)
    started_at = []
    monkeypatch.setattr(jobs, "counted", lambda *asked: started_at.append(asked[3]) or real(*asked))
    assert Worker().work() == 1
    preview.refresh_from_db()
    assert (preview.state, preview.seen, started_at) == (State.DONE, made_up.number_of_people(10), [6])
    assert preview.progress["people"] == preview.people


@pytest.mark.django_db
def test_a_worker_that_was_taken_for_dead_writes_no_more(grid_draft: GridVersion, editor: User) -> None:
    ask(grid_draft, 1, editor)
    slow, other = Worker(), Worker()
    taken = slow.take()
    assert taken is not None
    Preview.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    assert other.take() == taken
    slow.finish(taken)
    taken.refresh_from_db()
    assert (taken.state, taken.held_by, taken.seen) == (State.RUNNING, other.name, 0)


@pytest.mark.django_db
def test_work_that_kills_every_worker_is_given_up(grid_draft: GridVersion, editor: User) -> None:
    preview = ask(grid_draft, 1, editor)
    Preview.objects.update(tries=jobs.MOST_TRIES)
    Worker().work()
    preview.refresh_from_db()
    assert preview.state == State.FAILED
    assert ask(grid_draft, 1, editor) != preview


@pytest.mark.django_db
def test_a_draft_that_changes_meanwhile_fails_with_the_reason(program_draft: ProgramVersion, editor: User) -> None:
    preview = ask(program_draft, 1, editor)
    Preview.objects.update(draft_hash="another")
    Worker().work()
    preview.refresh_from_db()
    assert preview.state == State.FAILED
    assert "changed" in preview.failure


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_preview() -> None:
    rows = 12
    for number in range(rows):
        Preview.objects.create(
            draft_kind="gridversion", draft_id=number, draft_hash="", rules_number=0,
            day=dt.date(2027, 1, 1), size=1, people=1,
        )  # fmt: skip
    taken: list[int] = []
    ready = threading.Barrier(3)

    def work() -> None:
        worker = Worker()
        ready.wait()
        try:
            while (preview := worker.take()) is not None:
                taken.append(preview.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(Preview.objects.values_list("pk", flat=True))
    assert len(taken) == rows
