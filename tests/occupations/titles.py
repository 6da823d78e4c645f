"""The repository's job titles, without a database."""

import csv
from collections.abc import Iterator
from functools import cache

from eligibility.occupations.titles import TitleIndex, TitleRow
from programs.loading.rulebook import RULE_PACKS

FOLDER = RULE_PACKS / "occupations"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def title_rows() -> tuple[TitleRow, ...]:
    """Every job title, English ones first."""
    return tuple(
        TitleRow(row["title"], row["language"], row["noc"], row["kind"], int(row["rank"]) if row["rank"] else None)
        for row in _rows("noc-2021-titles.csv")
    )


@cache
def title_index() -> TitleIndex:
    """The index of all of them."""
    return TitleIndex(title_rows(), ((row["word"], row["stands_for"]) for row in _rows("abbreviations.csv")))
