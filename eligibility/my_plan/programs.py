"""The programs that a person put into their plan, as they are kept beside their answers (`Answers.beside`)."""

from collections.abc import Iterable, Mapping
from typing import Any

KEY = "programs"
# More than this is no plan, and does not fit a page.
MOST = 6


class TooManyProgramsError(Exception):
    """More programs than a plan has room for."""


def chosen(beside: Mapping[str, Any]) -> tuple[str, ...]:
    """The programs kept beside someone's answers, in the order in which they were chosen."""
    return tuple(beside.get(KEY, ()))


def choose(beside: dict[str, Any], programs: Iterable[str]) -> None:
    """Keep these programs, each once, in the place of those kept before.

    Raises:
        TooManyProgramsError: for more than `MOST` of them; what was kept stays.

    """
    wanted = list(dict.fromkeys(programs))
    if len(wanted) > MOST:
        raise TooManyProgramsError(len(wanted))
    beside[KEY] = wanted
