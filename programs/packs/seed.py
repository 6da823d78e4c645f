"""The rulebook as the packs of the repository have it, without a database: for tests, benchmarks and checks."""

import csv
from collections.abc import Iterator
from pathlib import Path

from programs.packs.schema.common import Text
from programs.packs.yaml_files import pack_paths, read_packs
from programs.rulebook import Rulebook, UnitGroup, build

RULEPACKS = Path(__file__).resolve().parent.parent / "rulepacks"
UNIT_GROUPS = RULEPACKS / "occupations" / "noc-2021.csv"


def unit_groups(path: Path = UNIT_GROUPS) -> Iterator[UnitGroup]:
    """The unit groups of NOC 2021, as their file lists them."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield UnitGroup(row["code"], Text(en=row["title_en"], fr=row["title_fr"]), int(row["teer"]))


def seed_rulebook() -> Rulebook:
    """The rulebook of the repository's own packs.

    Raises:
        PackErrors: naming file, line and key, if a pack cannot be read.

    """
    documents = [pack.document for pack in read_packs(pack_paths(RULEPACKS))]
    return build(documents, unit_groups(), "packs")
