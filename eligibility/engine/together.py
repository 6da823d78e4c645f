"""What follows from the same values, found together: one look-up gives the results of many rules at once."""

from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from eligibility.engine.readings import View, picker
from eligibility.facts.memory import Memory

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


def tuple_picker(places: Sequence[int]) -> Callable[[Sequence[R]], tuple[R, ...]]:
    """What picks what stands at some places."""
    # Quickest of all, but for fewer than two it gives no tuple.
    if len(places) > 1:
        return itemgetter(*places)
    return lambda found: tuple([found[place] for place in places])


class Rule(Protocol[R_co]):
    """A rule that looks at the values in `slots`; at those of every choice of language results if `by_choice`."""

    slots: tuple[int, ...]
    by_choice: bool

    def found(self, views: Sequence[View]) -> R_co:
        """What the rule finds of one applicant."""


class Alike(NamedTuple, Generic[R]):
    """Rules that look at the same values: what picks their codes, and the results found before."""

    pick: Callable[[Sequence[int]], Any]
    by_choice: bool
    kept: dict[Any, tuple[R, ...]]
    rules: tuple[Rule[R], ...]


class Together(Generic[R]):
    """The results of many rules. Those that look at the same values are kept as one."""

    def __init__(self, rules: Sequence[Rule[R]], memory: Memory, of_choice: Collection[int] = ()) -> None:
        """Put the rules that look at the same values side by side; first those that look at none `of_choice`."""
        alike: dict[tuple[object, ...], list[Rule[R]]] = {}
        for rule in dict.fromkeys(rules):
            alike.setdefault((rule.by_choice, *rule.slots), []).append(rule)
        changing = set(of_choice)
        in_order = sorted(alike.values(), key=lambda found: not changing.isdisjoint(found[0].slots))
        self._memory = memory
        self._alike: list[Alike[R]] = [
            Alike(picker(found[0].slots), found[0].by_choice, memory.table(), tuple(found)) for found in in_order
        ]
        fixed = sum([changing.isdisjoint(found[0].slots) for found in in_order])
        self._fixed, self._changing = self._alike[:fixed], self._alike[fixed:]
        self._places = {rule: place for place, rule in enumerate([rule for found in in_order for rule in found])}

    def picker(self, rules: Sequence[Rule[R]]) -> Callable[[Sequence[R]], tuple[R, ...]]:
        """What picks the results of some of the rules."""
        return tuple_picker([self._places[rule] for rule in rules])

    def found(self, views: Sequence[View]) -> list[R]:
        """The results of every rule, in an order that pickers know."""
        results: list[R] = []
        first, several = views[0].codes, len(views) > 1
        for pick, by_choice, kept, rules in self._alike:
            key = tuple([pick(view.codes) for view in views]) if several and by_choice else pick(first)
            of_these = kept.get(key)
            if of_these is None:
                of_these = self._memory.keep(kept, key, tuple([rule.found(views) for rule in rules]))
            results += of_these
        return results

    def under_each(self, views: Sequence[View]) -> list[list[R]]:
        """The results of every rule under each choice of language results by itself."""
        if len(views) == 1:
            return [self._under(self._alike, views)]
        fixed = self._under(self._fixed, views[:1])
        return [fixed + self._under(self._changing, (view,)) for view in views]

    def _under(self, alike: Sequence[Alike[R]], views: Sequence[View]) -> list[R]:
        """The results of some of the rules under one choice."""
        results: list[R] = []
        codes = views[0].codes
        for pick, _, kept, rules in alike:
            key = pick(codes)
            results += kept.get(key) or self._memory.keep(kept, key, tuple([rule.found(views) for rule in rules]))
        return results


class FoundLater(Generic[R]):
    """The results of one applicant, found when the first of them is read."""

    __slots__ = ("_found", "_together", "_views")

    def __init__(self, together: Together[R], views: Sequence[View]) -> None:
        """Hold the values they will be found of."""
        self._together = together
        self._views = views
        self._found: list[R] | None = None

    def all(self) -> list[R]:
        """All of them."""
        if self._found is None:
            self._found = self._together.found(self._views)
        return self._found
