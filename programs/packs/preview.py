"""The documents as they would be if a version were published: for checks and previews. Nothing is written."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from programs.models import Status, Version
from programs.packs.from_database import read_document, read_documents, read_version
from programs.packs.kinds import kind_of
from programs.packs.schema import Pack

ONE_DAY = dt.timedelta(days=1)


def documents_with(version: Version, published: Iterable[Pack] | None = None) -> list[Pack]:
    """Everything published, and `version` with it; the version before it ends the day before.

    Who has the published documents at hand may give them; else they are read from the database.
    """
    kind, identifier = kind_of(version), version.parent.pk
    standing = read_documents() if published is None else list(published)
    documents = [pack for pack in standing if (pack.kind, pack.id) != (kind.name, identifier)]
    own = next((pack for pack in standing if (pack.kind, pack.id) == (kind.name, identifier)), None)
    return [*documents, own_document_with(version, own if published is not None else None)]


def own_document_with(version: Version, published: Pack | None = None) -> Pack:
    """The document that a version belongs to, as it would be; the version stands last in it.

    Who has the document as it is published at hand may give it; else it is read from the database.
    """
    kind, identifier = kind_of(version), version.parent.pk
    whole: Any = published or read_document(kind.name, identifier, tuple(Status))
    published = published or read_document(kind.name, identifier)
    part = read_version(version)
    before = tuple(_closed(each, part, version.BESIDE) for each in getattr(published, kind.versions, ()))
    result: Pack = whole.model_copy(update={kind.versions: (*before, part)})
    return result


def documents_without(version: Version) -> list[Pack]:
    """Everything published but `version`."""
    kind, identifier = kind_of(version), version.parent.pk
    part = read_version(version)
    result: list[Pack] = []
    for pack in read_documents():
        if (pack.kind, pack.id) != (kind.name, identifier):
            result.append(pack)
            continue
        rest = tuple(each for each in getattr(pack, kind.versions) if each != part)
        if rest or kind.name == "program":
            result.append(pack.model_copy(update={kind.versions: rest}))
    return result


def _closed(version: Any, successor: Any, beside: Iterable[str]) -> Any:
    """A version as its successor leaves it: one with no end stops the day before."""
    follows = all(getattr(version, name) == getattr(successor, name) for name in beside)
    if not follows or version.effective_to is not None or version.effective_from >= successor.effective_from:
        return version
    return version.model_copy(update={"effective_to": successor.effective_from - ONE_DAY})
