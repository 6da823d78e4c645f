"""The people that a change is tried on: the demo people, then as many of the made-up population as wanted.

Each has a name by which they are found again: `demo:asha-software-engineer`, `sample:41`.
"""

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from eligibility.demo.population import AS_OF, profile_of

DEMO_FOLDER = Path(__file__).resolve().parent.parent / "demo"


@cache
def demo_names() -> tuple[str, ...]:
    """The demo people, by the names of their files."""
    return tuple(sorted(path.stem for path in DEMO_FOLDER.glob("*.json")))


def number_of_people(size: int) -> int:
    """How many there are with so many of the population."""
    return len(demo_names()) + size


def people(size: int, day: dt.date, start: int = 0, stop: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and profiles as of `day`, from the `start`th on, up to the `stop`th."""
    demo, last = demo_names(), number_of_people(size)
    for place in range(start, last if stop is None else min(stop, last)):
        name = f"demo:{demo[place]}" if place < len(demo) else f"sample:{place - len(demo) + 1}"
        yield name, person(name, day)


def person(name: str, day: dt.date) -> dict[str, Any]:
    """One person's profile as of `day`.

    Raises:
        LookupError: if there is nobody of this name.

    """
    kind, _, which = name.partition(":")
    if kind == "demo" and which in demo_names():
        written: dict[str, Any] = json.loads((DEMO_FOLDER / f"{which}.json").read_text(encoding="utf-8"))
        return {**written, "as_of": day.isoformat()}
    if kind == "sample" and which.isascii() and which.isdecimal() and 0 < int(which) <= 10**6:
        # Born, schooled and employed as on the population's own day: the same people, asked on another.
        made = profile_of(int(which) - 1)
        return {**made, "as_of": day.isoformat()} if day >= AS_OF else profile_of(int(which) - 1, as_of=day)
    raise LookupError(name)
