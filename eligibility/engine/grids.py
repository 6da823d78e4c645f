"""Grids: a total, its lines, and the lowest and highest it could be.

Each grid is scored under every choice of language results, and takes the one that gives most.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eligibility.engine.assessment import Line, Score
from eligibility.engine.factors import CompiledFactor
from eligibility.engine.words import Words
from eligibility.facts import Facts, branches
from eligibility.facts.language import Choice, Result
from eligibility.facts.values import Value
from programs.packs.schema.grids import Factor
from programs.rulebook import GridInForce, RulebookInForce


class GridContext:
    """What conditions inside a grid may ask: facts only, with language results chosen."""

    __slots__ = ("facts",)

    def __init__(self, facts: Facts) -> None:
        """Score with these facts."""
        self.facts = facts

    def grid_total(self, grid: str) -> Value:
        """No grid asks for a grid."""
        raise LookupError(f"a grid cannot ask for the total of {grid}")

    def verdict_of(self, program: str) -> str:
        """No grid asks for a verdict."""
        raise LookupError(f"a grid cannot ask for the verdict of {program}")


@dataclass(frozen=True, slots=True)
class _Scored:
    low: int
    high: int
    lines: tuple[Line, ...]
    choice: Choice


class CompiledGrid:
    """A grid in force, ready to be scored many times."""

    def __init__(self, grid: GridInForce, book: RulebookInForce, words: Words) -> None:
        """Prepare every factor."""
        self._grid, self._words = grid, words
        self._factors = [CompiledFactor(factor, book, words) for factor in grid.version.factors]
        self._name = grid.document.name.in_language(words.language)
        self.programs = tuple(
            dict.fromkeys(program for factor in _walk(grid.version.factors) for program in factor.only_for)
        )

    def _score_once(self, facts: Facts, program: str | None) -> _Scored:
        """The grid under the choice of language results that gives most.

        Its highest possible total is the highest of any choice.
        """
        maximum = self._grid.version.maximum
        scored = []
        for choice in facts.choices():
            context = GridContext(facts.choosing(choice))
            lines = tuple([factor.line(context, program) for factor in self._factors])
            low, high = sum([line.points for line in lines]), sum([line.high for line in lines])
            scored.append(_Scored(min(low, maximum), min(high, maximum), lines, choice))
        if len(scored) == 1:
            return scored[0]
        best = max(scored, key=lambda one: (one.low, one.high))
        return replace(best, high=max(one.high for one in scored))

    def score(self, facts: Facts) -> Score:
        """Score the grid: every line, the total, and the range where something is not known."""
        version = self._grid.version
        settled = list(branches(facts))
        found = [self._score_once(branch, None) for branch in settled]
        lowest = min(found, key=lambda one: one.low) if len(found) > 1 else found[0]
        low, high = lowest.low, max([one.high for one in found])
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
            lines=lowest.lines,
            language_choice=_choice_in_words(lowest.choice, facts, self._words),
            by_program={program: self.total_for(facts, program)[0] for program in self.programs},
            missing=() if low == high else _missing(found, facts, branched=len(settled) > 1),
        )

    def total_for(self, facts: Facts, program: str) -> tuple[int, int]:
        """The total as one of the programs that use the grid counts it: the lowest and the highest."""
        found = [self._score_once(branch, program) for branch in branches(facts)]
        return min([one.low for one in found]), max([one.high for one in found])


def _walk(factors: Sequence[Factor]) -> Sequence[Factor]:
    found: list[Factor] = []
    for factor in factors:
        found.append(factor)
        found.extend(_walk(factor.children))
    return found


def _missing(found: Sequence[_Scored], facts: Facts, *, branched: bool) -> tuple[str, ...]:
    missing = {m for one in found for line in one.lines for m in line.missing}
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
