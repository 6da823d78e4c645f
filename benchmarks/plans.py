"""Measure planning and timelines: `python -m benchmarks.plans`. Processor time, so that a busy machine tells the same.

Each person asks for 40 points more than they have, for one program, for a round, for one more door and for three
years of timeline.
"""

import datetime as dt
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.people import people
from eligibility.engine import assess
from eligibility.planning import plan, read_goal, timeline
from eligibility.profile import read_profile
from eligibility.profile.model import Profile
from programs.packs.seed import seed_rulebook

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "eligibility" / "demo" / "all-demo.jsonl"
SINGLES, COUPLES = 20, 10
TABLE = ROOT / "benchmarks" / "PLANS.md"
MADE_UP = 80
DAYS = 1100
MORE = 40
HEAD = """# How long planning takes

Written by `python -m benchmarks.plans`: milliseconds of processor time for twenty singles and ten couples, the seven
demonstration people among them and the others made up, each searched once, after a first search that compiles the
rules. Nothing of the page is in it. `all goals` holds every person with every goal, and so the typical search.

| what is asked | who | people | median | p90 | longest |
| --- | --- | --- | --- | --- | --- |
"""


def main() -> None:
    """Measure, write the table and print it."""
    rulebook = seed_rulebook()
    written = [json.loads(line) for line in DEMO.read_text("utf-8").splitlines()]
    everyone = [read_profile(one) for one in [*written, *people(MADE_UP)]]
    singles = [one for one in everyone if one.partner is None][:SINGLES]
    couples = [one for one in everyone if one.partner is not None][:COUPLES]

    def goal_for(written: str) -> Callable[[Profile], object]:
        return lambda one: plan(one, rulebook, one.as_of, read_goal(written, one, rulebook))

    def more_points(one: Profile) -> object:
        now = assess(one, rulebook.on(one.as_of), grids=("crs",), scores_only=True).scores["crs"].total
        return plan(one, rulebook, one.as_of, read_goal(f"crs:{now + MORE}", one, rulebook))

    work: dict[str, Callable[[Profile], object]] = {
        "40 points more": more_points,
        "program:fsw": goal_for("program:fsw"),
        "round": goal_for("round"),
        "door": goal_for("door"),
        "timeline": lambda one: timeline(one, rulebook, one.as_of, one.as_of + dt.timedelta(days=DAYS)),
    }
    # As the server does once the rules are compiled: the collector need not walk through them.
    more_points(singles[0])
    gc.collect()
    gc.freeze()
    took = {name: _measured(do, singles, couples) for name, do in work.items()}
    goals = [times for name, times in took.items() if name != "timeline"]
    every = {who: [one for times in goals for one in times[who]] for who in ("singles", "couples")}
    table = HEAD + "".join(_rows([*took.items(), ("all goals", every)]))
    TABLE.write_text(table, "utf-8")
    print(table)


def _measured(
    do: Callable[[Profile], object], singles: Sequence[Profile], couples: Sequence[Profile]
) -> dict[str, list[float]]:
    """The milliseconds that each person took."""
    do(singles[0])
    took: dict[str, list[float]] = {}
    for who, profiles in (("singles", singles), ("couples", couples)):
        took[who] = []
        for one in profiles:
            started = time.process_time()
            do(one)
            took[who].append(1000 * (time.process_time() - started))
    return took


def _rows(took: Sequence[tuple[str, Mapping[str, Sequence[float]]]]) -> Iterator[str]:
    for name, of in took:
        everyone = [one for times in of.values() for one in times]
        for who, times in (*of.items(), ("all", everyone)):
            p90 = statistics.quantiles(times, n=10, method="inclusive")[-1]
            yield f"| {name} | {who} | {len(times)} | {statistics.median(times):.0f} | {p90:.0f} | {max(times):.0f} |\n"


if __name__ == "__main__":
    main()
