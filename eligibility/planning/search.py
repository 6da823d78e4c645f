"""The exact search: every smallest set of options that reaches a goal, none missed and none that is not smallest.

Nothing is guessed away. A set is left out unseen only where it cannot be one of the answers:

* where the engine itself says that the goal cannot be reached, whatever stands in the places that the set's families
  may change: those places are taken as not known, and the engine's ranges then hold every outcome;
* where nothing that may decide the goal hangs on what one of its options changes, so that it does no more than the
  set without that option;
* where a smaller set is known to do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod

from eligibility.engine import Assessment
from eligibility.planning.changes import Option, changed, forgotten, months_taken, touched
from eligibility.planning.dates import months_after
from eligibility.planning.goals import Goal
from eligibility.planning.narrow import experience_rests_on
from eligibility.profile.model import Profile
from programs.packs.schema.levers import PartnersSwap
from programs.rulebook import Rulebook

MOST_TOGETHER = 4
# Asking whether some families could reach the goal at all costs as much as looking at some sets.
WORTH_ASKING = 3
# Facts of one of these parts may rest on another, and then name only the first as what would settle them: whose
# occupation work must share, whether the person is in Canada and works for the employer of the offer.
TOLD_TOGETHER = (
    frozenset({"work", "partner", "job_offer", "trade_certificate", "canada", "residence", "h1b", "us_job"}),
)
Families = frozenset[str]
Chosen = tuple[Option, ...]


def asks_no_more(smaller: Iterable[Option], larger: Sequence[Option]) -> bool:
    """Whether everything in one set is in the other, or more of the same is."""
    return all(any(one.asks_less_than(other) for other in larger) for one in smaller)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What can be said of all sets that take so many months."""

    goal: Goal
    needed: Families
    matters: frozenset[str]


