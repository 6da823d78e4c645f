"""Grids: a total, its lines, and the lowest and highest it could be.

Each grid is scored under every choice of language results, and takes the one that gives most.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from eligibility.engine.assessment import Line, Score
from eligibility.engine.factors import CompiledFactor, is_counted_by_some
from eligibility.engine.readings import Readings, View
from eligibility.engine.together import Together
from eligibility.facts import Facts
from eligibility.facts.language import Choice, Result
from eligibility.profile.model import LanguageTest
from programs.rulebook import GridInForce


class Branch(NamedTuple):
    """One way of settling what decides which column or which kind of work applies, with the values it gives."""

    facts: Facts
    views: list[View]


# The lines of all grids, for each choice of language results in a branch; and what picks those of one grid.
_Lines = list[list[Line]]
_Picker = Callable[[Sequence[Line]], tuple[Line, ...]]
# Makes a named tuple of its parts in half the time.
_new: Final = tuple.__new__


class _Best(NamedTuple):
    """A grid under the choice that gives most. `highest` is the most of any choice."""

    low: int
    highest: int
    lines: tuple[Line, ...]
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


class Scores(NamedTuple):
    """Scores by grid; `totals` are those of programs that count in their own way, the lowest and the highest."""

    by_grid: dict[str, Score]
    totals: dict[tuple[str, str], tuple[int, int]]


class Grids:
    """Some grids, scored together: a line that follows from the same values in several of them is found once."""

    def __init__(self, grids: Sequence[CompiledGrid], readings: Readings) -> None:
        """Prepare to find the lines of all grids."""
        factors = [factor for grid in grids for factor in grid.every_factor]
        self._together = Together(factors, readings.memory, readings.of_choice())
        self._said = _Said(readings)
        self._grids = [_Scored(grid, self._together) for grid in grids]

    def score(self, branches: Sequence[Branch], facts: Facts) -> Scores:
        """Score every grid."""
        scores: dict[str, Score] = {}
        totals: dict[tuple[str, str], tuple[int, int]] = {}
        found = [self._together.under_each(branch.views) for branch in branches]
        choices = [branch.facts.choices() for branch in branches]
        if len(found) == 1 and len(found[0]) == 1:
            lines, said = found[0][0], self._said.of(choices[0][0], facts)
            for grid in self._grids:
                scores[grid.id] = grid.score_of(lines, said, facts, totals)
        else:
            each_said: dict[int, str | None] = {}
            for grid in self._grids:
                best = grid.best(found, choices)
                choice = best[0].choice
                if id(choice) not in each_said:
                    each_said[id(choice)] = self._said.of(choice, facts)
                scores[grid.id] = grid.score(best, found, each_said[id(choice)], facts, totals)
        return Scores(scores, totals)


class _Scored:
    """One of the grids that are scored together."""

    def __init__(self, grid: CompiledGrid, together: Together[Line]) -> None:
        version = grid.version
        self.id = grid.id
        self._pick = together.picker(grid.factors)
        self._maximum = version.maximum
        self._name, self._official_url = grid.name, grid.official_url
        self._pass_mark, self._version, self._effective_from = (
            version.pass_mark,
            version.version,
            version.effective_from,
        )
        self._programs = [
            (program, (grid.id, program), together.picker(factors)) for program, factors in grid.of_program.items()
        ]

    def score_of(
        self, found: Sequence[Line], said: str | None, facts: Facts, totals: dict[tuple[str, str], tuple[int, int]]
    ) -> Score:
        """Score the grid where nothing is left open to choose: every line, the total, and its range.

        `said` tells which language results were used. The totals of single programs are put into `totals`.
        """
        lines = self._pick(found)
        low, high = self._count(lines)
        by_program: dict[str, int] = {}
        for program, key, pick in self._programs:
            total = totals[key] = self._count(pick(found))
            by_program[program] = total[0]
        missing = () if low == high else _missing([lines], facts, branched=False)
        return self._score(low, high, lines, said, by_program, missing)

    def score(
        self,
        best: Sequence[_Best],
        found: Sequence[_Lines],
        said: str | None,
        facts: Facts,
        totals: dict[tuple[str, str], tuple[int, int]],
    ) -> Score:
        """Score the grid under several choices or branches. `best` are the branches, the one that gives least first."""
        low, high = best[0].low, max([one.highest for one in best])
        by_program: dict[str, int] = {}
        for program, key, pick in self._programs:
            total = totals[key] = self._total(pick, found)
            by_program[program] = total[0]
        missing = () if low == high else _missing([one.lines for one in best], facts, branched=len(best) > 1)
        return self._score(low, high, best[0].lines, said, by_program, missing)

    def _score(  # noqa: PLR0917 - one place that knows the order of a score's parts
        self,
        low: int,
        high: int,
        lines: tuple[Line, ...],
        said: str | None,
        by_program: dict[str, int],
        missing: tuple[str, ...],
    ) -> Score:
        return _new(
            Score,
            (
                self.id,
                self._name,
                low,
                (low, high),
                low == high,
                self._pass_mark,
                self._maximum,
                self._version,
                self._effective_from,
                self._official_url,
                lines,
                said,
                by_program,
                missing,
            ),
        )

    def best(self, found: Sequence[_Lines], choices: Sequence[Sequence[Choice]]) -> list[_Best]:
        """Each branch under the choice of language results that gives most; that which gives least stands first."""
        best = [self._best(lines, choice) for lines, choice in zip(found, choices, strict=True)]
        if len(best) > 1:
            best.sort(key=lambda one: one.low)
        return best

    def _best(self, found: _Lines, choices: Sequence[Choice]) -> _Best:
        """The grid under the choice of language results that gives most. Of those that give alike, the first."""
        place, most, highest = 0, (-1, -1), -1
        for number, of_choice in enumerate(found):
            total = self._count(self._pick(of_choice))
            highest = max(highest, total[1])
            if number == 0 or total > most:
                place, most = number, total
        return _Best(most[0], highest, self._pick(found[place]), choices[place])

    def _total(self, pick: _Picker, found: Sequence[_Lines]) -> tuple[int, int]:
        """The total as one of the programs that use the grid counts it: the lowest and the highest."""
        every = [[self._count(pick(lines)) for lines in of_branch] for of_branch in found]
        return min([max(counted)[0] for counted in every]), max([high for counted in every for _, high in counted])

    def _count(self, lines: tuple[Line, ...]) -> tuple[int, int]:
        """The total of some lines as it could be, at most the grid's maximum."""
        low = high = 0
        for line in lines:
            low += line.points
            high += line.high
        most = self._maximum
        return low if low < most else most, high if high < most else most


def _missing(found: Sequence[tuple[Line, ...]], facts: Facts, *, branched: bool) -> tuple[str, ...]:
    missing = {m for lines in found for line in lines for m in line.missing}
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
