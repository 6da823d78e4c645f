"""The rulebook that this process answers with: everything published, compiled once for each revision.

A change moves one row in the same transaction (`RulebookRevision`). Each process looks at that row at most every
two seconds and reads the rules anew when it has moved, so a published change is everywhere within seconds. Where the
row names the documents that changed, only these are read.
Whoever asks meanwhile gets the former rulebook, whole; nobody ever gets a half-built one.
"""

import hashlib
import json
import logging
import threading
import time
import weakref
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import DatabaseError

from programs.models import Draw, Occupation, PoolBand, Round, RulebookRevision, Version
from programs.packs.from_database import read_document, read_documents
from programs.packs.preview import own_document_with
from programs.packs.schema import Pack
from programs.packs.schema.common import Text
from programs.packs.yaml_files import plain
from programs.rulebook import Draw as DrawHeld
from programs.rulebook import PoolSnapshot, Rulebook, UnitGroup, build
from programs.rulebook import Round as RoundHeld
from programs.rulebook.pool import snapshots
from programs.rulebook.vocabulary import VOCABULARY_FILE

LOOK_AGAIN_AFTER = 2.0
_ATTEMPTS = 5
_log = logging.getLogger(__name__)


class RulesKeepMoving(Exception):  # noqa: N818 (a sentence says more)
    """The rules changed each time they were read."""


@dataclass(frozen=True, slots=True)
class _Held:
    token: "_Token"
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class _Token:
    """A state of the rules: it changes whenever anything does. `recent` names what the last moves were about."""

    number: int = -1
    moved_at: str = ""
    recent: tuple[tuple[int, str, str], ...] = ()

    @property
    def name(self) -> str:
        """The state in a word."""
        return f"{self.number}-{self.moved_at}"

    def changed_since(self, former: "_Token") -> frozenset[tuple[str, str]] | None:
        """The documents that changed since a former state; None where that cannot be told."""
        numbers = {number for number, _kind, _id in self.recent}
        if former.number < 0 or not numbers.issuperset(range(former.number + 1, self.number + 1)):
            return None
        return frozenset((kind, key) for number, kind, key in self.recent if number > former.number)


