"""Which conditions a person's values meet, as numbers: people with the same numbers have the same verdicts.

Far fewer differ in these than in the values themselves. Thirty-one years and thirty-two are told differently, and no
verdict differs if no rule draws a line between them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from eligibility.engine.conditions import Explained
from eligibility.engine.readings import Readings, View, picker


class _Alone(NamedTuple):
    """A value that conditions look at by itself. `known` are the numbers by the value's code, `truths` by the truth."""

    place: int
    slot: int
    conditions: list[Explained]
    known: dict[int, int]
    truths: dict[Any, int]


class _OfSeveral(NamedTuple):
    """A condition that looks at several values."""

    place: int
    pick: Callable[[Sequence[int]], Any]
    condition: Explained
    known: dict[Any, int]
    truths: dict[Any, int]


class Truths:
    """The places of some conditions in a list of numbers, and what fills such a list."""

    def __init__(self, conditions: Iterable[Explained], slots: Iterable[int], readings: Readings) -> None:
        """Give each value that conditions look at a place, and each condition that looks at several.

        `slots` are places whose values tell verdicts apart by themselves.
        """
        self._memory = readings.memory
        self._places: dict[object, int] = {}
        alone: dict[int, list[Explained]] = {slot: [] for slot in slots}
        together: list[Explained] = []
        for condition in dict.fromkeys(conditions):
            if len(condition.slots) == 1:
                alone.setdefault(condition.slots[0], []).append(condition)
            elif condition.slots:
                together.append(condition)
        # A verdict is told apart from the others as it is: one that is likely leaves something to be judged.
        as_they_are = {slot for slot, found in alone.items() if not found or slot in readings.verdicts}
        self._as_they_are = [(self._place(slot), slot) for slot in alone if slot in as_they_are]
        self._alone = [
            _Alone(self._place(slot), slot, found, *self._tables())
            for slot, found in alone.items()
            if slot not in as_they_are
        ]
        self._together = [_OfSeveral(self._place(one), one.pick, one, *self._tables()) for one in together]
        changing = readings.of_choice()
        self._alone_by_choice = [one for one in self._alone if one.slot in changing]
        self._together_by_choice = [one for one in self._together if not changing.isdisjoint(one.condition.slots)]

    def _tables(self) -> tuple[dict[Any, int], dict[Any, int]]:
        return self._memory.table(), self._memory.table()

    def _place(self, what: object) -> int:
        return self._places.setdefault(what, len(self._places))

    def place(self, slot: int) -> int:
        """The place of a value that conditions look at by itself."""
        return self._places[slot]

    def places_of(self, conditions: Iterable[Explained]) -> list[int]:
        """The places of the numbers on which these conditions rest."""
        found = [one.slots[0] if len(one.slots) == 1 else one for one in conditions if one.slots]
        return list(dict.fromkeys([self._places[what] for what in found]))

    def key_of(self, conditions: Iterable[Explained]) -> Callable[[Sequence[int]], Any]:
        """What picks the numbers on which these conditions rest."""
        return picker(self.places_of(conditions))

    def under_each(self, views: Sequence[View]) -> list[list[int]]:
        """The numbers of one applicant under each choice of language results."""
        first = [0] * len(self._places)
        codes = views[0].codes
        for place, slot in self._as_they_are:
            first[place] = codes[slot]
        self._fill(first, views[0], self._alone, self._together)
        numbers = [first]
        for view in views[1:]:
            other = first.copy()
            self._fill(other, view, self._alone_by_choice, self._together_by_choice)
            numbers.append(other)
        return numbers

    def _fill(self, numbers: list[int], view: View, alone: Sequence[_Alone], together: Sequence[_OfSeveral]) -> None:
        """Fill in the numbers of some conditions."""
        values, codes, memory = view.values, view.codes, self._memory
        for place, slot, conditions, known, truths in alone:
            number = known.get(codes[slot])
            if number is None:
                truth = tuple([condition.truth(values)[0] for condition in conditions])
                number = memory.keep(known, codes[slot], memory.code(truths, truth))
            numbers[place] = number
        for place, pick, condition, known, truths in together:
            key = pick(codes)
            number = known.get(key)
            if number is None:
                number = memory.keep(known, key, memory.code(truths, condition.truth(values)[0]))
            numbers[place] = number
