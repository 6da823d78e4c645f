"""Packs that staff bring in: what would come of them, and its versions as drafts.

Nothing is published by it and no draft is written over. What packs say beside their versions (names, intake, notices)
would be in force at once, so it is shown and left to the pages where it is changed.
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

from programs.actions.base import User, one_at_a_time, record
from programs.checks.references import unknown_names
from programs.loading.packs import known_names, title_of
from programs.models import Change, Origin, Status, Version
from programs.packs.columns import source_ids
from programs.packs.differences import Difference, differences
from programs.packs.errors import PackError
from programs.packs.from_database import read_documents, read_version
from programs.packs.kinds import KINDS, Kind
from programs.packs.schema import Pack
from programs.packs.to_database import save_attached, save_parents
from programs.packs.uploads import UploadRefused, read_upload
from programs.packs.version_rows import VersionRows
from programs.packs.yaml_files import PackFile

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
    """One pack, and what would come of it. `beside` is what it says otherwise and what would not be taken over."""

    file: str
    document: Pack
    title: str
    is_new: bool
    drafts: tuple[PlannedDraft, ...]
    beside: tuple[Difference, ...]


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
        return sum(not pack.drafts and not pack.beside for pack in self.packs)

    @property
    def differing(self) -> tuple[PlannedPack, ...]:
        """The packs that say something else."""
        return tuple(pack for pack in self.packs if pack.drafts or pack.beside)

    @property
    def can_be_done(self) -> bool:
        """Whether nothing is wrong, and there is something to do."""
        return not self.errors and self.drafts > 0

    @cached_property
    def fingerprint(self) -> str:
        """What names this plan: the same files against the same rules give the same, anything else another."""
        said = [(pack.file, pack.is_new, pack.drafts, pack.beside) for pack in self.differing]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def plan_drafts(texts: dict[str, str]) -> DraftPlan:
    """Read packs and hold them against what is in the database. Nothing is written."""
    packs, errors = read_upload(texts)
    here = _Here(pack.document for pack in packs)
    names = known_names(pack.document for pack in packs)
    for pack in packs:
        errors += [pack.error_at(location, message) for location, message in unknown_names(pack.document, names)]
        errors += _cannot_be_new(pack, here)
    planned = tuple(_planned(pack, here) for pack in packs) if not errors else ()
    return DraftPlan(planned, tuple(sorted(errors, key=lambda error: (error.file, error.line))))


@transaction.atomic
def bring_in(plan: DraftPlan, by: User) -> list[Version]:
    """Make the drafts of a plan, and put each on record. To be called with a plan made in the same transaction.

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
                    made += _make(pack, by)
            except DatabaseError as error:
                message = _("“%(file)s” does not fit into its place: %(why)s")
                raise UploadRefused(message % {"file": pack.file, "why": str(error).splitlines()[0]}) from error
    return made


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

    def labels(self, document: Pack) -> set[str]:
        """The names that are taken."""
        drafts = {row.label for row in self._waiting[document.kind].get(document.id, ())}
        return drafts | {_label(version) for version in self.published(document)}


def _cannot_be_new(pack: PackFile, here: _Here) -> list[PackError]:
    """A new program would be shown to the public as soon as it is there."""
    document = pack.document
    if document.kind != "program" or (document.kind, document.id) in here.known:
        return []
    message = _("there is no program “%(id)s” here yet. Add it under Programs first; then bring in its versions")
    return [pack.error_at(("id",), message % {"id": document.id})]


def _planned(pack: PackFile, here: _Here) -> PlannedPack:
    document = pack.document
    kind = KINDS[document.kind]
    published, taken = here.published(document), here.labels(document)
    standing = [*published, *here.waiting(document)]
    drafts: list[PlannedDraft] = []
    beside: list[Difference] = []
    for version in getattr(document, kind.versions, ()) if kind.version is not None else ():
        same = [each for each in standing if _rules_of(each) == _rules_of(version)]
        if same:
            if version.effective_to not in [each.effective_to for each in same]:
                before, where = same[0].effective_to, f"versions › {_label(version)} › effective to"
                beside.append(Difference(where, str(before or ""), str(version.effective_to or "")))
            continue
        label = _free(_label(version), taken)
        taken.add(label)
        before = _before(version, published)
        rows = tuple(differences(before, version, ("version", "id"))) if before is not None else ()
        follows = _label(before) if before is not None else ""
        starts_with_it = before is not None and before.effective_from == version.effective_from
        drafts.append(PlannedDraft(version, label, version.effective_from, follows, starts_with_it, rows))
    stored = here.documents.get((document.kind, document.id))
    if stored is not None:
        beside += differences(stored, document, (kind.versions,) if kind.version is not None else ())
    is_new = (document.kind, document.id) not in here.known
    if is_new and kind.version is None:
        beside.append(Difference(title_of(document), "", _("is not here")))
    return PlannedPack(pack.file, document, title_of(document), is_new, tuple(drafts), tuple(beside))


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


def _make(pack: PlannedPack, by: User) -> list[Version]:
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
