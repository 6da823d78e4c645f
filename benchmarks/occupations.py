#!/usr/bin/env python3
"""Measure the search for occupations against plain SQL over the same titles, in one run.

Figures of one run are compared with each other only; what counts is the ratio. The queries are those of the gold set.
"""

import csv
import sqlite3
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from eligibility.occupations.titles import TitleIndex, TitleRow, plain  # noqa: E402

FOLDER = ROOT / "programs" / "rulepacks" / "occupations"
GOLD = ROOT / "tests" / "occupations" / "gold_searches.csv"
ROUNDS = 3


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def milliseconds(search: Callable[[str], object], queries: list[str]) -> list[float]:
    """The best time of several rounds for each query, sorted."""
    best = dict.fromkeys(queries, float("inf"))
    for _ in range(ROUNDS):
        for query in queries:
            started = time.perf_counter()
            search(query)
            best[query] = min(best[query], 1000 * (time.perf_counter() - started))
    return sorted(best.values())


def main() -> None:
    """Measure and print the table."""
    rows = [
        TitleRow(row["title"], row["language"], row["noc"], row["kind"], int(row["rank"]) if row["rank"] else None)
        for row in read(FOLDER / "noc-2021-titles.csv")
    ]
    words = [(row["word"], row["stands_for"]) for row in read(FOLDER / "abbreviations.csv")]
    gold = read(GOLD)
    started = time.perf_counter()
    index = TitleIndex(rows, words)
    building = time.perf_counter() - started
    tracemalloc.start()
    index = TitleIndex(rows, words)
    memory, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    database = sqlite3.connect(":memory:")
    database.execute("create table title (plain text, code text)")
    database.executemany("insert into title values (?, ?)", [(plain(row.title), row.code) for row in rows])

    def like(query: str) -> list[object]:
        asked = plain(query).split()
        where = " and ".join(["plain like ?"] * len(asked))
        return database.execute(
            f"select distinct code from title where {where} limit 10", [f"%{word}%" for word in asked]
        ).fetchall()

    found = {
        "the index": lambda row: [hit.code for hit in index.search(row["typed"], row["language"])],
        "SQL LIKE on every word": lambda row: [code for (code,) in like(row["typed"])],
    }
    queries = [row["typed"] for row in gold]
    times = {"the index": milliseconds(index.search, queries), "SQL LIKE on every word": milliseconds(like, queries)}
    print(f"{len(rows):,} titles; built in {building:.2f} s; {memory / 2**20:.0f} MiB of Python objects.")
    print(f"\n| {len(queries)} queries | p50 ms | p95 ms | most ms | in the first three |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, taken in times.items():
        right = sum(bool(set(found[name](row)[:3]) & set(row["codes"].split())) for row in gold)
        cuts = statistics.quantiles(taken, n=20)
        print(f"| {name} | {cuts[9]:.2f} | {cuts[18]:.2f} | {taken[-1]:.2f} | {right} |")
    ratio = sum(times["the index"]) / sum(times["SQL LIKE on every word"])
    print(f"\nAll queries together, index to LIKE: {ratio:.2f}.")


if __name__ == "__main__":
    main()