@dataclass
class Search:
    """One search. Assessments are kept by what was chosen, for telling afterwards why a set does."""

    profile: Profile
    rulebook: Rulebook
    goal: Goal
    options: Sequence[Option]
    looked_at: int = 0
    _seen: dict[frozenset[str], tuple[Profile, Assessment]] = field(default_factory=dict)
    _possible: dict[tuple[frozenset[str], Families], bool] = field(default_factory=dict)
    _bounds: dict[int, _Bounds | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the options by what excludes each other."""
        self._by_family: dict[str, list[Option]] = {}
        for option in self.options:
            self._by_family.setdefault(option.lever.family, []).append(option)
        self._touched = {
            family: frozenset(place for option in options for place in touched(option.change))
            for family, options in self._by_family.items()
        }
        self._timed = frozenset(
            family for family, options in self._by_family.items() if any(months_taken((option,)) for option in options)
        )
        self._at_once = frozenset(self._by_family) - self._timed

    def result_of(self, chosen: Sequence[Option]) -> tuple[Profile, Assessment]:
        """The changed profile and what is said of it."""
        key = _names(chosen)
        found = self._seen.get(key)
        if found is None:
            self.looked_at += 1
            after = changed(self.profile, chosen, self.rulebook)
            bounds = self._bounds_at(months_taken(chosen))
            found = self._seen[key] = (after, (bounds.goal if bounds else self.goal).look(after, self.rulebook))
        return found

    def smallest_sets(self) -> list[Chosen]:
        """Every smallest set that reaches the goal, the fewest options first. Where it is reached, none is needed."""
        if self.goal.is_reached(self.result_of(())[1]):
            return [()]
        found: list[Chosen] = []
        for size in range(1, min(MOST_TOGETHER, len(self._by_family)) + 1):
            # Of as many options, one set may still ask less than another: the lower steps come first.
            for chosen in sorted(self._sets(size, tuple(found)), key=_steps):
                if any(asks_no_more(smaller, chosen) for smaller in found):
                    continue
                if self.goal.is_reached(self.result_of(chosen)[1]):
                    found.append(chosen)
        return found

    def _sets(self, size: int, found: Sequence[Chosen]) -> Iterator[Chosen]:
        """The sets of so many options that may be answers, beside those of fewer that are found."""
        for families in combinations(self._by_family, size):
            timed = [self._by_family[family] for family in families if family in self._timed]
            for begun in product(*timed):
                months = months_taken(begun)
                bounds = self._bounds_at(months)
                if bounds is None or not bounds.needed.issubset(families) or not self._all_matter(begun, months):
                    continue
                others = [
                    [
                        option
                        for option in self._by_family[family]
                        if _first_parts(touched(option.change)) & bounds.matters
                    ]
                    for family in families
                    if family not in self._timed
                ]
                if all(others) and self._is_possible(bounds.goal, begun, self._at_once):
                    yield from self._grown(bounds.goal, begun, sorted(others, key=len), found)

    def _grown(
        self, goal: Goal, chosen: Chosen, others: Sequence[Sequence[Option]], found: Sequence[Chosen]
    ) -> Iterator[Chosen]:
        """The sets that may be answers with what is chosen, and one of each of the others."""
        if any(asks_no_more(smaller, chosen) for smaller in found):
            return
        if not others:
            yield chosen
            return
        worth_asking = prod(len(options) for options in others) >= WORTH_ASKING
        families = frozenset(options[0].lever.family for options in others)
        if worth_asking and not self._is_possible(goal, chosen, families):
            return
        for option in others[0]:
            yield from self._grown(goal, (*chosen, option), others[1:], found)

    def _that_matter(self, family: str, bounds: _Bounds) -> list[Option]:
        """Its options that change something that may decide the goal."""
        return [option for option in self._by_family[family] if _first_parts(touched(option.change)) & bounds.matters]

    def _all_matter(self, begun: Chosen, months: int) -> bool:
        """Whether each option that takes time makes another day of it, or changes something beside the day."""
        return not any(
            not touched(option.change) and months_taken([one for one in begun if one != option]) == months
            for option in begun
        )

    def _bounds_at(self, months: int) -> _Bounds | None:
        """What every set that takes so many months must hold; None where no such set can reach the goal."""
        if months not in self._bounds:
            self._bounds[months] = self._make_bounds(months)
        return self._bounds[months]

    def _make_bounds(self, months: int) -> _Bounds | None:
        every = frozenset(self._by_family)
        places = self._places(every)
        loosened = self._look_on(self.goal, every, months)
        if not self.goal.is_possible(loosened, places):
            return None
        goal = self.goal.without_hopeless(loosened, places)
        loosened = self._look_on(goal, every, months)
        needed = frozenset(
            family
            for family in every
            if not goal.is_possible(self._look_on(goal, every - {family}, months), self._places(every - {family}))
        )
        matters = goal.hangs_on(loosened)
        if loosened.programs:
            matters = matters.union(*(together for together in TOLD_TOGETHER if matters & together))
        elif matters & {"work", "partner"}:
            day = months_after(self.profile.as_of, months)
            matters |= experience_rests_on(goal.book(self.rulebook, day))
        return _Bounds(goal, needed, matters)

    def _is_possible(self, goal: Goal, chosen: Chosen, families: Families) -> bool:
        """Whether the engine leaves it open that something of each of these families would do, with what is chosen.

        What takes time must be chosen: the day is then known.
        """
        key = (_names(chosen), families)
        if key not in self._possible:
            self.looked_at += 1
            touched_then = frozenset(place for family in families for place in self._touched[family])
            after = changed(self.profile, chosen, self.rulebook, forgetting=touched_then)
            # Where the two people change places, so do the answers that are open.
            swaps = {option.lever.family for option in chosen if isinstance(option.change, PartnersSwap)}
            self._possible[key] = goal.is_possible(goal.look(after, self.rulebook), self._places(families | swaps))
        return self._possible[key]

    def _places(self, families: Families) -> frozenset[str]:
        """The parts of a profile that levers of these families touch, with those told together with them."""
        places = _first_parts(place for family in families for place in self._touched[family])
        return places.union(*(together for together in TOLD_TOGETHER if places & together))

    def _look_on(self, goal: Goal, families: Families, months: int) -> Assessment:
        """The assessment so many months on, with everything unknown that these families may change."""
        self.looked_at += 1
        places = frozenset(place for family in families for place in self._touched[family])
        later = self.profile.model_copy(update={"as_of": months_after(self.profile.as_of, months)})
        return goal.look(forgotten(later, places), self.rulebook)


def _names(chosen: Iterable[Option]) -> frozenset[str]:
    return frozenset([option.id for option in chosen])


def _steps(chosen: Chosen) -> int:
    return sum(option.lever.step for option in chosen)


def _first_parts(places: Iterable[str]) -> frozenset[str]:
    return frozenset(place.partition(".")[0] for place in places)
