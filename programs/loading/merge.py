"""A pack that has changed, meeting what is in the database.

Three documents are compared: what the pack said when it was last loaded, what the database says now, and what
the pack says today. Where nobody touched the database, it follows the pack. Where staff did, their work stays:
the pack's changed versions arrive as drafts, and its other changes are made only where staff changed nothing.
"""

from typing import Any

from programs.models import Change, Origin, Status, Version, rules_unlocked
from programs.packs.columns import source_ids
from programs.packs.from_database import read_document, read_version
from programs.packs.kinds import KINDS
from programs.packs.schema import PACK, Pack
from programs.packs.to_database import save_attached, save_parents
from programs.packs.version_rows import VersionRows
from programs.packs.yaml_files import plain

_REPLACED = "Replaced by a newer rule pack."
_ARRIVED = (
    "Arrived with a newer rule pack. Staff have worked on these rules, so it waits here: publish it, or delete it."
)
_LABEL_KEYS = ("version", "id")


class PackMerge:
    """One changed pack, and what becomes of it."""

    def __init__(self, pack: Pack, base: dict[str, Any] | None) -> None:
        """`base` is what the pack said when it was last loaded; None when that is not known."""
        self.pack = pack
        self.kind = KINDS[pack.kind]
        self.base = base
        self.new = plain(pack)
        self.parent = self.kind.model._default_manager.get(pk=pack.id)
        document = read_document(pack.kind, pack.id)
        self.document = document
        self.current = plain(document) if document else None
        if pack.kind == "sources" and self.current is not None and base is not None:
            self.current = _as_if_not_checked(self.current, base)

    def apply(self) -> list[str]:
        """Make the changes, and say in a sentence each what was done and what waits."""
        if self.current == self.new:
            return ["already so"]
        if self._staff_worked_on_it():
            return [*self._merge_rest(), *self._add_drafts()]
        save_parents([self.pack])
        save_attached([self.pack])
        self._follow_versions()
        return ["updated"]

    def _staff_worked_on_it(self) -> bool:
        if self.base is None or self.current != self.base:
            return True
        versions = self._rows(Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED)
        return any(version.origin == Origin.STAFF for version in versions)

    def _rows(self, *statuses: str) -> list[Version]:
        if self.kind.version is None:
            return []
        return list(self.kind.version.objects.filter(**{self.kind.version.PARENT: self.parent}, status__in=statuses))

    def _follow_versions(self) -> None:
        """Make the published versions those of the pack; a version that says something else takes its place."""
        if self.kind.version is None:
            return
        standing = {version.label: version for version in self._rows(Status.PUBLISHED)}
        rows = VersionRows(source_ids([self.pack]))
        with rules_unlocked():
            for position, document in enumerate(getattr(self.pack, self.kind.versions)):
                version = standing.pop(_label(document), None)
                if version is not None and _can_stay(version, document):
                    version.position, version.effective_to = position, document.effective_to
                    version.save(update_fields=["position", "effective_to"])
                    continue
                if version is not None:
                    _withdraw(version)
                rows.add(
                    self.parent,
                    document,
                    self.kind.version,
                    position=position,
                    status=Status.PUBLISHED,
                    origin=Origin.PACK,
                )
            for version in standing.values():
                _withdraw(version)
            rows.save()

    def _merge_rest(self) -> list[str]:
        """What the pack says beside its versions, where staff left it as the pack had it."""
        if self.current is None or self.document is None or self.base is None:
            return []
        keys = (set(self.base) | set(self.new)) - {self.kind.versions}
        changed = sorted(key for key in keys if self.new.get(key) != self.base.get(key))
        taken = [key for key in changed if self.current.get(key) == self.base.get(key)]
        kept = [key for key in changed if key not in taken and self.current.get(key) != self.new.get(key)]
        if taken:
            value = {
                key: item for key, item in {**self.current, **_chosen(self.new, taken)}.items() if item is not None
            }
            merged = PACK.validate_python(value)
            save_parents([merged])
            save_attached([merged], only=frozenset(taken))
        said = [f"{key}: updated" for key in taken]
        return said + [f"{key}: kept as staff have it; the pack says otherwise" for key in kept]

    def _add_drafts(self) -> list[str]:
        if self.kind.version is None:
            return []
        before = {_label_of(item): item for item in (self.base or {}).get(self.kind.versions, ())}
        now = {_label_of(item): item for item in (self.current or {}).get(self.kind.versions, ())}
        rows = VersionRows(source_ids([self.pack]))
        drafts: list[Version] = []
        for document, value in zip(
            getattr(self.pack, self.kind.versions), self.new.get(self.kind.versions, ()), strict=True
        ):
            label = _label_of(value)
            if value in (before.get(label), now.get(label)):
                continue
            draft = rows.add(
                self.parent,
                document,
                self.kind.version,
                status=Status.DRAFT,
                origin=Origin.PACK,
                remark=_ARRIVED,
                position=len(now) + len(drafts),
            )
            draft.label = self._free_label(label)
            drafts.append(draft)
        rows.save()
        gone = sorted(set(before) - {_label_of(item) for item in self.new.get(self.kind.versions, ())})
        said = [
            f"version {draft.label}: arrived as a draft, since staff have worked on these rules" for draft in drafts
        ]
        return said + [f"version {label}: no longer in the pack; left as it is" for label in gone]

    def _free_label(self, label: str) -> str:
        taken = {version.label for version in self._rows(*(set(Status) - {Status.WITHDRAWN}))}
        number, free = 1, label
        while free in taken:
            free = f"{label}-pack-{number}" if number > 1 else f"{label}-pack"
            number += 1
        return free


def _as_if_not_checked(current: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """Sources as they were before staff checked them again: a later look is no change of what a pack says."""
    days = {source["url"]: source.get("checked_on") for source in base.get("sources", ())}
    sources = [
        {**source, "checked_on": days[source["url"]]}
        if source["url"] in days and source["checked_on"] > days[source["url"]]
        else source
        for source in current.get("sources", ())
    ]
    return {**current, "sources": sources}


def _label(document: Any) -> str:
    return str(getattr(document, "version", None) or document.id)


def _label_of(value: dict[str, Any]) -> str:
    return str(next(value[key] for key in _LABEL_KEYS if key in value))


def _chosen(value: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    return {key: value.get(key) for key in keys}


def _can_stay(version: Version, document: Any) -> bool:
    """Whether a version says what the pack says, but for a last day that was open."""
    stored = read_version(version)
    if stored == document:
        return True
    return version.effective_to is None and stored == document.model_copy(update={"effective_to": None})


def _withdraw(version: Version) -> None:
    version.status = Status.WITHDRAWN
    version.remark = _REPLACED
    version.save(update_fields=["status", "remark"])
    Change.objects.create(
        what=Change.What.WITHDRAWN,
        subject_kind=version._meta.model_name or "",
        subject_id=str(version.pk),
        subject=str(version),
        belongs_to=f"{version.parent._meta.model_name}:{version.parent.pk}",
        in_version=f"{version._meta.model_name}:{version.pk}",
        why=_REPLACED,
    )
