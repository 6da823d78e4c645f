"""The exact search: every smallest set of options that reaches a goal, none missed and none that is not smallest.

Nothing is guessed away. A set is left out unseen only where it cannot be one of the answers:

* where the engine itself says that the goal cannot be reached, whatever stands in the places that the set's families
  may change: those places are taken as not known, and the engine's ranges then hold every outcome;
* where nothing that may decide the goal hangs on what one of its options changes, so that it does no more than the
  set without that option;
* where a smaller set is known to do.

A set is an answer if it reaches the goal by what it does, when only the months pass that it must take, and still does
on the day on which its work is done: a birthday in between may cost the points, and a result may lapse. What would
only take so long that the others count for more by then is no part of an answer: waiting is a change of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod

from eligibility.engine import Assessment
from eligibility.planning.changes import changed
from eligibility.planning.combined import Combined, Names, Places, goes_first, names, swaps
from eligibility.planning.dates import months_after
from eligibility.planning.goals import Goal
from eligibility.planning.language_results import says_nothing_new
from eligibility.planning.narrow import experience_rests_on
from eligibility.planning.options import Option, day_done, months_taken
from eligibility.planning.places import COMES_ALONG, PARTNER, after_the_swap, at, parts_of
from eligibility.planning.touches import touched
from eligibility.profile.model import Profile
from programs.rulebook import Rulebook

MOST_TOGETHER = 4
# Asking whether some sets could reach the goal at all costs as much as looking at some of them.
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
Chosen = tuple[Option, ...]
# The options of one family: one of them can be taken.
Family = tuple[Option, ...]


def asks_no_more(smaller: Iterable[Option], larger: Sequence[Option]) -> bool:
    """Whether everything in one set is in the other, or more of the same is."""
    return all(any(one.asks_less_than(other) for other in larger) for one in smaller)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What can be said of all sets in which the same is taken, and beside it some of certain families.

    Attributes:
        goal: the goal, without the ways to it that are out of reach then.
        others: the families that may help beside, with the options of each that may.
        needed: the families without which the goal is not reached.

    """

    goal: Goal
    others: tuple[Family, ...]
    needed: Names


