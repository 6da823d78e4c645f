"""Buttons that change a page without saving it, and what moving things by one does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Tool:
    """A button that changes the page: what it does, where the page then stands, and its words."""

    command: str
    target: str
    label: Any
    said: Any = ""
    css: str = ""


def up_and_down(here: str, place: int, many: int, target: Callable[[int], str], what: Any) -> list[Tool]:
    """The buttons that move the thing in `place` of so many up and down.

    `here` is how commands name it, `target` the part of the page that stands in a place, `what` what it is called.
    """
    told = {"what": what}
    return _moves(
        here, place, many, target, [("↑", _("Move %(what)s up") % told), ("↓", _("Move %(what)s down") % told)]
    )


def back_and_on(
    here: str, place: int, many: int, target: Callable[[int], str], what: Any, *, is_column: bool
) -> list[Tool]:
    """The same for a row or a column of a table."""
    back, on = ("←", "→") if is_column else ("↑", "↓")
    told = {"what": what}
    return _moves(
        here, place, many, target, [(back, _("Move %(what)s back") % told), (on, _("Move %(what)s on") % told)]
    )


def _moves(
    here: str, place: int, many: int, target: Callable[[int], str], ways: Sequence[tuple[str, str]]
) -> list[Tool]:
    """The buttons that there is room for; `ways` are label and words of the first, then of the other."""
    back, on = ways
    moves = [Tool(f"up:{here}", target(place - 1), *back)] if place > 0 else []
    return [*moves, Tool(f"down:{here}", target(place + 1), *on)] if place + 1 < many else moves


def moved(things: Sequence[Any], place: int, way: str) -> list[Any]:
    """The things with one of them moved `up` or `down` by one.

    >>> moved(["a", "b", "c"], 1, "up"), moved(["a", "b"], 1, "down")
    (['b', 'a', 'c'], ['a', 'b'])
    """
    result, other = list(things), place - 1 if way == "up" else place + 1
    if 0 <= other < len(result):
        result[place], result[other] = result[other], result[place]
    return result
