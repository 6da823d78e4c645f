"""The changed profiles of one search: each change is made once, and then put beside the others by reference.

What may be put together so, and why, is said in `touches`.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from eligibility.planning.changes import made_meanwhile, settled, with_time_passed
from eligibility.planning.copies import copied
from eligibility.planning.language_results import language_of, results_that_count
from eligibility.planning.options import Option
from eligibility.planning.places import PARTNER, agreed, agreed_results, at
from eligibility.planning.touches import NONE, TAKES_TIME, groups, looks_at, touched
from eligibility.profile.model import Partner, Profile
from programs.packs.schema.levers import PartnersSwap, PartnerStays
from programs.rulebook import Rulebook

Names = frozenset[str]
Places = Mapping[str, Any]
NOTHING: Places = MappingProxyType({})


def names(chosen: Iterable[Option]) -> Names:
    """The options by their ids."""
    return frozenset([option.id for option in chosen])


def takes_time(option: Option) -> bool:
    """Whether an option decides the day on which everything is done."""
    return isinstance(option.change, TAKES_TIME)


def goes_first(option: Option) -> bool:
    """Whether an option decides the day on which everything is done, who applies, or who comes along."""
    return isinstance(option.change, (*TAKES_TIME, PartnersSwap, PartnerStays))


def swaps(option: Option) -> bool:
    """Whether an option decides who applies."""
    return isinstance(option.change, PartnersSwap)


class Combined:
    """What `changed` gives for any of the options, put together from changes that were made before."""

    def __init__(
        self, profile: Profile, options: Iterable[Option], rulebook: Rulebook, *, best_results: bool = False
    ) -> None:
        """Hold the profile, and see which options look at what others alter.

        `best_results` says that of several language results nothing matters but what the best of them gives.
        """
        self._best_results = best_results
        self._profile = profile
        self._rulebook = rulebook
        self._families: dict[str, list[Option]] = {}
        for option in options:
            if not goes_first(option):
                self._families.setdefault(option.lever.family, []).append(option)
        self._group = groups({key: [one.change for one in some] for key, some in self._families.items()})
        self._touched = {
            key: NONE.union(*[touched(one.change) for one in some]) for key, some in self._families.items()
        }
        self._looks_at = {
            key: tuple(sorted(NONE.union(*[looks_at(one.change) for one in some])))
            for key, some in self._families.items()
        }
        self._begun: dict[Names, Profile] = {}
        self._values: dict[tuple[Any, ...], Places] = {}
        self._agreed: dict[tuple[Any, ...], Places] = {}

    def begun(self, chosen: Sequence[Option]) -> Profile:
        """The profile on the day on which everything is done, before anything else and with the same applicant."""
        taken = [option for option in chosen if takes_time(option)]
        key = names(taken)
        found = self._begun.get(key)
        if found is None:
            found = self._begun[key] = with_time_passed(self._profile, taken, self._rulebook)
        return found

    def profile(self, chosen: Sequence[Option], putting: Places = NOTHING) -> Profile:
        """The profile with all that is chosen, and with `putting` at its places before it is settled who applies."""
        after = self.begun(chosen)
        by_group: dict[int, list[Option]] = {}
        for option in chosen:
            if option.lever.family in self._group:
                by_group.setdefault(self._group[option.lever.family], []).append(option)
        values: dict[str, Any] = {}
        for some in by_group.values():
            values.update(self._put_by(after, some))
        values.update(putting)
        after = put(after, values) if values else after
        return settled(after, chosen)

    def whatever(self, chosen: Sequence[Option], families: Iterable[str], *, at_most: bool) -> Places:
        """What stands at the places of these families, whichever option of each of them is taken beside.

        Nothing is known where two of them are of one group. With `at_most` a family may also be left out.
        """
        asked = frozenset(families)
        groups_asked = [self._group[family] for family in asked]
        found: dict[str, Any] = {}
        for family in asked:
            if groups_asked.count(self._group[family]) > 1:
                found.update(dict.fromkeys(self._touched[family]))
            else:
                found.update(self._whatever_of(chosen, family, at_most=at_most))
        return found

    def unknown(self, families: Iterable[str]) -> Places:
        """Nothing known at any place of these families."""
        return dict.fromkeys([place for family in families for place in self._touched[family]])

    def _whatever_of(self, chosen: Sequence[Option], family: str, *, at_most: bool) -> Places:
        group, after = self._group[family], self.begun(chosen)
        beside = [one for one in chosen if self._group.get(one.lever.family) == group]
        key = (names(one for one in chosen if takes_time(one)), names(beside), family, at_most)
        found = self._agreed.get(key)
        if found is None:
            each = [self._put_by(after, [*beside, option]) for option in self._families[family]]
            if at_most:
                each.append(self._put_by(after, beside) if beside else {})
            by_place = {
                place: [values[place] if place in values else at(after, place) for values in each]
                for place in self._touched[family]
            }
            found = self._agreed[key] = {
                place: self._what_all_say(place, values, after, at_most=at_most) for place, values in by_place.items()
            }
        return found

    def _what_all_say(self, place: str, values: Sequence[Any], after: Profile, *, at_most: bool) -> Any:
        if place.endswith("language_tests"):
            book = self._rulebook.on(after.as_of)
            still = [results_that_count(tests, after.as_of, book) for tests in values]
            return agreed_results(still, lambda test: language_of(test, book), side_by_side=self._best_results)
        if at_most:
            return values[0] if all(value == values[0] for value in values) else None
        return agreed(values)

    def _put_by(self, after: Profile, some: Sequence[Option]) -> Places:
        """What options of one group put at their places."""
        families = [option.lever.family for option in some]
        looked = tuple([id(at(after, place)) for family in families for place in self._looks_at[family]])
        key = (after.as_of, names(some), looked)
        found = self._values.get(key)
        if found is None:
            made = made_meanwhile(after, some, self._rulebook)
            places = NONE.union(*[touched(option.change) for option in some])
            found = self._values[key] = {place: at(made, place) for place in places}
        return found


def put(held: Any, values: Places) -> Any:
    """A profile, or a part of one, with other values at some places, such as `work` or `partner.work`."""
    update: dict[str, Any] = {}
    below: dict[str, dict[str, Any]] = {}
    for place, value in values.items():
        name, _, rest = place.partition(".")
        if rest:
            below.setdefault(name, {})[rest] = value
        else:
            update[name] = value
    for name, inner in below.items():
        part = update[name] if name in update else getattr(held, name)
        if part is None and name == PARTNER and any(value is not None for value in inner.values()):
            part = Partner()
        if part is not None:
            update[name] = put(part, inner)
    return copied(held, **update)
