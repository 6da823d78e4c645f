"""Programs of several assessments beside each other: which verdicts differ, and which requirements moved."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import Finding, ProgramResult
from eligibility.results.doors import door
from eligibility.results.words import Mark
from eligibility.side_by_side.columns import Cell, Column, Differs, Row, Why, keys_of

# Requirements told in one cell; more are counted.
MOST_TOLD = 2
# Verdicts, the best first. What nobody can evaluate is no better and no worse than a missing answer.
_RANKS = {"eligible": 0, "likely": 1, "one_step": 3, "not_eligible": 4}


def rank(result: ProgramResult | None) -> int:
    """How good a verdict is: the lower, the better. One step away is better than further."""
    if result is None:
        return 5
    return _RANKS.get(mark_of(result).shape, 2)


def mark_of(result: ProgramResult) -> Mark:
    """The verdict as every page shows it."""
    return door(result).mark


def results_of(columns: Sequence[Column]) -> dict[str, tuple[ProgramResult | None, ...]]:
    """Each program's result in every column; None where a column has none of it."""
    held = [{result.id: result for result in column.assessment.programs} for column in columns]
    return {key: tuple(each.get(key) for each in held) for key in keys_of(held)}


def rows(columns: Sequence[Column]) -> tuple[Row, ...]:
    """The programs whose verdict is not the same in every column: those that open first."""
    found = []
    for results in results_of(columns).values():
        cells = _cells(columns, results)
        if any(cell.differs for cell in cells):
            named = next(result for result in results if result)
            found.append((min(map(rank, results)), named.name, Row(named.name, cells)))
    return tuple(row for _rank, _name, row in sorted(found, key=lambda one: one[:2]))


def _cells(columns: Sequence[Column], results: Sequence[ProgramResult | None]) -> tuple[Cell, ...]:
    first = results[0]
    return tuple(cell(column, result, first) for column, result in zip(columns, results, strict=True))


def cell(column: Column, result: ProgramResult | None, first: ProgramResult | None) -> Cell:
    """A program's verdict in one column, with what moved against the first."""
    if result is None:
        return Cell(column.name, gettext("Not there"), "other" if first else "")
    mark = mark_of(result)
    if first is not None and mark_of(first) == mark:
        return Cell(column.name, "", mark=mark)
    step = rank(first) - rank(result)
    differs: Differs = "more" if step > 0 else "less" if step < 0 else "other"
    said = {"more": gettext("nearer"), "less": gettext("further"), "other": gettext("otherwise")}[differs]
    reasons = tuple(moved(first, result))
    left = len(reasons) - MOST_TOLD
    more = ngettext("and %(count)d more requirement", "and %(count)d more requirements", left) % {"count": left}
    return Cell(column.name, "", differs, said, mark, reasons[:MOST_TOLD], more if left > 0 else "")


def moved(before: ProgramResult | None, after: ProgramResult) -> Iterator[Why]:
    """The requirements that came out otherwise, those that decide first."""
    was = {finding.id: finding for finding in (before.requirements if before else ())}
    found = [finding for finding in after.requirements if _state(was.get(finding.id)) != _state(finding)]
    gone = [finding for key, finding in was.items() if key not in {one.id for one in after.requirements}]
    for finding in sorted(found, key=lambda one: (one.hangs, one.met is not False, one.met is None)):
        yield Why(_how(finding), finding.text, finding.yours)
    for finding in gone:
        yield Why(gettext("No longer asked"), finding.text, "")


def _state(finding: Finding | None) -> tuple[object, ...]:
    return (finding.met, finding.needs_a_person) if finding else ()


def _how(finding: Finding) -> str:
    if finding.met is None:
        return gettext("To confirm") if finding.needs_a_person else gettext("Not known")
    return gettext("Met") if finding.met else gettext("Missed")
