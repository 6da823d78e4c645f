"""The occupations that a job title or a code may mean.

The index of titles is built once in each process, from the database, and again when titles have changed. Whoever
searches meanwhile is answered from the former index.
"""

import logging
import threading
import time
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Count, Max

from eligibility.occupations import codes
from eligibility.occupations.titles import MOST_RESULTS, Hit, TitleIndex, TitleRow
from eligibility.wizard import rules
from programs.models import Abbreviation, Change, JobTitle, RulebookRevision

_LOOK_AGAIN_AFTER = 2.0
# What staff change is on record under these names; so an altered title is seen, not only a new one.
_KINDS = ("jobtitle", "abbreviation")
_log = logging.getLogger(__name__)
_State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A unit group, and the job title or code that led to it."""

    code: str
    title: str
    teer: int | None
    matched: str
    score: float


class _Holder:
    """The index that this process answers with."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: TitleIndex | None = None
        self._revision: object = None
        self._state: _State = ()
        self._looked_at = float("-inf")

    def current(self) -> TitleIndex:
        held = self._index
        if held is not None and time.monotonic() - self._looked_at < _LOOK_AGAIN_AFTER:
            return held
        # Only the first index is worth waiting for: while another thread builds a new one, the former serves.
        if not self._lock.acquire(blocking=held is None):
            assert held is not None
            return held
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def _refreshed(self) -> TitleIndex:
        self._looked_at = time.monotonic()
        try:
            revision = RulebookRevision.objects.values_list("number", "moved_at").first()
        except DatabaseError:
            if self._index is None:
                raise
            _log.exception("The database does not answer; the former index of job titles stays.")
            return self._index
        if self._index is not None and revision == self._revision:
            return self._index
        state = _state()
        if self._index is None or state != self._state:
            self._index = build()
        self._revision, self._state = revision, state
        return self._index


def _state() -> _State:
    """What changes whenever a title or an abbreviation does; much cheaper than reading them all."""
    titles = JobTitle.objects.aggregate(newest=Max("pk"), number=Count("pk"))
    words = Abbreviation.objects.aggregate(newest=Max("pk"), number=Count("pk"))
    changed = Change.objects.filter(subject_kind__in=_KINDS).aggregate(newest=Max("pk"))
    return (*titles.values(), *words.values(), *changed.values())


def build() -> TitleIndex:
    """The index of the titles as the database has them now."""
    columns = ("title", "language", "occupation__code", "kind", "rank")
    rows = JobTitle.objects.values_list(*columns).order_by("pk").iterator(chunk_size=5000)
    return TitleIndex((TitleRow(*row) for row in rows), Abbreviation.objects.values_list("word", "stands_for"))


_holder = _Holder()


def current_index() -> TitleIndex:
    """The index of job titles, at most a few seconds old."""
    return _holder.current()


def search(text: str, language: str = "") -> list[Found]:
    """The unit groups that a job title, or a code of any classification we know, may mean, best first."""
    text = text.strip()
    if not any(letter.isalpha() for letter in text) and sum(letter.isdigit() for letter in text) > 1:
        ranked = _by_code(text)
    else:
        ranked = current_index().search(text, language or rules.language())
    found = []
    for hit in ranked:
        title = rules.occupation_title(hit.code)
        if title is not None:
            found.append(Found(hit.code, title, rules.occupation_teer(hit.code), hit.matched, hit.score))
    return found


def _by_code(text: str) -> list[Hit]:
    beginning = [code for code in rules.occupation_codes() if code.startswith(text)]
    if beginning:
        return [Hit(code, text, 1.0) for code in beginning[:MOST_RESULTS]]
    found = codes.look_up(text)
    return [Hit(candidate.code, text, 1.0) for candidate in found.candidates[:MOST_RESULTS]] if found else []
