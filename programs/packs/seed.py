"""The rulebook as the packs of the repository have it, without a database: for tests, benchmarks and checks."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from programs.packs.schema.common import Text
from programs.packs.yaml_files import pack_paths, read_packs
from programs.rulebook import Draw, PoolSnapshot, Round, Rulebook, UnitGroup, build
from programs.rulebook.pool import snapshots

RULEPACKS = Path(__file__).resolve().parent.parent / "rulepacks"
UNIT_GROUPS = RULEPACKS / "occupations" / "noc-2021.csv"
ROUNDS = RULEPACKS / "rounds" / "express-entry-rounds.csv"
POOL = RULEPACKS / "rounds" / "pool-distribution.csv"
DRAWS = RULEPACKS / "draws" / "provincial-draws.csv"


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


def pool(path: Path = POOL) -> tuple[PoolSnapshot, ...]:
    """The snapshots of the Express Entry pool, as their file lists them, without bands that add up others."""
    with path.open(encoding="utf-8", newline="") as file:
        return snapshots(
            (
                dt.date.fromisoformat(row["date"]),
                int(row["range_low"]),
                int(row["range_high"]),
                int(row["candidates"]),
                row["source"],
            )
            for row in csv.DictReader(file)
            if row["row_kind"] == "base"
        )


def draws(path: Path = DRAWS) -> Iterator[Draw]:
    """The draws of provinces and territories, as their file lists them."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Draw(
                id=row["id"],
                authority=row["authority"],
                programs=tuple(row["programs"].split()),
                date=dt.date.fromisoformat(row["date"]),
                precision=row["date_precision"],  # type: ignore[arg-type]
                kind=Text(en=row["kind_en"], fr=row["kind_fr"]),
                invitations=_number(row["invitations"]),
                fewer_than=_number(row["fewer_than"]),
                grid=row["grid"] or None,
                lowest_score=_number(row["lowest_score"]),
                highest_score=_number(row["highest_score"]),
                note=Text(en=row["note_en"], fr=row["note_fr"]) if row["note_en"] else None,
                source=row["source"],
                as_of=row["as_of"],
                confidence=row["confidence"],
            )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def seed_rulebook() -> Rulebook:
    """The rulebook of the repository's own packs.

    Raises:
        PackErrors: naming file, line and key, if a pack cannot be read.

    """
    documents = [pack.document for pack in read_packs(pack_paths(RULEPACKS))]
    return build(documents, unit_groups(), "packs", rounds(), pool=pool(), draws=draws())
