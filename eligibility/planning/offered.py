"""The levers that a person is offered: those whose needs are met and that would change something."""

import hashlib
from collections.abc import Iterable, Sequence

from eligibility.engine import assess
from eligibility.planning.changes import Option, changed
from eligibility.planning.narrow import asking
from eligibility.profile.model import Profile
from programs.packs.schema import Levers
from programs.packs.schema.levers import Lever, NewJobOffer
from programs.rulebook import Rulebook


def levers_of(rulebook: Rulebook) -> tuple[Lever, ...]:
    """Every lever of the rulebook."""
    collections: list[Levers] = rulebook.of_kind(Levers)
    return tuple(lever for collection in collections for lever in collection.levers)


def options_for(profile: Profile, rulebook: Rulebook, levers: Sequence[Lever]) -> tuple[Option, ...]:
    """What the person could do.

    A lever whose needs may or may not be met is not offered, nor one that changes no more than a smaller step of its
    family does (a level that is reached already).
    """
    allowed = _whose_needs_are_met(profile, rulebook, levers)
    found = [option for lever in levers if lever.id in allowed for option in _variants(lever, profile)]
    kept: dict[tuple[str, Profile], Option] = {}
    for option in sorted(found, key=lambda option: option.lever.step):
        after = changed(profile, (option,), rulebook)
        if after != profile:
            kept.setdefault((option.lever.family, after), option)
    offered = set(kept.values())
    return tuple(option for option in found if option in offered)


def _whose_needs_are_met(profile: Profile, rulebook: Rulebook, levers: Sequence[Lever]) -> set[str]:
    needy = {lever.id: lever.needs for lever in levers if lever.needs}
    free = {lever.id for lever in levers if not lever.needs}
    if not needy:
        return free
    key = hashlib.sha256("\n".join(f"{key} {routes}" for key, routes in needy.items()).encode()).hexdigest()
    book = asking(rulebook.on(profile.as_of), key, needy)
    assessment = assess(profile, book, programs=tuple(needy), grids=())
    return free | {one.id for one in assessment.programs if one.id in needy and one.verdict == "eligible"}


def _variants(lever: Lever, profile: Profile) -> Iterable[Option]:
    """One option for each province that the person is interested in, where the lever could be in several."""
    if not isinstance(lever.change, NewJobOffer):
        return (Option(lever.id, lever),)
    wanted = profile.provinces_of_interest or lever.change.provinces
    provinces = [province for province in lever.change.provinces if province in wanted]
    return tuple(Option(f"{lever.id}@{province}", lever, province) for province in provinces)
