"""Measure planning and timelines: `python -m benchmarks.plans`. Processor time, so that a busy machine tells the same.

Each person asks for 40 points more than they have, for one program, for a round, for one more door and for three
years of timeline.
"""

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.people import people
from eligibility.engine import assess
from eligibility.planning import plan, read_goal, timeline
from eligibility.profile import read_profile
from eligibility.profile.model import Profile
from programs.packs.seed import seed_rulebook

PEOPLE = 20
DAYS = 1100
MORE = 40


def main() -> None:
    """Measure and print: the median and the longest, in milliseconds."""
    rulebook = seed_rulebook()
    profiles = [read_profile(one) for one in people(PEOPLE)]

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
    for name, do in work.items():
        do(profiles[0])
        took = []
        for one in profiles:
            started = time.process_time()
            do(one)
            took.append(1000 * (time.process_time() - started))
        print(f"{name:16} median {statistics.median(took):6.0f} ms   longest {max(took):6.0f} ms")


if __name__ == "__main__":
    main()