@dataclass
class Search:
    """One search. Assessments are kept by what was chosen, for telling afterwards why a set does."""

    profile: Profile
    rulebook: Rulebook
    goal: Goal
    options: Sequence[Option]
    looked_at: int = 0
    _seen: dict[Names, tuple[Profile, Assessment]] = field(default_factory=dict)
    _told: dict[Names, tuple[Profile, Assessment]] = field(default_factory=dict)
    _bounds: dict[Names, _Bounds | None] = field(default_factory=dict)
    _within: dict[tuple[Names, Names], _Bounds | None] = field(default_factory=dict)
    _closely: dict[tuple[Names, Names], bool] = field(default_factory=dict)
    _asked: dict[tuple[Names, Names], bool] = field(default_factory=dict)
    _reached: dict[tuple[Names, bool], frozenset[str]] = field(default_factory=dict)
    _nothing_new: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the options by what excludes each other, and those first that decide the day and who applies."""
        self._bit = {option.id: 1 << place for place, option in enumerate(self.options)}
        self._covers = {
            option.id: sum(self._bit[other.id] for other in self.options if other.asks_less_than(option))
            for option in self.options
        }
        self._touched = {option.id: touched(option.change) for option in self.options}
        self._narrow_to(self.options)

    def _narrow_to(self, options: Iterable[Option]) -> None:
        """Look no further than at sets of these options. What was said with more of them in mind is forgotten."""
        by_family: dict[str, list[Option]] = {}
        for option in options:
            by_family.setdefault(option.lever.family, []).append(option)
        first = [some for some in by_family.values() if any(map(goes_first, some))]
        self._at_once = {key: tuple(some) for key, some in by_family.items() if some not in first}
        at_once = (one for some in self._at_once.values() for one in some)
        best = self.goal.takes_best_results
        self._combined = Combined(self.profile, at_once, self.rulebook, best_results=best)
        self._first = tuple(_beginnings(first))
        self._bounds.clear()
        self._within.clear()
        self._closely.clear()
        self._asked.clear()
        self._reached.clear()
        self._nothing_new.clear()

    def result_of(self, chosen: Sequence[Option]) -> tuple[Profile, Assessment]:
        """The changed profile, and what is said of it that decides the goal."""
        key = names(chosen)
        found = self._seen.get(key)
        if found is None:
            self.looked_at += 1
            after = self._combined.profile(chosen)
            bounds = self._bounds.get(names(option for option in chosen if goes_first(option)))
            found = self._seen[key] = (after, (bounds.goal if bounds else self.goal).look(after, self.rulebook))
        return found

    def told_of(self, chosen: Sequence[Option]) -> tuple[Profile, Assessment]:
        """The changed profile on the day on which everything is done, and all that is told of it."""
        key = names(chosen)
        if key not in self._told:
            after = changed(self.profile, chosen, self.rulebook, on=day_done(chosen, self.profile.as_of))
            self._told[key] = after, self.goal.tell(after, self.rulebook)
        return self._told[key]

    def _is_in_time(self, chosen: Chosen) -> bool:
        """Whether a set that reaches the goal by what it does still reaches it on the day on which its work is done."""
        return self.goal.is_reached(self.told_of(chosen)[1])

    def _renewed(self, late: Iterable[Chosen]) -> Iterator[Chosen]:
        """Sets that are not in time, with one result more that would say nothing new but lapses until then."""
        for chosen in late:
            families = {option.lever.family for option in chosen}
            stays = [one for one in chosen if not swaps(one)]
            before, after = (
                changed(self.profile, stays, self.rulebook, on=found[0].as_of)
                for found in (self.result_of(chosen), self.told_of(chosen))
            )
            for option in self.options:
                is_new = not says_nothing_new(after, option, self.rulebook)
                if option.lever.family not in families and is_new and says_nothing_new(before, option, self.rulebook):
                    yield (*chosen, option)

    def smallest_sets(self) -> list[Chosen]:
        """Every smallest set that reaches the goal, the fewest options first. Where it is reached, none is needed."""
        if self.goal.is_reached(self.result_of(())[1]):
            return [()]
        found: list[Chosen] = []
        late: list[Chosen] = []
        asked: list[int] = []
        families = {option.lever.family for option in self.options}
        for size in range(1, min(MOST_TOGETHER, len(families)) + 1):
            # Of as many options, one set may still ask less than another: the lower steps come first.
            renewed = self._renewed([one for one in late if len(one) == size - 1])
            for chosen in sorted((*self._sets(size, tuple(asked)), *renewed), key=_steps):
                if self._holds_one(chosen, asked) or not self.goal.is_reached(self.result_of(chosen)[1]):
                    continue
                if self._is_in_time(chosen):
                    found.append(chosen)
                    asked.append(sum(self._bit[option.id] for option in chosen))
                else:
                    late.append(chosen)
            if size == 1 and found:
                self._narrow_to(option for option in self.options if not self._holds_one((option,), asked))
        return found

    def _holds_one(self, chosen: Chosen, asked: Sequence[int]) -> bool:
        """Whether a set asks no less than one of those that are found, each given by the bits of its options."""
        short = ~self._covered(chosen)
        return any([not bits & short for bits in asked])  # noqa: C419 - a list is quicker here

    def _covered(self, chosen: Chosen) -> int:
        covered = 0
        for option in chosen:
            covered |= self._covers[option.id]
        return covered

    def _sets(self, size: int, asked: Sequence[int]) -> Iterator[Chosen]:
        """The sets of so many options that may be answers, beside those of fewer that are found."""
        for begun in self._first:
            if len(begun) > size or self._holds_one(begun, asked):
                continue
            if len(begun) == size and (size in (1, MOST_TOGETHER)):
                yield begun
                continue
            bounds = self._bounds_of(begun)
            if bounds is not None and len(bounds.needed) <= size - len(begun):
                yield from self._grown(bounds, begun, size - len(begun), asked)

    def _grown(self, bounds: _Bounds, chosen: Chosen, left: int, asked: Sequence[int]) -> Iterator[Chosen]:
        """The sets that may be answers with what is chosen, and so many of the others."""
        if left == 0:
            yield chosen
        elif left < 3:
            for some in combinations(bounds.others, left):
                if bounds.needed <= frozenset(map(_family, some)):
                    yield from self._last(bounds.goal, chosen, self._ordered(some), asked)
        elif len(bounds.others) >= left:
            branch = max(bounds.others, key=lambda some: (_family(some) in bounds.needed, len(some)))
            rest = _Bounds(
                bounds.goal,
                tuple(some for some in bounds.others if some is not branch),
                bounds.needed - {_family(branch)},
            )
            for option in branch:
                more = (*chosen, option)
                if not self._holds_one(more, asked):
                    yield from self._further(rest, more, left - 1, asked)
            if _family(branch) not in bounds.needed:
                yield from self._further(rest, chosen, left, asked)

    def _ordered(self, some: Sequence[Family]) -> list[Family]:
        """Families in the order in which to choose of them.

        What all results of a family have in common says much to a grid and little to a program.
        """
        return sorted(some, key=len, reverse=not self.goal.takes_best_results)

    def _further(self, bounds: _Bounds, chosen: Chosen, left: int, asked: Sequence[int]) -> Iterator[Chosen]:
        """The sets that may be answers with what is chosen and so many of the others, once it is seen that some may."""
        if len(bounds.others) < left or len(bounds.needed) > left:
            return
        inner = self._bounds_within(bounds, chosen)
        if inner is not None and len(inner.needed) <= left:
            yield from self._grown(inner, chosen, left, asked)

    def _last(self, goal: Goal, chosen: Chosen, some: Sequence[Family], asked: Sequence[int]) -> Iterator[Chosen]:
        """The sets that may be answers with what is chosen and one option of each of some families."""
        if not some:
            yield chosen
            return
        options = [option for option in some[0] if not self._holds_one((*chosen, option), asked)]
        count = len(options) * prod(map(len, some[1:]))
        if count < WORTH_ASKING or self._may_do(goal, chosen, some):
            for option in options:
                yield from self._last(goal, (*chosen, option), some[1:], asked)

    def _bounds_of(self, begun: Chosen) -> _Bounds | None:
        """What every set that begins so must hold; None where no such set can reach the goal."""
        key = names(begun)
        if key not in self._bounds:
            self._bounds[key] = self._make_bounds(begun)
        return self._bounds[key]

    def _make_bounds(self, begun: Chosen) -> _Bounds | None:
        every = self._at_once
        places = self._places(begun, every.values())
        unknown = self._combined.unknown(every)
        loosened = self._look(self.goal, begun, unknown)
        if not self.goal.is_possible(loosened, places):
            return None
        goal = self.goal.without_hopeless(loosened, places)
        if goal != self.goal:
            loosened = self._look(goal, begun, unknown)
        before = self._combined.begun(begun)
        others = [
            tuple(option for option in some if not self._says_nothing_new(before, option))
            for some in self._that_matter(goal, loosened, begun, every.values())
        ]
        left = MOST_TOGETHER - len(begun)
        return self._with_those_needed(goal, begun, [some for some in others if some], left)

    def _bounds_within(self, bounds: _Bounds, chosen: Chosen) -> _Bounds | None:
        """The same for what is chosen beside what is begun, where nothing is added but of the others."""
        goal, others = bounds.goal, bounds.others
        key = (names(chosen), frozenset(map(_family, others)))
        if key not in self._within:
            self._within[key] = None
            if self._among(goal, chosen, others):
                found = self._with_those_needed(goal, chosen, others, MOST_TOGETHER - len(chosen))
                self._within[key] = _Bounds(goal, others, found.needed | bounds.needed)
        return self._within[key]

    def _with_those_needed(self, goal: Goal, chosen: Chosen, others: Sequence[Family], left: int) -> _Bounds:
        needed = NO_NAMES
        if left >= WORTH_NARROWING and len(others) > 1:
            needed = frozenset(_family(some) for some in others if not self._may_do_without(goal, chosen, others, some))
        return _Bounds(goal, tuple(others), needed)

    def _may_do_without(self, goal: Goal, chosen: Chosen, others: Sequence[Family], one: Family) -> bool:
        return self._among(goal, chosen, [some for some in others if some is not one])

    def _that_matter(self, goal: Goal, loosened: Assessment, chosen: Chosen, others: Iterable[Family]) -> list[Family]:
        """The options that change something on which the goal hangs still."""
        matters = self._decisive(goal, loosened, chosen)
        found = [
            tuple(option for option in some if _parts(self._touched[option.id], chosen) & matters) for some in others
        ]
        return [some for some in found if some]

    def _decisive(self, goal: Goal, loosened: Assessment, chosen: Chosen) -> frozenset[str]:
        """The parts of a profile that may decide the goal, by their first part."""
        matters = goal.hangs_on(loosened)
        if loosened.programs:
            return matters.union(*(together for together in TOLD_TOGETHER if matters & together))
        if matters & {"work", "partner.work"}:
            day = months_after(self.profile.as_of, months_taken(chosen))
            matters |= experience_rests_on(goal.book(self.rulebook, day))
        return matters

    def _says_nothing_new(self, before: Profile, option: Option) -> bool:
        key = (before.as_of, option.id, *(id(at(before, place)) for place in self._touched[option.id]))
        if key not in self._nothing_new:
            self._nothing_new[key] = says_nothing_new(before, option, self.rulebook)
        return self._nothing_new[key]

    def _may_do(self, goal: Goal, chosen: Chosen, some: Sequence[Family]) -> bool:
        """Whether the engine leaves it open that one option of each of these families would do, with what is chosen."""
        key = (names(chosen), frozenset(map(_family, some)))
        if key not in self._closely:
            known = self._combined.whatever(chosen, map(_family, some), at_most=False)
            self._closely[key] = goal.is_possible(self._look(goal, chosen, known), self._places(chosen, some))
        return self._closely[key]

    def _places(self, chosen: Chosen, families: Iterable[Family]) -> frozenset[str]:
        """The parts of a profile that options of these families touch, with those told together with them."""
        asked = tuple(families)
        key = (frozenset(map(_family, asked)), any(map(swaps, chosen)))
        if key not in self._reached:
            options = (option for family in asked for option in self._at_once[_family(family)])
            touching = (place for option in options for place in self._touched[option.id])
            places = _parts(touching, chosen)
            self._reached[key] = places.union(*(together for together in TOLD_TOGETHER if places & together))
        return self._reached[key]

    def _among(self, goal: Goal, chosen: Chosen, families: Sequence[Family]) -> bool:
        """The same for at most one option of each of these families."""
        key = (names(chosen), frozenset(map(_family, families)))
        if key not in self._asked:
            known = self._combined.whatever(chosen, map(_family, families), at_most=True)
            self._asked[key] = goal.is_possible(self._look(goal, chosen, known), self._places(chosen, families))
        return self._asked[key]

    def _look(self, goal: Goal, chosen: Chosen, putting: Places) -> Assessment:
        self.looked_at += 1
        return goal.look(self._combined.profile(chosen, putting), self.rulebook)


NO_NAMES: Names = frozenset()


def _beginnings(families: Sequence[Sequence[Option]]) -> Iterator[Chosen]:
    """What takes time, and who applies, in every combination in which each part matters for the day or beside."""
    for count in range(min(MOST_TOGETHER, len(families)) + 1):
        for some in combinations(families, count):
            for begun in product(*some):
                months = months_taken(begun)
                if not any(
                    not touched(option.change) and months_taken([one for one in begun if one != option]) == months
                    for option in begun
                ):
                    yield begun


def _family(options: Family) -> str:
    return options[0].lever.family


def _steps(chosen: Chosen) -> int:
    return sum(option.lever.step for option in chosen)


def _parts(places: Iterable[str], chosen: Sequence[Option]) -> frozenset[str]:
    """The parts in which places stand; where the two people change places, what is one's is the other's then."""
    parts = parts_of(places)
    return after_the_swap(parts) if any(map(swaps, chosen)) else parts
