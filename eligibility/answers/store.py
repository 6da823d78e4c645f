"""The one place that reads and writes stored answers.

A person's row is found by the secret in their link. Writing happens under a lock on the row, and always on
what is stored at that moment, so two tabs that answer different pages never undo each other.

Scenarios (`eligibility.answers.scenarios`) are in the same row: whoever names one reads and changes its answers, by the
same way and under the same lock.
"""

import datetime as dt
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from eligibility.answers import cipher, scenarios
from eligibility.answers.document import Answers
from eligibility.models import Application

SECRET_BYTES = 24
# A visit moves the day of deletion; writing that at every page would cost a write per read.
_VISIT_NOTED_AFTER = dt.timedelta(hours=1)
_PURGE_EVERY_SECONDS = 3600


class NoSuchApplicationError(Exception):
    """No answers are kept under this secret: never, no longer, or deleted."""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def kept_for() -> dt.timedelta:
    """How long answers are kept after the last visit."""
    return dt.timedelta(days=settings.ANSWERS_KEPT_DAYS)


def start() -> str:
    """Make room for a new person's answers, and return the secret of their link. It is not kept anywhere."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    now = timezone.now()
    Application.objects.create(
        secret_hash=_hash(secret),
        answers=cipher.encrypt(Answers().as_document()),
        created=now,
        last_visited=now,
        expires=now + kept_for(),
    )
    return secret


def _find(secret: str, *, lock: bool) -> Application:
    rows = Application.objects.select_for_update() if lock else Application.objects
    try:
        row = rows.get(secret_hash=_hash(secret))
    except Application.DoesNotExist:
        raise NoSuchApplicationError from None
    if row.expires <= timezone.now():
        raise NoSuchApplicationError
    return row


def _open(row: Application) -> Answers:
    return Answers.from_document(cipher.decrypt(row.answers))


def visit(secret: str, scenario: int | None = None) -> Answers:
    """Read a person's answers, or those of one of their scenarios, and count this as a visit.

    Raises:
        NoSuchApplicationError: when nothing is kept under this secret.
        NoSuchScenarioError: when there is no such scenario.

    """
    row = _find(secret, lock=False)
    now = timezone.now()
    if now - row.last_visited >= _VISIT_NOTED_AFTER:
        Application.objects.filter(pk=row.pk).update(last_visited=now, expires=now + kept_for())
    person = _open(row)
    return person if scenario is None else scenarios.scenario(person, scenario)


@contextmanager
def change(secret: str, scenario: int | None = None) -> Iterator[Answers]:
    """Change a person's answers, or those of one of their scenarios.

    Yields them under a lock, and stores them when the block ends well.

    Raises:
        NoSuchApplicationError: when nothing is kept under this secret.
        NoSuchScenarioError: when there is no such scenario.

    """
    with transaction.atomic():
        row = _find(secret, lock=True)
        person = _open(row)
        if scenario is None:
            yield person
        else:
            with scenarios.changing(person, scenario) as changed:
                yield changed
        now = timezone.now()
        row.answers = cipher.encrypt(person.as_document())
        row.last_visited = now
        row.expires = now + kept_for()
        row.save(update_fields=["answers", "last_visited", "expires"])


def delete(secret: str) -> None:
    """Delete everything kept under this secret. What is gone already stays gone."""
    Application.objects.filter(secret_hash=_hash(secret)).delete()


def purge_expired(using: str = DEFAULT_DB_ALIAS) -> int:
    """Delete everything whose time is over, and return how many people that concerned."""
    deleted, _ = Application.objects.using(using).filter(expires__lte=timezone.now()).delete()
    return deleted


def rotate_keys() -> int:
    """Seal all answers again with the newest key, and return how many there were."""
    count = 0
    for key in list(Application.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Application.objects.select_for_update().filter(pk=key).first()
            if row is not None:
                row.answers = cipher.rotate(row.answers)
                row.save(update_fields=["answers"])
                count += 1
    return count


class _Purging:
    """Purges at most once an hour in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due = 0.0

    def take_turn(self) -> bool:
        """Whether it is time, and nobody else in this process has begun."""
        with self._lock:
            now = time.monotonic()
            if now < self._due:
                return False
            self._due = now + _PURGE_EVERY_SECONDS
            return True

    def make_due(self) -> None:
        """Let the next turn come at once."""
        self._due = 0.0


purging = _Purging()


def purge_now_and_then() -> None:
    """Purge if the last time in this process was an hour ago. Called at requests, it runs by itself."""
    if purging.take_turn():
        purge_expired()
