"""Verdicts of programs, found together: one look-up gives those of several programs at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from eligibility.engine.assessment import Verdict
from eligibility.engine.program import CompiledProgram
from eligibility.engine.readings import Readings, View
from eligibility.engine.truths import Truths
from eligibility.facts.values import known

# Programs are put together as long as their verdicts rest on no more than so many numbers: what many programs rest on
# is seldom met again, and programs that stand together (those of a province) look at much the same.
MOST_PLACES: Final = 32
_VALUES: Final = {verdict: known(verdict) for verdict in ("eligible", "likely", "unknown", "not_eligible")}
_Pick = Callable[[Sequence[int]], Any]


class _One(NamedTuple):
    """A program: what picks the numbers its verdict follows from, and the verdicts found before."""

    program: CompiledProgram
    pick: _Pick
    kept: dict[Any, tuple[Verdict | None]]


class _LookedAt(NamedTuple):
    """A verdict that others look at: its place among those of its group, among values and among truths."""

    number: int
    slot: int
    place: int


class _Group(NamedTuple):
    """Programs none of which looks at the verdict of another: what picks their numbers, and all verdicts found."""

    pick: _Pick
    by_choice: bool
    kept: dict[Any, tuple[Verdict | None, ...]]
    programs: tuple[_One, ...]
    looked_at: tuple[_LookedAt, ...]


class Verdicts:
    """The verdicts of some programs, which stand in an order in which each comes after those it looks at.

    `places` says where each program's verdict stands among those found.
    """

    def __init__(self, programs: Sequence[CompiledProgram], verdicts: Mapping[str, int], readings: Readings) -> None:
        """Put programs together. `verdicts` are the places of the values that others look at, by program."""
        conditions = [one for program in programs for one in program.conditions]
        self._readings, self._memory = readings, readings.memory
        self._truths = Truths(conditions, verdicts.values(), readings)
        self._groups = [self._group(group, verdicts) for group in self._in_groups(programs, verdicts)]
        self.places = {program.id: place for place, program in enumerate(programs)}

    def _in_groups(
        self, programs: Iterable[CompiledProgram], verdicts: Mapping[str, int]
    ) -> Iterable[list[CompiledProgram]]:
        group: list[CompiledProgram] = []
        places: set[int] = set()
        given: set[int] = set()
        for program in programs:
            more = set(self._truths.places_of(program.conditions))
            if group and (len(places | more) > MOST_PLACES or not given.isdisjoint(program.slots)):
                yield group
                group, places, given = [], set(), set()
            group.append(program)
            places |= more
            if program.id in verdicts:
                given.add(verdicts[program.id])
        if group:
            yield group

    def _group(self, programs: Sequence[CompiledProgram], verdicts: Mapping[str, int]) -> _Group:
        truths, table = self._truths, self._memory.table
        return _Group(
            pick=truths.key_of([one for program in programs for one in program.conditions]),
            by_choice=any(program.by_choice for program in programs),
            kept=table(),
            programs=tuple([_One(program, truths.key_of(program.conditions), table()) for program in programs]),
            looked_at=tuple(
                [
                    _LookedAt(number, verdicts[program.id], truths.place(verdicts[program.id]))
                    for number, program in enumerate(programs)
                    if program.id in verdicts
                ]
            ),
        )

    def found(self, views: Sequence[View]) -> list[Verdict | None]:
        """The verdict of each program. Those that others look at are put among the values."""
        numbers = self._truths.under_each(views)
        first, several = numbers[0], len(numbers) > 1
        verdicts: list[Verdict | None] = []
        for group in self._groups:
            pick, by_choice, kept, _, looked_at = group
            key = tuple([pick(each) for each in numbers]) if several and by_choice else pick(first)
            found = kept.get(key) or self._memory.keep(kept, key, self._of_group(group, numbers, views))
            verdicts += found
            for number, slot, place in looked_at:
                self._readings.put(views, slot, _VALUES[found[number] or "unknown"])
                for each, view in zip(numbers, views, strict=True):
                    each[place] = view.codes[slot]
        return verdicts

    def _of_group(
        self, group: _Group, numbers: Sequence[list[int]], views: Sequence[View]
    ) -> tuple[Verdict | None, ...]:
        """The verdicts of a group whose numbers were not met together before; most were met for a single program."""
        found = []
        for program, pick, kept in group.programs:
            several = program.by_choice and len(numbers) > 1
            key = tuple([pick(each) for each in numbers]) if several else pick(numbers[0])
            verdict = kept.get(key) or self._memory.keep(kept, key, (program.verdict(views),))
            found.append(verdict[0])
        return tuple(found)
