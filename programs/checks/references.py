"""Names that rules point to, and whether there is such a thing."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from programs.checks.problems import Location
from programs.checks.walk import parts
from programs.packs.schema import Notice, Pack, Program
from programs.packs.schema.conditions import Compare, InList, ProgramVerdict
from programs.packs.schema.figures import FigureRow
from programs.packs.schema.grids import CapWhen, Factor, PointsTable
from programs.packs.schema.levers import CanadianWork, FundsShown, NewJobOffer, TradeCertificateEarned
from programs.packs.schema.measures import Credential, Experience, ListLevel, Measure, Relative
from programs.packs.schema.tables import ListEntry, OccupationList
from programs.rulebook import Vocabulary

Finding = tuple[Location, str]
_WORDS = {
    "fact": "fact in the vocabulary",
    "level": "level of education in the vocabulary",
    "relation": "relation in the vocabulary",
    "program": "program",
    "grid": "points grid",
    "occupation_list": "occupation list",
    "reference_table": "reference table",
    "subject": "program, grid, list, table or test",
    "code": "unit group",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What there is, by kind of thing, and the unit groups of each classification."""

    known: Mapping[str, Collection[str]]
    occupations: Mapping[str, Collection[str]]

    @classmethod
    def of(
        cls,
        documents: Mapping[str, Collection[str]],
        occupations: Mapping[str, Collection[str]],
        words: Vocabulary,
    ) -> "Names":
        """The names of stored documents by kind, with those of the vocabulary."""
        no_subjects = {"notice", "sources", "figures"}
        subjects = {name for kind in documents if kind not in no_subjects for name in documents[kind]}
        known = {
            **documents,
            "subject": subjects,
            "fact": words.facts.keys(),
            "language_set": words.language_sets.keys(),
            "level": {level.key for level in words.levels},
            "relation": set(words.relations),
        }
        return cls(known, occupations)

    def missing(self, kind: str, name: str) -> str | None:
        """What to say of a name that nothing bears; None if there is such a thing."""
        known = self.known.get(kind, ())
        return None if name in known else _unknown(kind, name, known)

    def missing_code(self, classification: str, code: str) -> str | None:
        """What to say of a code that its classification does not have."""
        if classification not in self.occupations:
            return f"the classification “{classification}” is not loaded"
        known = self.occupations[classification]
        return None if code in known else f"there is no unit group “{code}” in {classification}"


def _unknown(kind: str, name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    return f"there is no {_WORDS.get(kind, kind)} “{name}”{hint}"


def unknown_names(document: Pack, names: Names) -> Iterator[Finding]:
    """Every name in a document that points to nothing, with the place where it stands."""
    sets_allowed = _axes_by_ability(document)
    classification = document.classification if isinstance(document, OccupationList) else "noc-2021"
    for location, part in parts(document):
        for key, kind, name in _pointers(part):
            if kind == "code":
                message = names.missing_code(classification, name)
            elif kind == "fact" and location in sets_allowed and key == "fact":
                message = names.missing("language_set", name)
            else:
                message = names.missing(kind, name)
            if message:
                yield (*location, key), message


def _axes_by_ability(document: Pack) -> frozenset[Location]:
    """The measures that name a language set, since each of its abilities is looked up on its own."""
    found: set[Location] = set()
    for location, part in parts(document):
        if isinstance(part, PointsTable) and part.per_ability:
            found.add((*location, "rows", "measure"))
        if isinstance(part, Factor) and part.table is not None and part.table.per_ability:
            found.update((*location, "readings", index, "rows") for index in range(len(part.readings)))
    return frozenset(found)


def _pointers(part: Any) -> Iterator[tuple[str, str, str]]:
    """What one part points to: the key that says it, the kind of thing, and its name."""
    found: list[tuple[str, str, str | None]] = []
    match part:
        case Compare():
            found += [("other_fact", "fact", part.other_fact), ("by", "fact", part.by)]
            found += [("table", "reference_table", part.table), ("list_figure", "occupation_list", part.list_figure)]
        case InList():
            found += [
                ("in_list", "occupation_list", part.in_list),
                ("not_in_list", "occupation_list", part.not_in_list),
            ]
        case ProgramVerdict():
            found.append(("program", "program", part.program))
        case Experience():
            found.append(("occupation_list", "occupation_list", part.occupation_list))
            found.append(("not_occupation_list", "occupation_list", part.not_occupation_list))
            found += [("nocs", "code", code) for code in part.nocs]
        case Credential():
            found += [("levels", "level", level) for level in part.levels]
        case Relative():
            found += [("relations", "relation", relation) for relation in part.relations]
        case ListLevel():
            found.append(("occupation_list", "occupation_list", part.occupation_list))
        case CapWhen():
            found.append(("fact", "fact", part.fact))
        case Factor():
            found += [("only_for", "program", program) for program in part.only_for]
        case Program():
            found += [("grids", "grid", grid) for grid in part.grids]
        case Notice():
            found += [("concerns", "subject", subject) for subject in part.concerns]
        case ListEntry() | CanadianWork() | NewJobOffer() | TradeCertificateEarned():
            found.append(("noc", "code", part.noc))
        case FundsShown():
            found.append(("table", "reference_table", part.table))
        case FigureRow():
            found += [("occupations", "code", code) for code in part.occupations]
    if isinstance(part, Measure):
        found += [("fact", "fact", part.fact), ("grid", "grid", part.grid)]
    return iter([(key, kind, name) for key, kind, name in found if name is not None])
