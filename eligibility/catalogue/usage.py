"""What a program's rules lean on: the occupation lists, reference tables and grids that their conditions name."""

from collections.abc import Iterator
from typing import Literal

from programs.packs.schema.conditions import Compare, Condition, InList, MainTeer
from programs.packs.schema.measures import Experience
from programs.packs.schema.programs import ProgramVersion

ListRole = Literal["lets_in", "leaves_out", "figures"]


def conditions(version: ProgramVersion) -> Iterator[Condition]:
    """Every condition of a version."""
    for requirement in version.requirements:
        for route in requirement.any_of:
            yield from route


def lists_of(version: ProgramVersion | None) -> dict[str, ListRole]:
    """The occupation lists a version names, and what each is there for. One that lets people in says so first."""
    found: dict[str, ListRole] = {}
    for condition in conditions(version) if version else ():
        for identifier, role in _lists(condition):
            if found.get(identifier) != "lets_in":
                found[identifier] = role
    return found


def _lists(condition: Condition) -> Iterator[tuple[str, ListRole]]:
    match condition:
        case InList():
            if condition.in_list:
                yield condition.in_list, "lets_in"
            if condition.not_in_list:
                yield condition.not_in_list, "leaves_out"
        case MainTeer():
            yield from _worked_in(condition.main_teer_of)
        case Compare():
            if condition.experience is not None:
                yield from _worked_in(condition.experience)
            if condition.list_level is not None:
                yield condition.list_level.occupation_list, "figures"
            if condition.list_figure is not None:
                yield condition.list_figure, "figures"


def _worked_in(work: Experience) -> Iterator[tuple[str, ListRole]]:
    if work.occupation_list:
        yield work.occupation_list, "lets_in"
    if work.not_occupation_list:
        yield work.not_occupation_list, "leaves_out"


def tables_of(version: ProgramVersion | None) -> tuple[str, ...]:
    """The reference tables that a version compares with, each once."""
    named = (
        condition.table
        for condition in (conditions(version) if version else ())
        if isinstance(condition, Compare) and condition.table
    )
    return tuple(dict.fromkeys(named))


def grids_of(version: ProgramVersion | None) -> tuple[str, ...]:
    """The grids whose points a version asks for, each once."""
    named = (
        condition.grid
        for condition in (conditions(version) if version else ())
        if isinstance(condition, Compare) and condition.grid
    )
    return tuple(dict.fromkeys(named))
