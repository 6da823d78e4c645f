"""The levers that a person is offered: those whose needs are met and that would change something."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from eligibility.engine import assess
from eligibility.engine.assessment import ConditionFinding, Finding
from eligibility.engine.fulfilled import FULFILLED
from eligibility.planning.changes import changed, last_occupation
from eligibility.planning.copies import copied
from eligibility.planning.narrow import asking
from eligibility.planning.options import Option
from eligibility.profile.model import Profile
from programs.packs.schema import Levers, Program
from programs.packs.schema.levers import Lever, NewJobOffer, NewNomination
from programs.rulebook import Rulebook, RulebookInForce

# What conditions on lists of occupations look at, when it is the person's own.
OCCUPATIONS = frozenset({"main_occupation", "work"})


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
    found = [option for lever in levers if lever.id in allowed for option in _variants(lever, profile, rulebook)]
    # An id may be anything, a list too, which is no key; and it decides nothing.
    nameless = copied(profile, id=None)
    kept: dict[tuple[str, Profile], Option] = {}
    for option in sorted(found, key=lambda option: option.lever.step):
        after = changed(nameless, (option,), rulebook)
        if after != nameless:
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


def _variants(lever: Lever, profile: Profile, rulebook: Rulebook) -> Iterable[Option]:
    """One option for each province, occupation or stream in which the lever could be."""
    match lever.change:
        case NewJobOffer():
            return _offers(lever, lever.change, profile, rulebook.on(profile.as_of))
        case NewNomination(from_streams=True):
            return _nominations(lever, profile, rulebook.on(profile.as_of))
        case _:
            return (Option(lever.id, lever),)


def _offers(lever: Lever, change: NewJobOffer, profile: Profile, book: RulebookInForce) -> Iterable[Option]:
    """One for each province that the person is interested in and each TEER category that they worked in."""
    wanted = profile.provinces_of_interest or change.provinces
    others = () if change.noc is not None else _other_occupations(profile, book)
    for province in change.provinces:
        if province in wanted:
            yield Option(f"{lever.id}@{province}", lever, province)
            yield from (Option(f"{lever.id}@{province}-{noc}", lever, province, noc=noc) for noc in others)


def _other_occupations(profile: Profile, book: RulebookInForce) -> tuple[str, ...]:
    """The last occupation of each TEER category in which the person worked, beside that of the last job."""
    last = last_occupation(profile.work)
    if last is None or last not in book.occupations:
        return ()
    found = {book.occupations[last].teer: last}
    for job in sorted(profile.work or (), key=lambda job: job.start or dt.date.min, reverse=True):
        if job.noc is not None and job.noc in book.occupations:
            found.setdefault(book.occupations[job.noc].teer, job.noc)
    return tuple(noc for noc in found.values() if noc != last)


def _nominations(lever: Lever, profile: Profile, book: RulebookInForce) -> Iterable[Option]:
    """One for each stream that the person qualifies for, or where there is none, misses by one requirement."""
    streams = {one.document.id: one.document for one in book.programs if _counts_in_the_pool(one.document)}
    results = assess(profile, book, programs=tuple(streams), grids=()).programs
    qualified = [one.id for one in results if one.verdict in FULFILLED]
    nearly = [one.id for one in results if len(one.missed) == 1 and not _is_of_another_occupation(one.missed[0])]
    for program in qualified or nearly:
        yield Option(f"{lever.id}@{program}", lever, _province(streams[program].authority), program)


def _is_of_another_occupation(missed: Finding) -> bool:
    """Whether a requirement is missed because it is for people of other occupations: that is no step to make."""
    conditions = [condition for route in missed.routes for condition in route.conditions]
    return any(one.met is False and (one.about in OCCUPATIONS or _asks_of_offer(one)) for one in conditions)


def _asks_of_offer(condition: ConditionFinding) -> bool:
    """Whether it holds the occupation of an offer that nobody made yet against a list."""
    return condition.about == "job_offer" and condition.hangs


def _counts_in_the_pool(document: Program) -> bool:
    return document.leads_to == "nomination" and (document.express_entry_linked or document.express_entry_option)


def _province(authority: str) -> str:
    """The province whose authority nominates: a profile names it in capitals."""
    return authority.upper()
