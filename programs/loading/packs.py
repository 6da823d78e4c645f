"""Rule packs into the database: new ones published, changed ones compared with what staff made of them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from programs.checks.references import Names, unknown_names
from programs.loading.files import RuleFile, RuleFiles
from programs.loading.merge import PackMerge
from programs.models import Change, LoadedFile, Occupation, RulebookRevision
from programs.packs.errors import PackError, PackErrors
from programs.packs.kinds import KINDS
from programs.packs.schema import Pack
from programs.packs.to_database import to_database
from programs.packs.yaml_files import PackFile, pack_paths, path_of, plain, read_packs
from programs.rulebook import vocabulary


def load_packs(files: RuleFiles) -> list[str]:
    """Load the packs that have changed, and say what became of each.

    Raises:
        PackErrors: with everything wrong in any of them; nothing is loaded then.

    """
    changed = [file for path in pack_paths(files.root) if (file := files.file(path)).has_changed]
    if not changed:
        return []
    packs = read_packs(file.path for file in changed)
    by_path = {str(file.path): file for file in changed}
    _refuse_misplaced(packs, by_path)
    _refuse_unknown_names(packs)
    said = _store(packs, by_path)
    RulebookRevision.move()
    return said


def _store(packs: list[PackFile], files: dict[str, RuleFile]) -> list[str]:
    known = {
        (kind.name, pk) for kind in KINDS.values() for pk in kind.model._default_manager.values_list("pk", flat=True)
    }
    new = [pack for pack in packs if (pack.document.kind, pack.document.id) not in known]
    to_database(pack.document for pack in new)
    bases = dict(LoadedFile.objects.values_list("path", "document"))
    said = [f"{files[pack.file].name}: new" for pack in new]
    for pack in packs:
        if pack not in new:
            file = files[pack.file]
            said += [f"{file.name}: {line}" for line in PackMerge(pack.document, bases.get(file.name)).apply()]
    _remember(packs, files)
    return said


def _remember(packs: Iterable[PackFile], files: dict[str, RuleFile]) -> None:
    loaded: list[LoadedFile] = []
    changes: list[Change] = []
    for pack in packs:
        file, document = files[pack.file], pack.document
        loaded.append(
            LoadedFile(
                path=file.name,
                content_hash=file.content_hash,
                kind=document.kind,
                identifier=document.id,
                document=plain(document),
            )
        )
        changes.append(
            Change(
                what=Change.What.LOADED, subject_kind=document.kind, subject_id=document.id, subject=title_of(document)
            )
        )
    LoadedFile.objects.bulk_create(
        loaded,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["content_hash", "kind", "identifier", "document", "loaded_at"],
    )
    Change.objects.bulk_create(changes)


def title_of(document: Pack) -> str:
    """What people call a document."""
    text: Any = getattr(document, "name", None) or getattr(document, "title", None)
    return text.en if text else document.id


def _refuse_misplaced(packs: Iterable[PackFile], files: dict[str, RuleFile]) -> None:
    errors = [
        pack.error_at(("id",), f"this pack belongs in {path_of(pack.document).as_posix()}")
        for pack in packs
        if files[pack.file].name != path_of(pack.document).as_posix()
    ]
    if errors:
        raise PackErrors(errors)


def _refuse_unknown_names(packs: list[PackFile]) -> None:
    names = known_names(pack.document for pack in packs)
    errors: list[PackError] = []
    for pack in packs:
        errors += [pack.error_at(location, message) for location, message in unknown_names(pack.document, names)]
    if errors:
        raise PackErrors(errors)


def known_names(documents: Iterable[Pack] = ()) -> Names:
    """Everything that rules may point to: what is in the database, and what the documents bring."""
    known: dict[str, set[str]] = defaultdict(set)
    for kind in KINDS.values():
        known[kind.name].update(kind.model._default_manager.values_list("pk", flat=True))
    for document in documents:
        known[document.kind].add(document.id)
    occupations: dict[str, set[str]] = defaultdict(set)
    for classification, code in Occupation.objects.values_list("classification_id", "code"):
        occupations[classification].add(code)
    return Names.of(known, occupations, vocabulary())
