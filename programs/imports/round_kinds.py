"""Which kind a round is of, by its official name: learnt from the rounds and programs that are known.

"Trade occupations (Version 1)" and "Trades Occupations, 2026-Version 3" differ in their version alone, so a name is
compared without it. A name that was never seen, or that was used for several kinds, is asked about and not guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from programs.models import Program, Round

_VERSION = re.compile(r"\(?(\d{4}\s*-\s*)?version\s*\d+\)?", re.IGNORECASE)
_OF_ROUNDS_ONLY = "ee_category"
_PREFIX = "category-"


@dataclass(frozen=True, slots=True)
class RoundKind:
    """A kind of round: whom it is for, and whether its cut-offs hold a nomination's points."""

    kind: str
    round_type: str
    includes_nomination_points: bool


@dataclass(frozen=True)
class RoundKinds:
    """The kinds that are known, by their own name and by the official names of rounds."""

    by_kind: Mapping[str, RoundKind]
    by_name: Mapping[str, frozenset[str]]

    def of(self, name: str) -> RoundKind | None:
        """The kind of a round with this official name; None where it cannot be told."""
        found = self.by_name.get(plain(name), frozenset())
        return self.by_kind[next(iter(found))] if len(found) == 1 else None


def plain(name: str) -> str:
    """A name without its version, accents, signs and capitals.

    >>> plain("French-Language proficiency 2026-Version 2") == plain("French language proficiency (Version 1)")
    True
    """
    letters = unicodedata.normalize("NFKD", _VERSION.sub(" ", name))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters.encode("ascii", "ignore").decode().lower()).split())


def known_kinds() -> RoundKinds:
    """The kinds of all rounds in the database, and of the categories that had none yet."""
    by_kind: dict[str, RoundKind] = {}
    names: dict[str, set[str]] = {}
    for program, english, french in Program.objects.filter(category=_OF_ROUNDS_ONLY).values_list(
        "pk", "name_en", "name_fr"
    ):
        kind = program.removeprefix(_PREFIX)
        by_kind[kind] = RoundKind(kind, Round.RoundType.CATEGORY, False)
        # "Express Entry category: STEM" is called "STEM" in rounds.
        for name in filter(None, (english, french)):
            names.setdefault(plain(name.partition(":")[2] or name), set()).add(kind)
    # The latest round of a kind says what its cut-offs hold: until 2016 all of them could hold 600 points.
    rounds = Round.objects.order_by("date", "number")
    for kind, name, round_type, includes in rounds.values_list(
        "kind", "name", "round_type", "includes_nomination_points"
    ):
        by_kind[kind] = RoundKind(kind, round_type, includes)
        names.setdefault(plain(name), set()).add(kind)
    return RoundKinds(dict(sorted(by_kind.items())), {name: frozenset(kinds) for name, kinds in names.items()})
