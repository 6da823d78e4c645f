"""The rulebook as the packs of the repository have it, without a database: for tests, benchmarks and checks."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from programs.packs.schema.common import Text
from programs.packs.yaml_files import pack_paths, read_packs
from programs.rulebook import Round, Rulebook, UnitGroup, build

RULEPACKS = Path(__file__).resolve().parent.parent / "rulepacks"
UNIT_GROUPS = RULEPACKS / "occupations" / "noc-2021.csv"
ROUNDS = RULEPACKS / "rounds" / "express-entry-rounds.csv"


def unit_groups(path: Path = UNIT_GROUPS) -> Iterator[UnitGroup]:
    """The unit groups of NOC 2021, as their file lists them."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield UnitGroup(row["code"], Text(en=row["title_en"], fr=row["title_fr"]), int(row["teer"]))


def rounds(path: Path = ROUNDS) -> Iterator[Round]:
    """The rounds of invitations, as their file lists them."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Round(
                number=row["round_number"],
                date=dt.date.fromisoformat(row["date"]),
                kind=row["kind"],
                round_type=row["round_type"],  # type: ignore[arg-type]
                name=row["name"],
                invitations=int(row["invitations"]),
                cutoff=int(row["crs_cutoff"]) if row["crs_cutoff"] else None,
                includes_nomination_points=row["includes_nomination_points"] == "true",
                source=row["source"],
            )


def seed_rulebook() -> Rulebook:
    """The rulebook of the repository's own packs.

    Raises:
        PackErrors: naming file, line and key, if a pack cannot be read.

    """
    documents = [pack.document for pack in read_packs(pack_paths(RULEPACKS))]
    return build(documents, unit_groups(), "packs", rounds())
