"""Hold all ways against each other, time them, and print a table: `python -m benchmarks.comparison`."""

import datetime as dt
import gc
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version

from benchmarks.comparison.engines import OpenFisca, cel_way, zen_way
from benchmarks.comparison.tables import AGES, CLB_LEVELS, Person, Tables, people, read_tables, with_unknowns
from benchmarks.comparison.ways import Ours, Plain, PlainWithReasons
from benchmarks.goals import Goal, goals_table
from programs.packs.seed import seed_rulebook
from programs.rulebook import ABILITIES

PEOPLE = 2000
GROUPS = 7
DAY = dt.date(2026, 11, 21)
GOALS = ((20, "zen-engine"), (50, "OpenFisca"))
MOST_BY_HAND = 2


def disagreement(name: str, person: Person, found: object, wanted: object) -> None:
    """Stop where two ways differ."""
    if found != wanted:
        sys.exit(f"{name} gives {found}, the plain tables {wanted}: {person}")


def check_totals(
    tables: Tables, totals: dict[str, Callable[[Person], int]], ours: Ours, hand: PlainWithReasons
) -> None:
    """Find all totals equal, and the ranges of who left answers out those of trying every answer."""
    plain = Plain(tables)
    for person in people(PEOPLE, 1, tables.levels):
        for name, total in totals.items():
            disagreement(name, person, total(person), plain.total(person))
    choices = {"age": AGES, "education": tables.levels, **dict.fromkeys(ABILITIES, CLB_LEVELS)}
    for number, person in enumerate(people(PEOPLE, 2, tables.levels)):
        unsure = with_unknowns(person, number)
        # What is not known adds up, so that each answer can be tried by itself.
        least, most = dict(person), dict(person)
        for key in [key for key, value in unsure.items() if value is None]:
            tried = sorted((plain.total({**person, key: value}), place) for place, value in enumerate(choices[key]))
            least[key], most[key] = choices[key][tried[0][1]], choices[key][tried[-1][1]]
        wanted = plain.total(least), plain.total(most)
        disagreement("ours", unsure, ours.range(unsure), wanted)
        disagreement("dictionaries with reasons", unsure, hand.range(unsure), wanted)


def seconds_for(total: Callable[[Person], object], groups: Sequence[Sequence[Person]]) -> float:
    """The shortest processor time for one person, of several groups."""
    best = float("inf")
    for group in groups:
        started = time.process_time()
        for person in group:
            total(person)
        best = min(best, (time.process_time() - started) / len(group))
    return best


def main() -> None:
    """Check, measure and print."""
    book = seed_rulebook().on(DAY)
    tables = read_tables(book)
    ours, hand, openfisca = Ours(tables, book), PlainWithReasons(tables), OpenFisca(tables)
    totals = {
        "ours, with reasons and unknowns": ours.total,
        "dictionaries, total only": Plain(tables).total,
        "dictionaries, with reasons and unknowns, by hand": hand.total,
        f"CEL (common-expression-language {version('common-expression-language')}), total only": cel_way(tables),
        f"zen-engine {version('zen-engine')}, total only": zen_way(tables),
        f"OpenFisca-Core {version('OpenFisca-Core')}, one at a time, total only": openfisca.total,
    }
    check_totals(tables, totals, ours, hand)
    gc.collect()
    gc.freeze()
    groups = [people(PEOPLE, 10 + number, tables.levels) for number in range(GROUPS)]
    slow = [group[:200] for group in groups]
    found = {
        name: seconds_for(total, slow if "zen" in name or "OpenFisca" in name else groups)
        for name, total in totals.items()
    }
    own = found["ours, with reasons and unknowns"]
    found["OpenFisca-Core, 2,000 at once, for each"] = (
        seconds_for(openfisca.totals, [[group] for group in groups]) / PEOPLE
    )
    print("| for one person | microseconds | ours is so many times as fast |")
    print("| --- | ---: | ---: |")
    for name, each in found.items():
        print(f"| {name} | {1e6 * each:.1f} | {each / own:.1f} |")
    by_hand = own / found["dictionaries, with reasons and unknowns, by hand"]
    print()
    goals = []
    for times, other in GOALS:
        reached = next(each for name, each in found.items() if name.startswith(other)) / own
        goals.append(
            Goal(f"slice of the CRS, as fast as {other}", f"{times} times", f"{reached:.0f} times", reached >= times)
        )
    goals.append(
        Goal(
            "slice of the CRS, time of Python by hand with reasons",
            f"at most {MOST_BY_HAND} times",
            f"{by_hand:.2f} times",
            by_hand <= MOST_BY_HAND,
        )
    )
    print("\n".join(goals_table(goals)))


if __name__ == "__main__":
    main()
