"""Packs that staff bring in: what would come of them, and its versions as drafts.

Nothing is published by it and no draft is written over. What packs say beside their versions (names, intake, notices),
and programs that are new, would be in force at once: that waits until a publisher puts it in force
(`programs.loading.waiting`).
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from programs import store
from programs.actions.base import User, one_at_a_time, record
from programs.checks.references import unknown_names
from programs.loading.packs import known_names, title_of
from programs.models import Change, Origin, Status, Version, WaitingChange
from programs.packs.columns import source_ids
from programs.packs.differences import Difference, Names, differences, everything_said
from programs.packs.errors import PackError
from programs.packs.from_database import read_documents, read_version
from programs.packs.kinds import KINDS, Kind
from programs.packs.schema import Pack, Sources
from programs.packs.to_database import save_attached, save_parents
from programs.packs.uploads import UploadRefused, read_upload
from programs.packs.version_rows import VersionRows
from programs.packs.yaml_files import plain

_WAITING = (Status.DRAFT, Status.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    """A version that would arrive as a draft. `follows` is the one it is held against; empty where there is none.

    One that `starts_with_it` needs another first day before it can be published.
    """

    document: Any
    label: str
    effective_from: dt.date
    follows: str
    starts_with_it: bool
    rows: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PlannedPack:
    """One pack, and what would come of it.

    Attributes:
        drafts: its versions that would arrive as drafts.
        beside: what it says otherwise beside its versions, which would wait for a publisher. Of a new program that is
            everything: its `later` versions arrive as drafts when it is put in force.
        waits: whether the very same waits already.
        left: last days of versions that are here, which are changed on their own pages alone.

    """

    file: str
    document: Pack
    title: str
    is_new: bool
    drafts: tuple[PlannedDraft, ...]
    beside: tuple[Difference, ...]
    later: int = 0
    waits: bool = False
    left: tuple[Difference, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether it says anything else than what is here."""
        return bool(self.drafts or self.beside or self.left)


@dataclass(frozen=True)
class DraftPlan:
    """What would come of the packs that were brought in."""

    packs: tuple[PlannedPack, ...]
    errors: tuple[PackError, ...]

    @cached_property
    def drafts(self) -> int:
        """How many drafts would arrive."""
        return sum(len(pack.drafts) for pack in self.packs)

    @property
    def same(self) -> int:
        """How many packs say nothing else than what is here."""
        return sum(not pack.differs for pack in self.packs)

    @property
    def differing(self) -> tuple[PlannedPack, ...]:
        """The packs that say something else."""
        return tuple(pack for pack in self.packs if pack.differs)

    @cached_property
    def waiting(self) -> int:
        """How many packs would wait for a publisher with what they say beside their versions."""
        return sum(bool(pack.beside) and not pack.waits for pack in self.packs)

    @property
    def can_be_done(self) -> bool:
        """Whether nothing is wrong, and there is something to do."""
        return not self.errors and self.drafts + self.waiting > 0

    @cached_property
    def fingerprint(self) -> str:
        """What names this plan: the same files against the same rules give the same, anything else another."""
        said = [(pack.file, pack.is_new, pack.drafts, pack.beside, pack.waits) for pack in self.differing]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def plan_drafts(texts: dict[str, str]) -> DraftPlan:
    """Read packs and hold them against what is in the database. Nothing is written."""
    packs, errors = read_upload(texts)
    here = _Here(pack.document for pack in packs)
    names = known_names(pack.document for pack in packs)
    for pack in packs:
        errors += [pack.error_at(location, message) for location, message in unknown_names(pack.document, names)]
    planned = tuple(_planned(pack.file, pack.document, here) for pack in packs) if not errors else ()
    return DraftPlan(planned, tuple(sorted(errors, key=lambda error: (error.file, error.line))))


