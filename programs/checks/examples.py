"""Which worked examples a document still lacks.

A program needs one person who matches, one who just misses and one of whom too little is known; a grid needs its
extremes and, for each factor, figures that show it at work. Where an example cannot be, the document says why.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from programs.packs.schema import Grid, Program
from programs.packs.schema.grids import Factor
from programs.packs.schema.programs import Example, ExampleKind

KINDS: tuple[ExampleKind, ...] = get_args(ExampleKind)
_KIND_OF_VERDICT: Mapping[str, ExampleKind] = {
    "eligible": "match",
    "likely": "match",
    "not_eligible": "miss",
    "unknown": "unknown",
}
_MEANT = {
    "match": "someone who matches",
    "miss": "someone who just misses",
    "unknown": "someone of whom too little is known",
}


def example_kinds(program: Program) -> Counter[ExampleKind]:
    """How many examples of each kind a program has, by the verdict that they expect."""
    verdicts = [str(example.expect.get("verdict")) for example in program.examples]
    return Counter(_KIND_OF_VERDICT[verdict] for verdict in verdicts if verdict in _KIND_OF_VERDICT)


def program_lacks(program: Program) -> list[str]:
    """What is missing among a program's examples. One without rules needs none."""
    if not program.versions:
        return []
    there = example_kinds(program)
    found = [
        f"there is no worked example of {_MEANT[kind]}; add one, or say in “without_example” why it cannot be"
        for kind in KINDS
        if not there[kind] and not program.without_example.get(kind)
    ]
    found += [
        f"“without_example” says why there is no example of {_MEANT[kind]}, but there is one; take the reason out"
        for kind in KINDS
        if there[kind] and kind in program.without_example
    ]
    return found


def grid_lacks(grid: Grid) -> list[str]:
    """What is missing among a grid's examples, by its newest version."""
    newest = max(grid.versions, key=lambda version: version.effective_from)
    totals = [figure for example in grid.examples for figure in _totals(example)]
    lacking: list[tuple[str, str]] = []
    if not any(low <= 0 for low, _high in totals):
        lacking.append(("least", "no worked example has no points"))
    if not any(high >= newest.maximum for _low, high in totals):
        lacking.append(("most", f"no worked example can reach the maximum of {newest.maximum}"))
    lacking += [
        (factor.id, f"no worked examples tell the factor “{factor.id}” apart")
        for factor in _walk(newest.factors)
        if factor.role == "factor" and not _shows(grid, factor)
    ]
    return [f"{said}; add one, or say in “without_example” why not" for key, said in lacking if not _told(grid, key)]


def _told(grid: Grid, key: str) -> bool:
    return bool(grid.without_example.get(key))


def _totals(example: Example) -> Iterator[tuple[int, int]]:
    """The lowest and highest totals that an example expects, of the grid and for single programs."""
    expect = example.expect
    total = expect.get("total")
    low, high = expect.get("range") or (total, total)
    if low is not None and high is not None:
        yield low, high
    for figure in expect.get("by_program", {}).values():
        yield figure, figure


def _walk(factors: tuple[Factor, ...]) -> Iterator[Factor]:
    for factor in factors:
        yield factor
        yield from _walk(factor.children)


def _shows(grid: Grid, factor: Factor) -> bool:
    """Whether examples expect different figures of a factor; of one that only a person can judge, its low end."""
    programs = {program for part in _walk((factor,)) for program in part.only_for}
    figures: set[Any] = {example.expect.get("factors", {}).get(factor.id) for example in grid.examples} - {None}
    for program in programs:
        by_program = {example.expect.get("by_program", {}).get(program) for example in grid.examples} - {None}
        if len(by_program) > 1:
            return True
    if _only_a_person(factor):
        return bool(figures)
    return len(figures) > 1 and any(figures)


def _only_a_person(factor: Factor) -> bool:
    """Whether no machine can give points of this factor: every way to them ends in a judgement."""
    parts = [part for part in _walk((factor,)) if not part.children]
    return all(
        part.cases and all(_judged(route) for case in part.cases for route in case.any_of if case.points)
        for part in parts
    )


def _judged(route: Any) -> bool:
    return any(getattr(condition, "judgement", None) is not None for condition in route)
