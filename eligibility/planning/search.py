"""The exact search: every smallest set of options that reaches a goal, none missed and none that is not smallest.

Nothing is guessed away. A set is left out unseen only where it cannot be one of the answers:

* where the engine itself says that the goal cannot be reached, whatever stands in the places that the set's families
  may change: those places are taken as not known, and the engine's ranges then hold every outcome;
* where nothing that may decide the goal hangs on what one of its options changes, so that it does no more than the
  set without that option;
* where a smaller set is known to do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod
from typing import Any

from eligibility.engine import Assessment
from eligibility.planning.changes import Option, changed, months_taken, says_nothing_new, touched
from eligibility.planning.dates import months_after
from eligibility.planning.goals import Goal
from eligibility.planning.narrow import experience_rests_on
from eligibility.planning.places import COMES_ALONG, PARTNER, after_the_swap, agreed, at, parts_of
from eligibility.profile.model import Profile
from programs.packs.schema.levers import PartnersSwap
from programs.rulebook import Rulebook

MOST_TOGETHER = 4
# Asking whether some families could reach the goal at all costs as much as looking at some sets.
WORTH_ASKING = 3
# Which families are needed is asked where so many more may be added.
WORTH_NARROWING = 3
# Facts of one of these parts may rest on another, and then name only the first as what would settle them: whose
# occupation work must share, whether the person is in Canada and works for the employer of the offer.
_OF_WORK = frozenset({"work", "job_offer", "trade_certificate", "canada", "residence", "h1b", "us_job"})
TOLD_TOGETHER = (
    _OF_WORK | {f"{PARTNER}.{part}" for part in _OF_WORK} | {COMES_ALONG},
    # Of a partner who may not come along, nothing else need be named.
    frozenset({COMES_ALONG, f"{PARTNER}.language_tests", f"{PARTNER}.education"}),
)
Families = frozenset[str]
Chosen = tuple[Option, ...]


def asks_no_more(smaller: Iterable[Option], larger: Sequence[Option]) -> bool:
    """Whether everything in one set is in the other, or more of the same is."""
    return all(any(one.asks_less_than(other) for other in larger) for one in smaller)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What can be said of all sets in which the same is begun.

    Attributes:
        goal: the goal, without the ways to it that are out of reach then.
        others: the options that may help beside, by family.
        needed: the families without which it is not reached.

    """

    goal: Goal
    others: tuple[tuple[Option, ...], ...]
    needed: Families