@transaction.atomic
def bring_in(plan: DraftPlan, by: User) -> tuple[list[Version], list[WaitingChange]]:
    """Make the drafts of a plan, put each on record, and have the rest wait. The plan is of the same transaction.

    Raises:
        UploadRefused: if something is wrong, or does not fit into its place.

    """
    one_at_a_time()
    if not plan.can_be_done:
        raise UploadRefused(_("There is nothing to bring in."))
    made: list[Version] = []
    for pack in plan.packs:
        if pack.drafts:
            try:
                with transaction.atomic():
                    made += make_drafts(pack, by)
            except DatabaseError as error:
                message = _("“%(file)s” does not fit into its place: %(why)s")
                raise UploadRefused(message % {"file": pack.file, "why": str(error).splitlines()[0]}) from error
    return made, [_wait(pack, by) for pack in plan.packs if pack.beside and not pack.waits]


def plan_of(document: Pack, file: str) -> PlannedPack:
    """What would come of one document now."""
    return _planned(file, document, _Here([document]))


class _Here:
    """What is in the database of the things that some packs are about."""

    def __init__(self, documents: Iterable[Pack]) -> None:
        held = list(documents)
        self._ids = {document.id for document in held}
        kinds = {document.kind for document in held}
        self.documents = {(each.kind, each.id): each for each in read_documents(kinds, self._ids)}
        self.known = {
            (name, pk)
            for name in kinds
            for pk in KINDS[name].model._default_manager.filter(pk__in=self._ids).values_list("pk", flat=True)
        }
        self._waiting = {name: self._drafts(KINDS[name]) for name in kinds}
        rulebook = store.current()
        self.names = Names.of([*rulebook.documents, *held], rulebook.occupations)
        waiting = WaitingChange.objects.filter(state=WaitingChange.State.WAITING, identifier__in=self._ids)
        self._changes = list(waiting.values_list("kind", "identifier", "document"))

    def _drafts(self, kind: Kind) -> dict[str, list[Version]]:
        found: dict[str, list[Version]] = {}
        if kind.version is not None:
            parent = f"{kind.version.PARENT}_id"
            for row in kind.version.objects.filter(**{f"{parent}__in": self._ids}, status__in=_WAITING):
                found.setdefault(getattr(row, parent), []).append(row)
        return found

    def published(self, document: Pack) -> Sequence[Any]:
        """The published versions of what a document is about."""
        stored = self.documents.get((document.kind, document.id))
        return getattr(stored, KINDS[document.kind].versions, ()) if stored else ()

    def waiting(self, document: Pack) -> list[Any]:
        """The drafts of what a document is about; one that is half made and cannot be read is like no other."""
        found = []
        for row in self._waiting[document.kind].get(document.id, ()):
            try:
                found.append(read_version(row))
            except ValidationError:
                continue
        return found

    def waits(self, document: Pack) -> bool:
        """Whether the very same document waits to be put in force."""
        return (document.kind, document.id, plain(document)) in self._changes

    def labels(self, document: Pack) -> set[str]:
        """The names that are taken."""
        drafts = {row.label for row in self._waiting[document.kind].get(document.id, ())}
        return drafts | {_label(version) for version in self.published(document)}


def _planned(file: str, document: Pack, here: _Here) -> PlannedPack:
    kind = KINDS[document.kind]
    own = (kind.versions,) if kind.version is not None else ()
    stored = here.documents.get((document.kind, document.id))
    document = _not_checked_earlier(document, stored)
    is_new = (document.kind, document.id) not in here.known
    title, waits = title_of(document), here.waits(document)
    if is_new and (kind.version is None or document.kind == "program"):
        beside = tuple(everything_said(document, own, here.names))
        return PlannedPack(file, document, title, is_new, (), beside, len(getattr(document, kind.versions, ())), waits)
    drafts, left = _planned_versions(document, kind, here)
    beside = tuple(differences(stored, document, own, here.names)) if stored is not None else ()
    return PlannedPack(file, document, title, is_new, tuple(drafts), beside, 0, waits, tuple(left))


