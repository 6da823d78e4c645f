"""Documents into the database: rows that say exactly what the documents say."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from programs.models import H1BSituations, LeverCollection, Origin, ProgramGrid, Source, Status, rules_unlocked
from programs.packs.columns import columns, source_ids, text_columns
from programs.packs.kinds import KINDS, Attached
from programs.packs.schema import Pack, Sources
from programs.packs.schema.common import Cited
from programs.packs.version_rows import VersionRows
from programs.packs.yaml_files import plain

_IN_COLUMNS = frozenset({"kind", "id", "authority", "name"})
_KEPT_WHOLE = frozenset({H1BSituations, LeverCollection})


@transaction.atomic
def to_database(documents: Iterable[Pack], status: str = Status.PUBLISHED, origin: str = Origin.PACK) -> None:
    """Store documents that are not in the database yet, all their versions with one status.

    What they point to (occupations, facts of the vocabulary, one another) must be there or among them.
    """
    packs = list(documents)
    save_parents(packs)
    save_attached(packs)
    rows = VersionRows(source_ids(packs))
    for pack in packs:
        kind = KINDS[pack.kind]
        parent = kind.model(pk=pack.id, **_classification(pack))
        for position, version in enumerate(getattr(pack, kind.versions, ())):
            if kind.version is not None:
                rows.add(parent, version, kind.version, position=position, status=status, origin=origin)
    with rules_unlocked():
        rows.save()


def _classification(pack: Pack) -> dict[str, Any]:
    return {"classification_id": pack.classification} if pack.kind == "occupation_list" else {}


def save_parents(packs: Iterable[Pack]) -> None:
    """Make or update what the documents say of the thing itself, whatever the version."""
    packs = list(packs)
    sources = source_ids(pack for pack in packs if isinstance(pack, Cited))
    by_kind: dict[str, list[models.Model]] = defaultdict(list)
    for pack in packs:
        model = KINDS[pack.kind].model
        said = _whole_columns(pack) if model in _KEPT_WHOLE else columns(pack, model, sources)
        by_kind[pack.kind].append(model(**said))
    for name, kind in KINDS.items():
        rows = by_kind[name]
        if rows:
            changed = [field.name for field in kind.model._meta.concrete_fields if not field.primary_key]
            kind.model._default_manager.bulk_create(
                rows, update_conflicts=True, unique_fields=["id"], update_fields=changed
            )


def _whole_columns(pack: Any) -> dict[str, Any]:
    content = {key: item for key, item in plain(pack).items() if key not in _IN_COLUMNS}
    return {"id": pack.id, "authority": pack.authority, "content": content, **text_columns("name", pack.name)}


def save_attached(packs: Iterable[Pack], only: frozenset[str] | None = None) -> None:
    """Replace what hangs on the documents (intake, outlook, next steps, examples…); `only` limits it to some keys."""
    packs = list(packs)
    sources = source_ids(packs)
    gathered: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for pack in packs:
        kind = KINDS[pack.kind]
        for attached in kind.attached:
            if only is None or attached.key in only:
                _clear(attached.model, kind.name, pack.id)
                gathered[attached.model] += _attached_rows(pack, attached, sources)
        if pack.kind == "program" and (only is None or "grids" in only):
            _clear(ProgramGrid, "program", pack.id)
            gathered[ProgramGrid] += [
                ProgramGrid(program_id=pack.id, grid_id=grid, position=position)
                for position, grid in enumerate(pack.grids)
            ]
        if isinstance(pack, Sources) and (only is None or "sources" in only):
            save_sources(pack)
    for model, rows in gathered.items():
        model._default_manager.bulk_create(rows)


def _clear(model: type[models.Model], owner: str, identifier: str) -> None:
    rows = model._default_manager.filter(**{f"{owner}_id": identifier})
    if rows.exists():
        rows.delete()


def _attached_rows(pack: Pack, attached: Attached, sources: dict[str, int]) -> list[models.Model]:
    return [
        attached.model(**{f"{pack.kind}_id": pack.id}, position=position, **columns(item, attached.model, sources))
        for position, item in enumerate(getattr(pack, attached.key))
    ]


def save_sources(pack: Sources) -> None:
    """Give the pages of a collection their titles and the day they were last checked."""
    looked_at = dict(
        Source.objects.filter(url__in=[item.url for item in pack.sources]).values_list("url", "checked_on")
    )
    Source.objects.filter(collection_id=pack.id).update(collection=None, position=0)
    rows = [
        Source(
            url=item.url,
            collection_id=pack.id,
            position=position,
            # Staff may have looked later than the pack.
            checked_on=max(item.checked_on, looked_at.get(item.url) or item.checked_on),
            **text_columns("title", item.title),
        )
        for position, item in enumerate(pack.sources)
    ]
    Source.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["url"],
        update_fields=["collection", "position", "checked_on", "title_en", "title_fr"],
    )
