"""Grids: a total, its lines, and the lowest and highest it could be.

Each grid is scored under every choice of language results, and takes the one that gives most.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eligibility.engine.assessment import Line, Score
from eligibility.engine.factors import CompiledFactor, is_counted_by_some
from eligibility.engine.readings import Readings, View
from eligibility.engine.together import Together
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.language import Choice, Result
from programs.rulebook import GridInForce


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of settling what decides which column or which kind of work applies, with the values it gives."""

    facts: Facts
    views: list[View]


# The lines of all grids, for each choice of language results in a branch; and what picks those of one grid.
_Lines = list[list[Line]]
_Picker = Callable[[Sequence[Line]], tuple[Line, ...]]


class _Counted(NamedTuple):
    low: int
    high: int
    lines: tuple[Line, ...]


class _Best(NamedTuple):
    counted: _Counted
    high: int
    choice: Choice


class CompiledGrid:
    """A grid in force: its factors, and once more for each program that counts some of them in its own way."""

    def __init__(self, grid: GridInForce, readings: Readings) -> None:
        """Prepare every factor."""
        self.version = grid.version
        self.id = grid.document.id
        self.name = grid.document.name.in_language(readings.words.language)
        self.official_url = grid.document.official_url
        self.factors = [CompiledFactor(factor, readings, None) for factor in grid.version.factors]
        self.of_program = {
            program: [
                CompiledFactor(factor, readings, program) if is_counted_by_some(factor) else compiled
                for factor, compiled in zip(grid.version.factors, self.factors, strict=True)
            ]
            for program in grid.programs()
        }
        self.every_factor = [factor for factors in (self.factors, *self.of_program.values()) for factor in factors]
        self.slots = frozenset([slot for factor in self.every_factor for slot in factor.slots])


class Grids:
    """Some grids, scored together: a line that follows from the same values in several of them is found once."""

    def __init__(self, grids: Sequence[CompiledGrid], readings: Readings) -> None:
        """Prepare to find the lines of all grids."""
        self._together = Together([factor for grid in grids for factor in grid.every_factor], readings.memory)
        self._grids = [_Scored(grid, self._together, readings.words) for grid in grids]

    def score(self, branches: Sequence[Branch], facts: Facts) -> "Scores":
        """Score every grid."""
        found = [[self._together.found([view]) for view in branch.views] for branch in branches]
        choices = [branch.facts.choices() for branch in branches]
        said: dict[int, str | None] = {}
        scores: dict[str, Score] = {}
        totals: dict[tuple[str, str], tuple[int, int]] = {}
        for grid in self._grids:
            of_program = {program: grid.total_for(program, found) for program in grid.programs}
            scores[grid.id] = grid.score(found, choices, facts, of_program, said)
            for program, total in of_program.items():
                totals[grid.id, program] = total
        return Scores(scores, totals)


class Scores(NamedTuple):
    """Scores by grid; `totals` are those of programs that count in their own way, the lowest and the highest."""

    by_grid: dict[str, Score]
    totals: dict[tuple[str, str], tuple[int, int]]


class _Scored:
    """One of the grids that are scored together."""

    def __init__(self, grid: CompiledGrid, together: Together[Line], words: Words) -> None:
        self.id = grid.id
        self._grid, self._words = grid, words
        self._version, self._maximum = grid.version, grid.version.maximum
        self._pick = together.picker(grid.factors)
        self.programs = {program: together.picker(factors) for program, factors in grid.of_program.items()}

    def score(
        self,
        found: Sequence[_Lines],
        choices: Sequence[Sequence[Choice]],
        facts: Facts,
        of_program: Mapping[str, tuple[int, int]],
        said: dict[int, str | None],
    ) -> Score:
        """Score the grid: every line, the total, and the range where something is not known.

        `said` holds what was said of the same choices for other grids.
        """
        grid, version = self._grid, self._version
        best = [self._best(self._pick, lines, choice) for lines, choice in zip(found, choices, strict=True)]
        lowest = min(best, key=lambda one: one.counted.low) if len(best) > 1 else best[0]
        low, high = lowest.counted.low, max([one.high for one in best])
        choice = lowest.choice
        if id(choice) not in said:
            said[id(choice)] = _choice_in_words(choice, facts, self._words)
        return Score(
            grid.id,
            grid.name,
            low,
            (low, high),
            low == high,
            version.pass_mark,
            version.maximum,
            version.version,
            version.effective_from,
            grid.official_url,
            lowest.counted.lines,
            said[id(choice)],
            {program: total[0] for program, total in of_program.items()},
            () if low == high else _missing(best, facts, branched=len(best) > 1),
        )

    def total_for(self, program: str, found: Sequence[_Lines]) -> tuple[int, int]:
        """The total as one of the programs that use the grid counts it: the lowest and the highest."""
        pick = self.programs[program]
        every = [[self._count(pick(lines)) for lines in of_branch] for of_branch in found]
        lows = [max([(one.low, one.high) for one in counted])[0] for counted in every]
        return min(lows), max([one.high for counted in every for one in counted])

    def _best(self, pick: _Picker, found: _Lines, choices: Sequence[Choice]) -> _Best:
        """The grid under the choice of language results that gives most.

        Its highest possible total is the highest of any choice.
        """
        counted = [self._count(pick(lines)) for lines in found]
        if len(counted) == 1:
            return _Best(counted[0], counted[0].high, choices[0])
        best = max(range(len(counted)), key=lambda place: (counted[place].low, counted[place].high))
        return _Best(counted[best], max([one.high for one in counted]), choices[best])

    def _count(self, lines: tuple[Line, ...]) -> _Counted:
        low, high = sum([line.points for line in lines]), sum([line.high for line in lines])
        return _Counted(min(low, self._maximum), min(high, self._maximum), lines)


def _missing(found: Sequence[_Best], facts: Facts, *, branched: bool) -> tuple[str, ...]:
    missing = {m for one in found for line in one.counted.lines for m in line.missing}
    if branched:
        missing.update(facts.value("partner_counts").missing)
        missing.update(f"work[{i}].country" for i, job in enumerate(facts.profile.work or ()) if job.country is None)
    return tuple(sorted(missing))


def _result_in_words(result: Result, facts: Facts, words: Words) -> str | None:
    if result.test is None or result.test.test is None:
        return None
    if result.test.date is None:
        return words["test_estimated"] if result.test.estimated else None
    name = facts.book.all_tests[result.test.test].name.in_language(words.language)
    return words.say("test_used", test=name, date=words.day(result.test.date))


def _choice_in_words(choice: Choice, facts: Facts, words: Words) -> str | None:
    """Which language was taken as first and which results were used; nothing where there is no result."""
    results = (choice.of("first_language"), choice.of("second_language"))
    used = [text for text in (_result_in_words(result, facts, words) for result in results) if text]
    if not used:
        return None
    return f"{words.say('language_choice', language=words[choice.first])} ({'; '.join(used)})"
