#!/usr/bin/env python3
"""Hold the timeline against evaluating every single day: every grid and every verdict, for many people.

    python benchmarks/timeline_daily.py [--people 200] [--days 1100] [--jobs 1]

Ends with status 1 at the first day on which the timeline says something else. It assesses each person on each day, so
that 200 people take a quarter of an hour and more; the tests do the same for a few.
"""

import argparse
import datetime as dt
import json
import multiprocessing
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.people import people  # noqa: E402
from eligibility.engine import assess  # noqa: E402
from eligibility.planning import timeline  # noqa: E402
from eligibility.planning.timeline import Timeline  # noqa: E402
from eligibility.profile import read_profile  # noqa: E402
from eligibility.profile.model import Profile  # noqa: E402
from programs.packs.seed import seed_rulebook  # noqa: E402
from programs.rulebook import Rulebook  # noqa: E402

POPULATION = ROOT / "eligibility" / "demo" / "population.jsonl"
DEMO = ROOT / "eligibility" / "demo" / "all-demo.jsonl"
ONE_DAY = dt.timedelta(days=1)

Said = dict[str, Any]


def everybody(count: int) -> list[Said]:
    """The demo people, those of the made-up population, and people of the benchmarks until there are enough."""
    found = [json.loads(line) for path in (DEMO, POPULATION) for line in path.read_text().splitlines() if line.strip()]
    return [*found, *people(max(count - len(found), 0))][:count]


def said_by_timeline(found: Timeline, day: dt.date) -> Said:
    """What the timeline says of a day."""
    scores = {
        grid: step.range for grid, steps in found.scores.items() for step in steps if step.first <= day <= step.last
    }
    verdicts = {
        program: span.verdict
        for program, spans in found.programs.items()
        for span in spans
        if span.first <= day <= span.last and span.verdict is not None
    }
    return {**scores, **verdicts}


def said_by_evaluating(profile: Profile, rulebook: Rulebook, day: dt.date) -> Said:
    """What evaluating the day says."""
    found = assess(profile.model_copy(update={"as_of": day}), rulebook.on(day))
    scores = {grid: score.range for grid, score in found.scores.items()}
    return {**scores, **{one.id: one.verdict for one in found.programs if one.verdict is not None}}


def disagreement(person: Said, rulebook: Rulebook, days: int) -> str:
    """The first day on which the two differ, in words; nothing where they never do."""
    profile = read_profile(person)
    since = profile.as_of
    found = timeline(profile, rulebook, since, since + days * ONE_DAY)
    for number in range(days + 1):
        day = since + number * ONE_DAY
        told, evaluated = said_by_timeline(found, day), said_by_evaluating(profile, rulebook, day)
        if told != evaluated:
            differ = {key: (told.get(key), evaluated.get(key)) for key in told | evaluated}
            return f"{profile.id} on {day}: { ({key: pair for key, pair in differ.items() if pair[0] != pair[1]}) }"
    return ""


_shared: list[Any] = []


def _one(person: Said) -> str:
    return disagreement(person, _shared[0], _shared[1])


def main() -> None:
    """Compare, and say for how many people."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--days", type=int, default=1100)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    started = time.monotonic()
    _shared[:] = [seed_rulebook(), asked.days]
    with multiprocessing.get_context("fork").Pool(asked.jobs) as pool:
        for number, problem in enumerate(pool.imap(_one, everybody(asked.people)), 1):
            if problem:
                sys.exit(f"Person {number}, {problem}")
            if number % 10 == 0:
                sys.stdout.write(f"{number} people agree after {time.monotonic() - started:.0f} s\n")
                sys.stdout.flush()
    sys.stdout.write(f"Timelines of {asked.people} people agree with {asked.days + 1} days evaluated one by one.\n")


if __name__ == "__main__":
    main()
