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
from eligibility.facts import Facts
from eligibility.facts.language import Choice, Result
from eligibility.profile.model import LanguageTest
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
        said = _Said(readings)
        self._grids = [_Scored(grid, self._together, said) for grid in grids]

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

    def __init__(self, grid: CompiledGrid, together: Together[Line], said: "_Said") -> None:
        self.id = grid.id
        self._grid, self._said = grid, said
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
        if len(found) == 1:
            lowest = self._best(self._pick, found[0], choices[0])
            best, high = [lowest], lowest.high
        else:
            best = [self._best(self._pick, lines, choice) for lines, choice in zip(found, choices, strict=True)]
            lowest = min(best, key=lambda one: one.counted.low)
            high = max([one.high for one in best])
        low, choice = lowest.counted.low, lowest.choice
        if id(choice) not in said:
            said[id(choice)] = self._said.of(choice, facts)
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
            {program: total[0] for program, total in of_program.items()} if of_program else {},
            () if low == high else _missing(best, facts, branched=len(best) > 1),
        )

    def total_for(self, program: str, found: Sequence[_Lines]) -> tuple[int, int]:
        """The total as one of the programs that use the grid counts it: the lowest and the highest."""
        pick = self.programs[program]
        if len(found) == 1 and len(found[0]) == 1:
            low, high, _ = self._count(pick(found[0][0]))
            return low, high
        every = [[self._count(pick(lines)) for lines in of_branch] for of_branch in found]
        lows = [max([(one.low, one.high) for one in counted])[0] for counted in every]
        return min(lows), max([one.high for counted in every for one in counted])

    def _best(self, pick: _Picker, found: _Lines, choices: Sequence[Choice]) -> _Best:
        """The grid under the choice of language results that gives most.

        Its highest possible total is the highest of any choice.
        """
        if len(found) == 1:
            only = self._count(pick(found[0]))
            return _Best(only, only.high, choices[0])
        counted = [self._count(pick(lines)) for lines in found]
        best = max(range(len(counted)), key=lambda place: (counted[place].low, counted[place].high))
        return _Best(counted[best], max([one.high for one in counted]), choices[best])

    def _count(self, lines: tuple[Line, ...]) -> _Counted:
        low = high = 0
        for line in lines:
            low += line.points
            high += line.high
        most = self._maximum
        return _Counted(low if low < most else most, high if high < most else most, lines)


def _missing(found: Sequence[_Best], facts: Facts, *, branched: bool) -> tuple[str, ...]:
    missing = {m for one in found for line in one.counted.lines for m in line.missing}
    if branched:
        missing.update(facts.value("partner_counts").missing)
        missing.update(f"work[{i}].country" for i, job in enumerate(facts.profile.work or ()) if job.country is None)
    return tuple(sorted(missing))


class _Said:
    """What is said of the language results that were used; kept, since many took the same test on the same day."""

    def __init__(self, readings: Readings) -> None:
        self._words, self._memory = readings.words, readings.memory
        self._of_results: dict[object, str] = readings.memory.table()
        self._of_choices: dict[object, str] = readings.memory.table()

    def of(self, choice: Choice, facts: Facts) -> str | None:
        """Which language was taken as first and which results were used; nothing where there is no result."""
        first, second = self._result(choice.first_language, facts), self._result(choice.second_language, facts)
        if not first and not second:
            return None
        key = (choice.first, first, second)
        return self._of_choices.get(key) or self._choice(key)

    def _choice(self, key: tuple[str, str, str]) -> str:
        language, *used = key
        words = self._words
        listed = "; ".join([text for text in used if text])
        said = f"{words.say('language_choice', language=words[language])} ({listed})"
        kept: str = self._memory.keep(self._of_choices, key, said)
        return kept

    def _result(self, result: Result, facts: Facts) -> str:
        test = result.test
        if test is None or test.test is None:
            return ""
        key = (test.test, test.date, test.estimated)
        found = self._of_results.get(key)
        if found is None:
            found = self._memory.keep(self._of_results, key, self._in_words(test, facts))
        return found

    def _in_words(self, test: LanguageTest, facts: Facts) -> str:
        words = self._words
        if test.date is None:
            return words["test_estimated"] if test.estimated else ""
        name = facts.book.all_tests[test.test or ""].name.in_language(words.language)
        return words.say("test_used", test=name, date=words.day(test.date))
