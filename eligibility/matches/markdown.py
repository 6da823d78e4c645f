"""The match table as a page, with what a person found out about programs that take nobody or nearly everybody."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from eligibility.matches.count import MATCHES, ProgramMatches

# From this share of the people on, a program takes nearly everybody.
NEARLY_EVERYBODY = 0.66
EXPLAINED_FILE = Path(__file__).with_name("explained.yaml")
_SHOWN_MISSES = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why programs take nobody, or nearly everybody, as a person found on reading their rules."""

    title: str
    text: str
    programs: tuple[str, ...]


@lru_cache(maxsize=1)
def explained() -> tuple[Reason, ...]:
    """What was found out, reason by reason."""
    read = yaml.safe_load(EXPLAINED_FILE.read_text(encoding="utf-8"))
    return tuple(Reason(each["title"], " ".join(each["text"].split()), tuple(each["programs"])) for each in read)


def striking(table: Iterable[ProgramMatches]) -> list[ProgramMatches]:
    """The programs that ask for a second look: checked, and taking nobody or nearly everybody."""
    return [
        line
        for line in table
        if line.is_checked and (line.matching == 0 or line.matching >= NEARLY_EVERYBODY * line.people)
    ]


def as_markdown(table: Sequence[ProgramMatches], on: dt.date) -> str:
    """The whole page."""
    checked = [line for line in table if line.is_checked]
    unchecked = [line for line in table if not line.is_checked]
    people = max((line.people for line in table), default=0)
    parts = [
        "# How many people each program would take",
        f"`manage.py match_table` evaluates the made-up population ({people} people, on {on}) against every program. "
        "Verdict and intake are separate: a closed program is counted like an open one. *One step* means that exactly "
        "one requirement is missed (with what hangs on it) and no answer is wanted; *likely* that a person still has "
        "to confirm something, which nearly every program asks at its end. Behind a program stand the requirements "
        "that most people miss, with how many miss them.",
        "This page is written by the command; what was found out by reading is kept in "
        "`eligibility/matches/explained.yaml`. The people are drawn as `eligibility/demo/population/statistics.yaml` "
        "says: partly from published figures, partly assumed. No number here is a statistic about real people.",
        "\n".join(_table(checked)),
        "## Nobody, or nearly everybody",
        "Each of these was looked at, to tell a rule that is strict from a rule that is wrong.",
        *_found_out(table),
        "## Not checked",
        "No rules were in force on that day, or nobody can check them here: "
        + ", ".join(f"`{line.id}` ({_words(line.intake)})" for line in unchecked)
        + ".",
    ]
    return "\n\n".join(parts) + "\n"


def _words(intake: str) -> str:
    return intake.replace("_", " ") or "no intake known"


def _table(table: Iterable[ProgramMatches]) -> Iterable[str]:
    yield "| program | intake | eligible | likely | unknown | one step | not eligible | missed by most |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for line in table:
        counts = [line.counts[match] for match in MATCHES if match != "unchecked"]
        misses = ", ".join(f"{requirement} {count}" for requirement, count in line.missed[:_SHOWN_MISSES])
        cells = (f"`{line.id}`", _words(line.intake), *map(str, counts), misses)
        yield f"| {' | '.join(cells)} |"


def _found_out(table: Sequence[ProgramMatches]) -> Iterable[str]:
    wanted = {line.id: line.matching for line in striking(table)}
    for reason in explained():
        here = [f"`{program}`" for program in reason.programs if program in wanted]
        if here:
            yield f"### {reason.title}"
            yield reason.text
            yield ", ".join(here) + "."
    told = {program for reason in explained() for program in reason.programs}
    left = [f"`{program}`" for program in wanted if program not in told]
    if left:
        yield "### Not looked at yet"
        yield ", ".join(left) + "."