def _planned_versions(document: Pack, kind: Kind, here: _Here) -> tuple[list[PlannedDraft], list[Difference]]:
    published, taken = here.published(document), here.labels(document)
    standing = [*published, *here.waiting(document)]
    drafts: list[PlannedDraft] = []
    left: list[Difference] = []
    for version in getattr(document, kind.versions, ()) if kind.version is not None else ():
        same = [each for each in standing if _rules_of(each) == _rules_of(version)]
        if same:
            if version.effective_to not in [each.effective_to for each in same]:
                before, where = same[0].effective_to, _("version “%(name)s” › in force to") % {"name": _label(version)}
                left.append(Difference(where, str(before or ""), str(version.effective_to or "")))
            continue
        label = _free(_label(version), taken)
        taken.add(label)
        before = _before(version, published)
        rows = tuple(differences(before, version, ("version", "id"), here.names)) if before is not None else ()
        follows = _label(before) if before is not None else ""
        starts_with_it = before is not None and before.effective_from == version.effective_from
        drafts.append(PlannedDraft(version, label, version.effective_from, follows, starts_with_it, rows))
    return drafts, left


def _not_checked_earlier(document: Pack, stored: Pack | None) -> Pack:
    """Sources as a file has them, but that a page which staff looked at later stays checked on that day."""
    if not isinstance(document, Sources) or not isinstance(stored, Sources):
        return document
    days = {source.url: source.checked_on for source in stored.sources}
    return document.model_copy(
        update={
            "sources": tuple(
                source.model_copy(update={"checked_on": max(source.checked_on, days.get(source.url, dt.date.min))})
                for source in document.sources
            )
        }
    )


def _wait(pack: PlannedPack, by: User) -> WaitingChange:
    return WaitingChange.objects.create(
        kind=pack.document.kind,
        identifier=pack.document.id,
        title=pack.title[:300],
        document=plain(pack.document),
        file=pack.file[:300],
        by=by,
        by_name=by.get_username(),
    )


def _label(version: Any) -> str:
    return str(getattr(version, "version", None) or version.id)


def _rules_of(version: Any) -> Any:
    """What a version says, whatever it is called and however long it holds."""
    blank = {"version": "", "effective_to": None} if hasattr(version, "version") else {"id": "", "effective_to": None}
    return version.model_copy(update=blank)


def _before(version: Any, published: Sequence[Any]) -> Any:
    """What a version would follow, or correct: that of its name, else that of its first day, else the last before."""
    named = next((each for each in published if _label(each) == _label(version)), None)
    earlier = [each for each in published if each.effective_from <= version.effective_from]
    return named or max(earlier, key=lambda each: each.effective_from, default=None)


def _free(label: str, taken: set[str]) -> str:
    number, free = 1, label
    while free in taken:
        free = f"{label}-file-{number}" if number > 1 else f"{label}-file"
        number += 1
    return free


def make_drafts(pack: PlannedPack, by: User) -> list[Version]:
    """Make the drafts of a pack, and what they are versions of if that is not here yet."""
    kind = KINDS[pack.document.kind]
    assert kind.version is not None
    if pack.is_new:
        save_parents([pack.document])
        save_attached([pack.document])
    parent = kind.model._default_manager.get(pk=pack.document.id)
    rows = VersionRows(source_ids([pack.document]))
    remark = _("Brought in from the file %(file)s.") % {"file": pack.file}
    there = kind.version.objects.filter(**{kind.version.PARENT: parent}).count()
    made: list[Version] = []
    for position, draft in enumerate(pack.drafts, there + 1):
        version = rows.add(
            parent,
            draft.document,
            kind.version,
            status=Status.DRAFT,
            origin=Origin.STAFF,
            author=by,
            remark=remark,
            position=position,
        )
        version.label = draft.label
        made.append(version)
    rows.save()
    for version in made:
        record(Change.What.IMPORTED, version, by, remark)
    return made
