"""Grids: a total, its lines, and the lowest and highest it could be.

Each grid is scored under every choice of language results, and takes the one that gives most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from eligibility.engine.assessment import Line, Score
from eligibility.engine.factors import CompiledFactor
from eligibility.engine.readings import Readings, View, picker
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.language import Choice, Result
from programs.rulebook import GridInForce


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of settling what decides which column or which kind of work applies, with the values it gives."""

    facts: Facts
    views: list[View]


class _Counted(NamedTuple):
    low: int
    high: int
    lines: tuple[Line, ...]


class _Best(NamedTuple):
    counted: _Counted
    high: int
    choice: Choice


class _Factors:
    """The factors of a grid as one program counts them, or as nobody in particular does."""

    def __init__(self, grid: GridInForce, readings: Readings, program: str | None) -> None:
        self._maximum = grid.version.maximum
        self._factors = [CompiledFactor(factor, readings, program) for factor in grid.version.factors]
        self.slots = tuple(dict.fromkeys(slot for factor in self._factors for slot in factor.slots))
        self._lines = [(factor.pick, factor.kept, factor) for factor in self._factors]
        self._pick = picker(self.slots)
        self._memory = readings.memory
        self._kept: dict[Any, _Counted] = readings.memory.table()

    def best(self, branch: Branch) -> _Best:
        """The grid under the choice of language results that gives most.

        Its highest possible total is the highest of any choice.
        """
        choices = branch.facts.choices()
        found = [self._count(view) for view in branch.views]
        if len(found) == 1:
            return _Best(found[0], found[0].high, choices[0])
        best = max(range(len(found)), key=lambda place: (found[place].low, found[place].high))
        return _Best(found[best], max([one.high for one in found]), choices[best])

    def _count(self, view: View) -> _Counted:
        key = self._pick(view.codes)
        found = self._kept.get(key)
        if found is None:
            lines = tuple([kept.get(pick(view.codes)) or factor.line(view) for pick, kept, factor in self._lines])
            low, high = sum([line.points for line in lines]), sum([line.high for line in lines])
            counted = _Counted(min(low, self._maximum), min(high, self._maximum), lines)
            found = self._memory.keep(self._kept, key, counted)
        return found


class CompiledGrid:
    """A grid in force, ready to be scored many times."""

    def __init__(self, grid: GridInForce, readings: Readings) -> None:
        """Prepare every factor, once more for each program that counts some of them in its own way."""
        self._grid, self._words = grid, readings.words
        self._factors = _Factors(grid, readings, None)
        self._name = grid.document.name.in_language(readings.words.language)
        self._of_program = {program: _Factors(grid, readings, program) for program in grid.programs()}
        every = (self._factors, *self._of_program.values())
        self.slots = frozenset([slot for factors in every for slot in factors.slots])

    def score(self, branches: Sequence[Branch], facts: Facts, said: dict[int, str | None]) -> Score:
        """Score the grid: every line, the total, and the range where something is not known.

        `said` holds what was said of the same choices for other grids.
        """
        version = self._grid.version
        found = [self._factors.best(branch) for branch in branches]
        lowest = min(found, key=lambda one: one.counted.low) if len(found) > 1 else found[0]
        low, high = lowest.counted.low, max([one.high for one in found])
        choice = lowest.choice
        if id(choice) not in said:
            said[id(choice)] = _choice_in_words(choice, facts, self._words)
        return Score(
            id=self._grid.document.id,
            name=self._name,
            total=low,
            range=(low, high),
            complete=low == high,
            pass_mark=version.pass_mark,
            maximum=version.maximum,
            version=version.version,
            effective_from=version.effective_from,
            official_url=self._grid.document.official_url,
            lines=lowest.counted.lines,
            language_choice=said[id(choice)],
            by_program={program: self.total_for(branches, program)[0] for program in self._of_program},
            missing=() if low == high else _missing(found, facts, branched=len(branches) > 1),
        )

    def total_for(self, branches: Sequence[Branch], program: str) -> tuple[int, int]:
        """The total as one of the programs that use the grid counts it: the lowest and the highest."""
        found = [self._of_program[program].best(branch) for branch in branches]
        return min([one.counted.low for one in found]), max([one.high for one in found])


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