class _Store:
    """What one process holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._held: _Held | None = None
        self._looked_at = float("-inf")
        self._failed_on: _Token | None = None

    def current(self) -> Rulebook:
        held = self._held
        if held is not None and time.monotonic() - self._looked_at < LOOK_AGAIN_AFTER:
            return held.rulebook
        # Only the first rulebook is worth waiting for: while another thread reads a new one, the former serves.
        if not self._lock.acquire(blocking=held is None):
            assert held is not None
            return held.rulebook
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def state(self) -> str:
        held = self._held
        return held.token.name if held is not None else ""

    def newest(self) -> Rulebook:
        with self._lock:
            return self._refreshed()

    def _refreshed(self) -> Rulebook:
        held = self._held
        self._looked_at = time.monotonic()
        try:
            token = _token()
        except DatabaseError:
            if held is None:
                raise
            _log.exception("The database does not answer; the former rulebook %s stays.", held.rulebook.revision)
            return held.rulebook
        if held is not None and token in (held.token, self._failed_on):
            return held.rulebook
        try:
            self._held = held = _read(held)
        except Exception:
            if held is None:
                raise
            self._failed_on = token
            _log.exception("The rules cannot be compiled; the former rulebook %s stays.", held.rulebook.revision)
        return held.rulebook


_store = _Store()


def current() -> Rulebook:
    """The rulebook in force, at most a few seconds old. Ask once for each request."""
    return _store.current()


def newest() -> Rulebook:
    """The rulebook in force, looked at now and not up to two seconds ago."""
    return _store.newest()


def state() -> str:
    """Names the state of what is in force, as this process last looked at it.

    It changes with all of it, also with what no rulebook holds: job titles, what we say of occupations.
    """
    return _store.state()


def forget() -> None:
    """Read the rules anew at the next call, whatever the revision says."""
    _store.forget()


def documents() -> list[Pack]:
    """Everything published, as documents."""
    return read_documents()


def rulebook_with(version: Version) -> Rulebook:
    """The rulebook as it would be if `version` were published. It is not kept."""
    book, own = newest(), own_document_with(version)
    return _with_documents(book, [own], {(own.kind, own.id)})


def occupations() -> list[UnitGroup]:
    """The unit groups of every classification."""
    return [
        UnitGroup(code, Text(en=english, fr=french), teer, classification)
        for code, english, french, teer, classification in Occupation.objects.values_list(
            "code", "title_en", "title_fr", "teer", "classification_id"
        ).order_by("classification_id", "code")
    ]


def rounds() -> list[RoundHeld]:
    """The rounds of invitations, oldest first."""
    fields = (
        "number",
        "date",
        "kind",
        "round_type",
        "name",
        "invitations",
        "cutoff",
        "includes_nomination_points",
        "source",
    )
    return [RoundHeld(*row) for row in Round.objects.order_by("date", "number").values_list(*fields)]


def pool() -> list[PoolSnapshot]:
    """The snapshots of the Express Entry pool, oldest first; bands that only add up others are left out."""
    fields = ("date", "range_low", "range_high", "candidates", "source")
    return list(snapshots(PoolBand.objects.filter(row_kind=PoolBand.RowKind.BASE).order_by().values_list(*fields)))


def draws() -> list[DrawHeld]:
    """The draws of provinces and territories, oldest first."""
    return [
        DrawHeld(
            id=row.pk,
            authority=row.authority,
            programs=tuple(row.programs),
            date=row.date,
            precision=row.date_precision,
            kind=Text(en=row.kind_en, fr=row.kind_fr),
            invitations=row.invitations,
            fewer_than=row.fewer_than,
            grid=row.grid_id,
            lowest_score=row.lowest_score,
            highest_score=row.highest_score,
            note=Text(en=row.note_en, fr=row.note_fr) if row.note_en else None,
            source=row.source,
            as_of=row.as_of,
            confidence=row.confidence,
        )
        for row in Draw.objects.order_by("date", "pk")
    ]


def content_hash(packs: Iterable[Pack], groups: Iterable[UnitGroup], *records: Iterable[object]) -> str:
    """What names a rulebook: equal rules have equal hashes, in every database."""
    digest = hashlib.sha256(VOCABULARY_FILE.read_bytes())
    for pack in sorted(packs, key=lambda pack: (pack.kind, pack.id)):
        digest.update(_hash_of(pack))
    for group in groups:
        digest.update(f"{group.classification} {group.code} {group.teer} {group.title.en} {group.title.fr}\n".encode())
    for held in records:
        for one in held:
            digest.update(f"{one}\n".encode())
    return digest.hexdigest()[:16]


# A document never changes once it is read, so what it says is hashed once, for as long as it is held.
_hashes: dict[int, tuple["weakref.ref[Pack]", bytes]] = {}


def _hash_of(pack: Pack) -> bytes:
    held = _hashes.get(id(pack))
    if held is not None and held[0]() is pack:
        return held[1]
    found = hashlib.sha256(json.dumps(plain(pack), ensure_ascii=False).encode()).digest()
    key = id(pack)
    _hashes[key] = (weakref.ref(pack, lambda _gone: _hashes.pop(key, None)), found)
    return found


def _compile(packs: list[Pack]) -> Rulebook:
    groups = occupations()
    held, snapshots_held, drawn = rounds(), pool(), draws()
    revision = content_hash(packs, groups, held, snapshots_held, drawn)
    return build(packs, groups, revision, held, pool=snapshots_held, draws=drawn)


def _token() -> _Token:
    row = RulebookRevision.objects.filter(pk=1).values_list("number", "moved_at", "recent").first()
    return (
        _Token(row[0], row[1].isoformat(), tuple((each[0], each[1], each[2]) for each in row[2])) if row else _Token()
    )


def _read(former: _Held | None = None) -> _Held:
    """Read and compile; again if the rules moved meanwhile, so that no rulebook mixes two states."""
    for _attempt in range(_ATTEMPTS):
        token = _token()
        rulebook = _read_on(former, token) or _compile(read_documents())
        if _token() == token:
            return _Held(token, rulebook)
    raise RulesKeepMoving(f"The rules changed {_ATTEMPTS} times while they were read. Try again.")


def _read_on(former: _Held | None, token: _Token) -> Rulebook | None:
    """The former rulebook with the documents that changed since; None where everything has to be read."""
    changed = token.changed_since(former.token) if former is not None else None
    if former is None or changed is None:
        return None
    read = [document for kind, key in sorted(changed) if (document := read_document(kind, key)) is not None]
    return _with_documents(former.rulebook, read, changed)


def _with_documents(book: Rulebook, packs: Iterable[Pack], instead_of: Collection[tuple[str, str]]) -> Rulebook:
    """A rulebook with some documents in the place of others; all else is taken over as it is."""
    kept = [each for each in book.documents if (each.kind, each.id) not in instead_of]
    held, groups = [*kept, *packs], occupations()
    revision = content_hash(held, groups, book.rounds, book.pool, book.draws)
    return build(held, groups, revision, book.rounds, pool=book.pool, draws=book.draws)
