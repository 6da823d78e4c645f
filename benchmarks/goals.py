"""Goals beside what was measured, as rows of a table in Markdown."""

from collections.abc import Iterable
from typing import NamedTuple

HEADER = ("| goal | aim | measured | |", "| --- | ---: | ---: | --- |")


class Goal(NamedTuple):
    """One goal: what is measured, what it should be, what it is."""

    what: str
    aim: str
    measured: str
    is_met: bool

    def row(self) -> str:
        """The goal as a row."""
        return f"| {self.what} | {self.aim} | {self.measured} | {'met' if self.is_met else '**not met**'} |"


def goals_table(goals: Iterable[Goal]) -> list[str]:
    """The goals as a table."""
    return [*HEADER, *[goal.row() for goal in goals]]
