"""The database into documents: the reverse of `to_database`, with nothing lost."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from programs.models import H1BSituations, LeverCollection, Program, SourceCollection, Status, Version
from programs.packs.columns import values
from programs.packs.kinds import KINDS, Kind, kind_of
from programs.packs.schema import PACK, Pack
from programs.packs.schema.common import Cited
from programs.packs.version_values import BELOW, version_value

PUBLISHED = (Status.PUBLISHED,)
_IN_FORCE = "versions_to_read"
_ALL = Q()


def read_documents(
    kinds: Collection[str] = tuple(KINDS),
    identifiers: Collection[str] | None = None,
    statuses: Collection[str] = PUBLISHED,
    which: Q = _ALL,
) -> list[Pack]:
    """The documents in the database, with those of their versions that have one of the statuses and are `which`."""
    result: list[Pack] = []
    for name in kinds:
        kind = KINDS[name]
        rows = kind.model._default_manager.order_by("pk")
        if issubclass(kind.schema, Cited):
            rows = rows.select_related("source")
        if identifiers is not None:
            rows = rows.filter(pk__in=identifiers)
        for row in _with_parts(rows, kind, statuses, which):
            value = _document_value(row, kind)
            if kind.version is None or name == "program" or value[kind.versions]:
                result.append(PACK.validate_python(value))
    return result


def read_document(kind: str, identifier: str, statuses: Collection[str] = PUBLISHED) -> Pack | None:
    """One document, or None where there is none (or none with a version of such a status)."""
    return next(iter(read_documents([kind], [identifier], statuses)), None)


def read_version(version: Version) -> Any:
    """One version, of any status, as the part of a document that it is."""
    kind = kind_of(version)
    row = type(version)._default_manager.prefetch_related("source", *BELOW[type(version)]).get(pk=version.pk)
    assert kind.version_schema is not None
    return kind.version_schema.model_validate(version_value(row, kind))


def _with_parts(rows: QuerySet[Any], kind: Kind, statuses: Collection[str], which: Q) -> QuerySet[Any]:
    lookups: list[str | Prefetch[Any]] = []
    for attached in kind.attached:
        parts = attached.model._default_manager.order_by("position", "pk")
        cited = issubclass(attached.schema, Cited)
        lookups.append(Prefetch(attached.relation, parts.select_related("source") if cited else parts))
    if kind.version is not None:
        versions = kind.version._default_manager.filter(which, status__in=statuses)
        versions = versions.order_by("position", "effective_from", "pk").select_related("source")
        lookups.append(Prefetch("versions", versions.prefetch_related(*BELOW[kind.version]), to_attr=_IN_FORCE))
    if kind.model is Program:
        lookups.append("program_grids")
    if kind.model is SourceCollection:
        lookups.append("sources")
    return rows.prefetch_related(*lookups)


def _document_value(row: Any, kind: Kind) -> dict[str, Any]:
    if isinstance(row, H1BSituations | LeverCollection):
        return row.value()
    value = {"kind": kind.name, **values(row, kind.schema)}
    for attached in kind.attached:
        parts = getattr(row, attached.relation).all()
        value[attached.key] = [_without_nothing(values(part, attached.schema)) for part in parts]
    if kind.version is not None:
        value[kind.versions] = [version_value(version, kind) for version in getattr(row, _IN_FORCE)]
    if isinstance(row, Program):
        value["grids"] = [used.grid_id for used in row.program_grids.all()]
    if isinstance(row, SourceCollection):
        value["sources"] = [
            {
                "url": source.url,
                "title": {"en": source.title_en, "fr": source.title_fr},
                "checked_on": source.checked_on,
            }
            for source in sorted(row.sources.all(), key=lambda source: source.position)
        ]
    return _without_nothing(value)


def _without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}
