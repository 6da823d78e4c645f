"""The draft that a preview is of: found by its address, compared with what is in force, compiled once."""

import datetime as dt
import hashlib
import json
import threading
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils import timezone

from programs import store
from programs.models import RulebookRevision, Version
from programs.packs.columns import plain_part
from programs.packs.from_database import read_version
from programs.packs.kinds import kind_of
from programs.packs.schema import Pack
from programs.rulebook import Rulebook

# The kinds of versions, as addresses name them.
KINDS = ("programversion", "gridversion", "occupationlistversion", "referencetableversion", "conversion")


# What reading and compiling raise of a draft that lacks something: pydantic's errors are ValueErrors.
_NOT_WHOLE = (ValueError, LookupError, TypeError)


class CannotBeCompiled(Exception):  # noqa: N818 (a sentence says more)
    """The draft says something that no rulebook can be made of; the message says what."""


def find(kind: str, pk: int) -> Version | None:
    """A version by its address, whatever its status; None if there is none."""
    if kind not in KINDS:
        return None
    found: Version | None = apps.get_model("programs", kind)._default_manager.filter(pk=pk).first()
    return found


def kind_name(version: Version) -> str:
    """The kind of a version, as addresses name it."""
    return str(version._meta.model_name)


def right_to_view(version: Version) -> str:
    """The right that looking at a draft of this kind takes."""
    return f"programs.view_{kind_name(version)}"


def content_hash(version: Version) -> str:
    """Names what a draft says; it changes whenever that does. One that is not whole yet is named by what it lacks."""
    try:
        said = json.dumps(plain_part(read_version(version)), ensure_ascii=False, sort_keys=True, default=str)
    except _NOT_WHOLE as error:
        said = str(error)
    return hashlib.sha256(said.encode()).hexdigest()


def day_of(version: Version, today: dt.date | None = None) -> dt.date:
    """The day to look at a draft on: today if it holds then, else the day nearest to today on which it does."""
    today = today or timezone.localdate()
    if version.effective_to is not None and version.effective_to < today:
        return version.effective_to
    return max(version.effective_from, today)


@dataclass(frozen=True, slots=True)
class _Compiled:
    key: tuple[object, ...]
    rulebook: Rulebook


_lock = threading.Lock()
_last: _Compiled | None = None


def rulebook_with(version: Version) -> Rulebook:
    """The rulebook as it would be with the draft. The last one is kept, since pages ask for the same again and again.

    Of a version that is published or withdrawn there is nothing to try: that is the rulebook in force.

    Raises:
        CannotBeCompiled: if the draft is not whole yet.

    """
    if not version.is_editable:
        return store.current()
    global _last  # noqa: PLW0603 (one rulebook for the whole process, changed under the lock)
    key = (kind_name(version), version.pk, content_hash(version), RulebookRevision.current_number())
    with _lock:
        if _last is None or _last.key != key:
            try:
                _last = _Compiled(key, store.rulebook_with(version))
            except _NOT_WHOLE as error:
                raise CannotBeCompiled(str(error)) from error
        return _last.rulebook


def document_of(version: Version, rulebook: Rulebook) -> Pack | None:
    """The document that a version is part of, as a rulebook has it."""
    identity = (kind_of(version).name, str(version.parent.pk))
    return next((each for each in rulebook.documents if (each.kind, each.id) == identity), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """A draft's rules, and those that it would follow: None for the first version of something new."""

    before: Any
    after: Any


def pair_of(version: Version, in_force: Rulebook) -> Pair:
    """The draft and the published version before it: the one in force on its first day, else the last one earlier."""
    after: Any = read_version(version)
    document = document_of(version, in_force)
    standing = [
        each
        for each in (getattr(document, kind_of(version).versions, ()) if document else ())
        if all(getattr(each, name) == getattr(after, name) for name in version.BESIDE)
        and each.effective_from <= after.effective_from
        and each != after
    ]
    return Pair(max(standing, key=lambda each: each.effective_from, default=None), after)
