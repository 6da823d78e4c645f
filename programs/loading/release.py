"""Where the published rules and those of the release, as last loaded, differ: staff's own work, place by place."""

from dataclasses import dataclass

from pydantic import ValidationError

from programs import store
from programs.loading.packs import title_of
from programs.models import LoadedFile
from programs.packs.differences import Difference, Names, differences
from programs.packs.from_database import read_documents
from programs.packs.schema import PACK


@dataclass(frozen=True, slots=True)
class Differing:
    """Something that staff say otherwise than the release. `before` is the release, `after` what is published here."""

    file: str
    title: str
    kind: str
    id: str
    rows: tuple[Difference, ...]


def held_against_release() -> list[Differing]:
    """Every pack from which the published rules differ, by its file."""
    here = {(each.kind, each.id): each for each in read_documents()}
    names = Names.of(here.values(), store.current().occupations)
    found: list[Differing] = []
    for loaded in LoadedFile.objects.exclude(document=None).order_by("path"):
        try:
            pack = PACK.validate_python(loaded.document)
        except ValidationError:
            # Written for an older form of packs; the next release loads it anew.
            continue
        stored = here.get((pack.kind, pack.id))
        rows = tuple(differences(pack, stored, names=names)) if stored is not None else ()
        if rows:
            found.append(Differing(loaded.path, title_of(pack), pack.kind, pack.id, rows))
    return found