@dataclass
class Search:
    """One search. Assessments are kept by what was chosen, for telling afterwards why a set does."""

    profile: Profile
    rulebook: Rulebook
    goal: Goal
    options: Sequence[Option]
    looked_at: int = 0
    _seen: dict[frozenset[str], tuple[Profile, Assessment]] = field(default_factory=dict)
    _told: dict[frozenset[str], Assessment] = field(default_factory=dict)
    _possible: dict[tuple[frozenset[str], Families], bool] = field(default_factory=dict)
    _put: dict[tuple[frozenset[str], str], dict[str, Any]] = field(default_factory=dict)
    _bounds: dict[frozenset[str], _Bounds | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the options by what excludes each other, and those first that decide the day and who applies."""
        self._touched: dict[str, frozenset[str]] = {}
        for option in self.options:
            family = option.lever.family
            self._touched[family] = self._touched.get(family, frozenset()) | touched(option.change)
        self._narrow_to(self.options)

    def _narrow_to(self, options: Iterable[Option]) -> None:
        """Look no further than at sets of these options. What was said with more of them in mind is forgotten."""
        by_family: dict[str, list[Option]] = {}
        for option in options:
            by_family.setdefault(option.lever.family, []).append(option)
        self._first = {family: some for family, some in by_family.items() if any(map(_goes_first, some))}
        self._at_once = {family: some for family, some in by_family.items() if family not in self._first}
        self._bounds.clear()
        self._possible.clear()
        self._put.clear()

    def result_of(self, chosen: Sequence[Option]) -> tuple[Profile, Assessment]:
        """The changed profile, and what is said of it that decides the goal."""
        key = names(chosen)
        found = self._seen.get(key)
        if found is None:
            self.looked_at += 1
            after = changed(self.profile, chosen, self.rulebook)
            bounds = self._bounds.get(names(option for option in chosen if _goes_first(option)))
            found = self._seen[key] = (after, (bounds.goal if bounds else self.goal).look(after, self.rulebook))
        return found

    def told_of(self, chosen: Sequence[Option]) -> tuple[Profile, Assessment]:
        """The changed profile, and all that is told of it."""
        key = names(chosen)
        if key not in self._told:
            self._told[key] = self.goal.tell(self.result_of(chosen)[0], self.rulebook)
        return self.result_of(chosen)[0], self._told[key]

    def smallest_sets(self) -> list[Chosen]:
        """Every smallest set that reaches the goal, the fewest options first. Where it is reached, none is needed."""
        if self.goal.is_reached(self.result_of(())[1]):
            return [()]
        found: list[Chosen] = []
        for size in range(1, min(MOST_TOGETHER, len(self._touched)) + 1):
            # Of as many options, one set may still ask less than another: the lower steps come first.
            for chosen in sorted(self._sets(size, tuple(found)), key=_steps):
                if any(asks_no_more(smaller, chosen) for smaller in found):
                    continue
                if self.goal.is_reached(self.result_of(chosen)[1]):
                    found.append(chosen)
            if size == 1 and found:
                self._narrow_to(
                    option for option in self.options if not any(asks_no_more(one, (option,)) for one in found)
                )
        return found

    def _sets(self, size: int, found: Sequence[Chosen]) -> Iterator[Chosen]:
        """The sets of so many options that may be answers, beside those of fewer that are found."""
        for begun in self._beginnings(size):
            if any(asks_no_more(smaller, begun) for smaller in found):
                continue
            bounds = self._bounds_of(begun)
            if bounds is None or len(bounds.needed) > size - len(begun):
                continue
            for others in combinations(bounds.others, size - len(begun)):
                if bounds.needed <= {options[0].lever.family for options in others}:
                    yield from self._grown(bounds.goal, begun, sorted(others, key=len), found)

    def _beginnings(self, size: int) -> Iterator[Chosen]:
        """What takes time, and who applies, in every combination in which each part matters for the day or beside."""
        for count in range(min(size, len(self._first)) + 1):
            for families in combinations(self._first.values(), count):
                for begun in product(*families):
                    months = months_taken(begun)
                    if not any(
                        not touched(option.change) and months_taken([one for one in begun if one != option]) == months
                        for option in begun
                    ):
                        yield begun

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
        if worth_asking and not self._may_do(goal, chosen, families):
            return
        for option in others[0]:
            yield from self._grown(goal, (*chosen, option), others[1:], found)

    def _bounds_of(self, begun: Sequence[Option]) -> _Bounds | None:
        """What every set that begins so must hold; None where no such set can reach the goal."""
        key = names(begun)
        if key not in self._bounds:
            self._bounds[key] = self._make_bounds(tuple(begun))
        return self._bounds[key]

    def _make_bounds(self, begun: Chosen) -> _Bounds | None:
        every = frozenset(self._at_once)
        places = self._places(begun, every)
        loosened = self._look_loosely(self.goal, begun, every)
        if not self.goal.is_possible(loosened, places):
            return None
        goal = self.goal.without_hopeless(loosened, places)
        if goal != self.goal:
            loosened = self._look_loosely(goal, begun, every)
        matters = self._decisive(goal, loosened, begun)
        before = changed(self.profile, [one for one in begun if not _swaps(one)], self.rulebook)
        others = tuple(
            some
            for options in self._at_once.values()
            if (
                some := tuple(
                    option
                    for option in options
                    if _parts(touched(option.change), begun) & matters
                    and not says_nothing_new(before, option, self.rulebook)
                )
            )
        )
        left = MOST_TOGETHER - len(begun)
        return _Bounds(goal, others, self._needed(goal, begun, others) if left >= WORTH_NARROWING else frozenset())

    def _needed(self, goal: Goal, begun: Chosen, others: Sequence[Sequence[Option]]) -> Families:
        every = frozenset(options[0].lever.family for options in others)
        return frozenset(family for family in every if not self._is_possible(goal, begun, every - {family}))

    def _decisive(self, goal: Goal, loosened: Assessment, begun: Chosen) -> frozenset[str]:
        """The parts of a profile that may decide the goal, by their first part."""
        matters = goal.hangs_on(loosened)
        if loosened.programs:
            return matters.union(*(together for together in TOLD_TOGETHER if matters & together))
        if matters & {"work", "partner.work"}:
            day = months_after(self.profile.as_of, months_taken(begun))
            matters |= experience_rests_on(goal.book(self.rulebook, day))
        return matters

    def _is_possible(self, goal: Goal, chosen: Chosen, families: Families) -> bool:
        """Whether the engine leaves it open that something of each of these families would do, with what is chosen."""
        key = (names(chosen), families)
        if key not in self._possible:
            loosened = self._look_loosely(goal, chosen, families)
            self._possible[key] = goal.is_possible(loosened, self._places(chosen, families))
        return self._possible[key]

    def _may_do(self, goal: Goal, chosen: Chosen, families: Families) -> bool:
        """Whether the engine leaves it open that one option of each of these families would do, with what is chosen."""
        loosened = self._look_closely(goal, chosen, families)
        return goal.is_possible(loosened, self._places(chosen, families))

    def _places(self, chosen: Sequence[Option], families: Families) -> frozenset[str]:
        """The parts of a profile that levers of these families touch, with those told together with them."""
        places = _parts((place for family in families for place in self._touched[family]), chosen)
        return places.union(*(together for together in TOLD_TOGETHER if places & together))

    def _look_loosely(self, goal: Goal, chosen: Chosen, families: Families) -> Assessment:
        """The assessment with what is chosen, and everything unknown that these families may change."""
        self.looked_at += 1
        places = frozenset(place for family in families for place in self._touched[family])
        return goal.look(changed(self.profile, chosen, self.rulebook, forgetting=places), self.rulebook)

    def _look_closely(self, goal: Goal, chosen: Chosen, families: Families) -> Assessment:
        """The assessment with what is chosen and one option of each of these families, whichever it is.

        Where only one family changes a place, what all its options put there is known.
        """
        self.looked_at += 1
        touching = Counter(place for family in families for place in self._touched[family])
        alone = {family for family in families if all(touching[place] == 1 for place in self._touched[family])}
        forgotten = frozenset(place for family in families - alone for place in self._touched[family])
        put = {place: value for family in alone for place, value in self._agreed(chosen, family).items()}
        after = changed(self.profile, chosen, self.rulebook, forgetting=forgotten, putting=put)
        return goal.look(after, self.rulebook)

    def _agreed(self, chosen: Chosen, family: str) -> dict[str, Any]:
        """What the options of a family agree on, by place. What goes beside matters where it changes the same place."""
        places = self._touched[family]
        beside = tuple(one for one in chosen if not _swaps(one) and (_goes_first(one) or touched(one.change) & places))
        key = (names(beside), family)
        if key not in self._put:
            each = [changed(self.profile, (*beside, option), self.rulebook) for option in self._at_once[family]]
            self._put[key] = {place: agreed([at(after, place) for after in each]) for place in places}
        return self._put[key]


def names(chosen: Iterable[Option]) -> frozenset[str]:
    """The options by their ids."""
    return frozenset([option.id for option in chosen])


def _steps(chosen: Chosen) -> int:
    return sum(option.lever.step for option in chosen)


def _goes_first(option: Option) -> bool:
    """Whether an option decides the day on which everything is done, or who applies."""
    return months_taken((option,)) > 0 or _swaps(option)


def _swaps(option: Option) -> bool:
    return isinstance(option.change, PartnersSwap)


def _parts(places: Iterable[str], chosen: Sequence[Option]) -> frozenset[str]:
    """The parts in which places stand; where the two people change places, what is one's is the other's then."""
    parts = parts_of(places)
    return after_the_swap(parts) if any(map(_swaps, chosen)) else parts
