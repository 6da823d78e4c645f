"""Previews as work to be done: asked for once, worked on by one process at a time, gone on with if that one dies.

There is no service to run for it. Whoever asks for a preview, or looks at one that nobody works on, starts a process
(`work_on_previews`) that does all that waits and ends. It holds its row for some seconds at a time; a worker that is
killed stops prolonging that, and the next one goes on from the last people counted.
"""

import datetime as dt
import gc
import logging
import subprocess
import sys
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Q
from django.utils import timezone

from eligibility.impact.compare import Comparer
from eligibility.impact.count import counted
from eligibility.impact.people import number_of_people
from eligibility.impact.tally import Tally
from eligibility.models import Preview
from eligibility.staff import drafts
from programs import store
from programs.models import RulebookRevision, Version

State = Preview.State
HELD_FOR = dt.timedelta(seconds=30)
# The row is written at most so often; a killed worker loses no more than that.
WRITTEN_EVERY = dt.timedelta(seconds=1)
MOST_TRIES = 3
# Newer previews of the same draft replace older ones past this many.
KEPT_OF_A_DRAFT = 5
SIZES = (200, 2000, 10000)

log = logging.getLogger(__name__)
_workers: list[subprocess.Popen[bytes]] = []


def ask(version: Version, size: int, person: Any) -> Preview:
    """Ask for a preview; one that waits, runs or is done for the very same rules is given back instead."""
    draft_hash, number = drafts.content_hash(version), RulebookRevision.current_number()
    kind, day = drafts.kind_name(version), drafts.day_of(version)
    of_draft = Preview.objects.filter(draft_kind=kind, draft_id=version.pk)
    same = of_draft.exclude(state=State.FAILED).filter(draft_hash=draft_hash, rules_number=number, day=day, size=size)
    found = same.first()
    if found is not None:
        return found
    made = Preview.objects.create(
        draft_kind=kind,
        draft_id=version.pk,
        draft_name=str(version),
        draft_hash=draft_hash,
        rules_number=number,
        day=day,
        size=size,
        people=number_of_people(size),
        asked_by=person,
        asked_by_name=person.get_username(),
    )
    kept = list(of_draft.values_list("pk", flat=True)[:KEPT_OF_A_DRAFT])
    of_draft.exclude(pk__in=kept).delete()
    return made


@dataclass(frozen=True, slots=True)
class OutOfDate:
    """What has moved since a preview was asked for."""

    draft: bool
    rules: bool

    def __bool__(self) -> bool:
        return self.draft or self.rules


def out_of_date(preview: Preview, version: Version) -> OutOfDate:
    """Whether the preview speaks of rules that are no longer these."""
    return OutOfDate(
        preview.draft_hash != drafts.content_hash(version),
        preview.rules_number != RulebookRevision.current_number(),
    )


# Starting a worker ---------------------------------------------------------------------------


def start_worker() -> None:
    """Start a process that works on what waits. It goes on when the page is closed, and when the server restarts."""
    _workers[:] = [worker for worker in _workers if worker.poll() is None]
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_on_previews"]
    _workers.append(
        subprocess.Popen(  # noqa: S603 (nothing of the command comes from outside)
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def has_to_be_taken_up(preview: Preview) -> bool:
    """Whether nobody works on it: it waits, or its worker was not heard of for too long."""
    return Preview.objects.filter(_free(), pk=preview.pk).exists()


def keep_going(preview: Preview) -> None:
    """Start a worker if the preview needs one and none of ours is just starting."""
    if has_to_be_taken_up(preview) and not any(worker.poll() is None for worker in _workers):
        start_worker()


# Working -------------------------------------------------------------------------------------


def _free() -> Q:
    return Q(state=State.WAITING) | Q(state=State.RUNNING, held_until__lt=timezone.now())


class HeldBySomeoneElse(Exception):  # noqa: N818 (a sentence says more)
    """The worker was silent for so long that another one has taken its work."""


class Worker:
    """One process's hold on previews. Several may run: the database gives each row to one of them."""

    def __init__(self, processes: int = 1) -> None:
        """Work in so many processes. With more than one, this one keeps nothing of the database open meanwhile."""
        self.name = uuid.uuid4().hex
        self._processes = processes

    def take(self) -> Preview | None:
        """Take the oldest preview that nobody works on; None if there is none."""
        for key in Preview.objects.filter(_free()).order_by("asked_at", "pk").values_list("pk", flat=True):
            now = timezone.now()
            # One statement: of two workers at the same row, the second finds it no longer free.
            if Preview.objects.filter(_free(), pk=key).update(
                state=State.RUNNING, held_by=self.name, held_until=now + HELD_FOR
            ):
                return Preview.objects.get(pk=key)
        return None

    def work(self) -> int:
        """Work on what waits until nothing does, and say how many previews that were."""
        done = 0
        while (preview := self.take()) is not None:
            self.finish(preview)
            done += 1
        return done

    def finish(self, preview: Preview) -> None:
        """Work on one preview to its end, and keep the result or what went wrong."""
        try:
            preview.tries += 1
            preview.started_at = preview.started_at or timezone.now()
            if preview.tries > MOST_TRIES:
                self._write(preview, state=State.FAILED, failure="", finished_at=timezone.now())
                return
            self._write(preview, tries=preview.tries, started_at=preview.started_at)
            tally = self._count(preview)
            self._write(
                preview, state=State.DONE, progress=tally.as_json(), seen=tally.people, finished_at=timezone.now()
            )
        except HeldBySomeoneElse:
            log.warning("Preview %s was taken over by another worker.", preview.pk)
        except Exception as error:
            log.exception("Preview %s failed.", preview.pk)
            self._fail(preview, str(error))

    def _fail(self, preview: Preview, why: str) -> None:
        try:
            self._write(preview, state=State.FAILED, failure=why[:2000], finished_at=timezone.now())
        except HeldBySomeoneElse:
            log.warning("Preview %s was taken over by another worker.", preview.pk)

    def _count(self, preview: Preview) -> Tally:
        version = drafts.find(preview.draft_kind, preview.draft_id)
        if version is None or out_of_date(preview, version):
            raise LookupError("The draft or the rules in force changed before this was done.")
        comparer = Comparer(store.current().on(preview.day), drafts.rulebook_with(version).on(preview.day))
        tally = Tally.from_json(preview.progress) if preview.progress else Tally()
        reach = comparer.reach
        told = {
            "programs": sorted(reach.programs),
            "grids": sorted(reach.grids),
            "invitations": comparer.reaches_invitations,
        }
        self._write(preview, reach=told)
        if not reach:
            tally.people = preview.people
            return tally
        if self._processes > 1:
            # The others are forked: the rules are set aside so that they stay shared, and no connection is copied.
            gc.freeze()
            connections.close_all()
        written = timezone.now()
        for share in counted(comparer, preview.size, preview.day, tally.people, self._processes):
            tally.add_all(share)
            if timezone.now() - written >= WRITTEN_EVERY:
                self._write(preview, progress=tally.as_json(), seen=tally.people)
                written = timezone.now()
        return tally

    def _write(self, preview: Preview, **values: Any) -> None:
        held = Preview.objects.filter(pk=preview.pk, held_by=self.name, state=State.RUNNING)
        if not held.update(held_until=timezone.now() + HELD_FOR, **values):
            raise HeldBySomeoneElse
