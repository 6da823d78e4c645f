"""One person under the rules in force and under those with a draft: line by line, what differs marked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from eligibility.engine.assessment import Assessment, Finding, Invitations, KindOfRound, Line, ProgramResult, Score
from eligibility.results.words import Mark
from eligibility.staff import marks


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two rulebooks says of a requirement or a line of points; `text` may be empty."""

    mark: Mark | None
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The same requirement or line of points on both sides."""

    name: str
    before: Side | None
    after: Side | None
    level: int = 0

    @property
    def differs(self) -> bool:
        """Whether the two sides say different things."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """A program or a grid on both sides: the outcome, then its rows."""

    id: str
    name: str
    before: Side | None
    after: Side | None
    rows: tuple[Row, ...]

    @property
    def differs(self) -> bool:
        """Whether anything of it differs."""
        return self.before != self.after or any(row.differs for row in self.rows)


def comparisons(
    before: Assessment, after: Assessment, name_of: Callable[[str], str]
) -> tuple[tuple[Comparison, ...], tuple[Comparison, ...]]:
    """All programs and all grids of two assessments; `name_of` gives programs their names.

    Those whose outcome differs come first, then those that differ in anything else.
    """
    was = {result.id: result for result in before.programs}
    now = {result.id: result for result in after.programs}
    programs = [_program(was.get(key), now.get(key)) for key in _keys(was, now)]
    keys = _keys(before.scores, after.scores)
    grids = [_grid(before.scores.get(key), after.scores.get(key), name_of) for key in keys]
    return _sorted(programs), _sorted(grids)


def of_invitations(before: Invitations, after: Invitations) -> Comparison:
    """The rounds of the last months on both sides: how many could have invited the person, by kind of round."""
    old, new = ({kind.kind: kind for kind in side.by_kind} for side in (before, after))
    rows = tuple(
        Row((new.get(key) or old[key]).name, _rounds(old.get(key)), _rounds(new.get(key))) for key in _keys(old, new)
    )
    name = gettext("Rounds of the last months that could have invited this person")
    sides = (Side(None, str(side.could_have_been_invited)) for side in (before, after))
    return Comparison("invitations", name, next(sides), next(sides), rows)


def _rounds(kind: KindOfRound | None) -> Side | None:
    if kind is None:
        return None
    words = {"reached": kind.would_have_reached, "rounds": kind.rounds}
    return Side(marks.met(kind.eligible_for), gettext("reached %(reached)d of %(rounds)d rounds") % words)


def _keys(*held: dict[str, Any]) -> dict[str, None]:
    return dict.fromkeys(key for each in held for key in each)


def _sorted(found: list[Comparison]) -> tuple[Comparison, ...]:
    return tuple(sorted(found, key=lambda each: (each.before == each.after, not each.differs, each.name)))


def _program(was: ProgramResult | None, now: ProgramResult | None) -> Comparison:
    either = now or was
    assert either is not None
    old = {finding.id: finding for finding in (was.requirements if was else ())}
    new = {finding.id: finding for finding in (now.requirements if now else ())}
    rows = tuple(
        Row((new.get(key) or old[key]).text, _finding(old.get(key)), _finding(new.get(key))) for key in _keys(new, old)
    )
    return Comparison(either.id, either.name, _verdict(was), _verdict(now), rows)


def _verdict(result: ProgramResult | None) -> Side | None:
    return Side(marks.verdict(result.verdict), "") if result else None


def _finding(finding: Finding | None) -> Side | None:
    if finding is None:
        return None
    mark = marks.met(finding.met, is_judgement=finding.needs_a_person)
    return Side(mark, finding.needed, finding.yours)


def _grid(was: Score | None, now: Score | None, name_of: Callable[[str], str]) -> Comparison:
    either = now or was
    assert either is not None
    old, new = (dict(_lines(score.lines)) if score else {} for score in (was, now))
    rows = tuple(
        Row((new.get(path) or old[path]).name, _points(old.get(path)), _points(new.get(path)), level=len(path) - 1)
        for path in _keys_of_paths(new, old)
    )
    return Comparison(either.id, either.name, _total(was), _total(now), (*_by_program(was, now, name_of), *rows))


def _by_program(was: Score | None, now: Score | None, name_of: Callable[[str], str]) -> tuple[Row, ...]:
    """The totals of programs that count some factors in their own way."""
    old, new = (score.by_program if score else {} for score in (was, now))
    text = gettext("Total as “%(program)s” counts it")

    def side(held: dict[str, int], program: str) -> Side | None:
        return Side(None, str(held[program])) if program in held else None

    return tuple(Row(text % {"program": name_of(key)}, side(old, key), side(new, key)) for key in _keys(old, new))


def _keys_of_paths(*held: dict[tuple[str, ...], Line]) -> dict[tuple[str, ...], None]:
    return dict.fromkeys(key for each in held for key in each)


def _lines(lines: tuple[Line, ...], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Line]]:
    found = []
    for line in lines:
        path = (*above, line.id)
        found.append((path, line))
        found += _lines(line.children, path)
    return found


def _points(line: Line | None) -> Side | None:
    if line is None:
        return None
    return Side(None, _range(line.points, line.high), line.yours)


def _total(score: Score | None) -> Side | None:
    if score is None:
        return None
    return Side(None, _range(*score.range))


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
