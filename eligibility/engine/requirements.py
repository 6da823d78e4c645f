"""Routes and requirements, compiled."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from eligibility.engine.assessment import Citation, ConditionFinding, Finding, RouteFinding
from eligibility.engine.conditions import Explained, Truth, explained
from eligibility.engine.readings import Readings, Values, View, picker
from eligibility.facts.values import Met, all_of, any_of
from programs.packs.schema.common import Cited
from programs.packs.schema.conditions import Compare, Requirement, Route
from programs.rulebook import RulebookInForce, vocabulary

CompiledRoute = tuple[Explained, ...]
RouteParts = tuple[ConditionFinding, ...]
_NEARNESS = {True: 0, None: 1, False: 2}


def cite(cited: Cited, book: RulebookInForce, language: str) -> Citation:
    """What a statement rests on."""
    title = book.source_titles.get(cited.source)
    return Citation(
        source=cited.source,
        provision=cited.provision,
        as_of=cited.as_of,
        confidence=cited.confidence,
        caution=cited.caution.in_language(language) if cited.caution else None,
        title=title.in_language(language) if title else None,
    )


def compile_routes(
    routes: Sequence[Route], readings: Readings, program: str | None = None
) -> tuple[CompiledRoute, ...]:
    """Prepare routes for being asked."""
    return tuple(tuple(explained(condition, readings, program) for condition in route) for route in routes)


def slots_of(routes: Sequence[CompiledRoute]) -> tuple[int, ...]:
    """The places of everything that routes look at."""
    return tuple(dict.fromkeys(slot for route in routes for condition in route for slot in condition.slots))


def routes_truth(routes: Sequence[CompiledRoute], values: Values) -> Truth:
    """Whether one of several routes is met, and the answers that would settle it."""
    result: Met = False
    missing: tuple[str, ...] = ()
    for route in routes:
        met, needs = _route_truth(route, values)
        if met:
            return True, ()
        if met is None:
            result = None
            missing += needs
    return result, missing


def _route_truth(route: CompiledRoute, values: Values) -> Truth:
    result: Met = True
    missing: tuple[str, ...] = ()
    for condition in route:
        met, needs = condition.truth(values)
        if met is False:
            return False, ()
        if met is None:
            result = None
            missing += needs
    return result, missing


def _ask(route: CompiledRoute, view: View) -> RouteParts:
    return tuple([condition.finding(view) for condition in route])


def _judge(route: CompiledRoute, view: View) -> tuple[Met, bool]:
    """Whether a route is met; if that is open, whether it lacks nothing but what a person must judge."""
    met: Met = True
    waits = True
    for condition in route:
        is_met = condition.truth(view.values)[0]
        if is_met is False:
            return False, False
        if is_met is None:
            met, waits = None, waits and condition.is_for_a_person(view)
    return met, waits


def _is_met(parts: RouteParts) -> bool:
    return all([part.met for part in parts])  # noqa: C419 - a list is quicker here, and this is asked most of all


def _nearest(routes: Sequence[RouteFinding]) -> RouteFinding:
    """The route to speak of: one that is met, else one still open, else the one that misses least."""
    if len(routes) == 1:
        return routes[0]
    return min(routes, key=lambda route: (_NEARNESS[route.met], sum(c.met is False for c in route.conditions)))


def _speaks_of_language(requirement: Requirement) -> bool:
    sets = vocabulary().language_sets
    return any(
        isinstance(condition, Compare) and condition.fact is not None and condition.fact.rpartition("_")[0] in sets
        for route in requirement.any_of
        for condition in route
    )


class CompiledRequirement:
    """A requirement, ready to be held against applicants. The same values give the same finding, which is kept."""

    def __init__(self, requirement: Requirement, effective_from: dt.date, readings: Readings, program: str) -> None:
        """Prepare the routes and everything that never changes."""
        book, language = readings.book, readings.words.language
        self.id = requirement.id
        self._text = requirement.text.in_language(language)
        self._note = requirement.note.in_language(language) if requirement.note else None
        self._effective_from = effective_from
        self._citation = cite(requirement, book, language)
        self._routes = compile_routes(requirement.any_of, readings, program)
        self.slots: tuple[int, ...] = slots_of(self._routes)
        self.conditions = tuple([condition for route in self._routes for condition in route])
        self.by_choice = _speaks_of_language(requirement)
        self._estimates = readings.estimates() if self.by_choice else None
        if self._estimates is not None:
            self.slots += (self._estimates,)
        self._pick = picker(self.slots)
        self._memory = readings.memory
        self._kept: dict[Any, Finding] = readings.memory.table()

    def judged(self, views: Sequence[View]) -> tuple[Met, bool]:
        """What `found` says of being met and of needing a person, without a word of it."""
        met: Met = False
        needs_a_person = False
        for view in views if self.by_choice else views[:1]:
            for route in self._routes:
                is_met, waits = _judge(route, view)
                if is_met:
                    return True, False
                if is_met is None:
                    met, needs_a_person = None, needs_a_person or waits
        return met, needs_a_person

    def found(self, views: Sequence[View]) -> Finding:
        """Whether the requirement is met, and on what grounds: with the language results that serve it best."""
        if len(views) > 1 and self.by_choice:
            key = tuple([self._pick(view.codes) for view in views])
        else:
            key = self._pick(views[0].codes)
        found = self._kept.get(key)
        return found if found is not None else self._memory.keep(self._kept, key, self._explain(views))

    def _found(self, views: Sequence[View]) -> list[RouteParts]:
        """What each route gives, with the language results that serve it best."""
        if not self.by_choice:
            return [_ask(route, views[0]) for route in self._routes]
        every: list[RouteParts] = []
        for view in views:
            found = [_ask(route, view) for route in self._routes]
            if any(_is_met(parts) for parts in found):
                return found
            every += found
        return every

    def _explain(self, views: Sequence[View]) -> Finding:
        found = self._found(views)
        estimated = self._estimates is not None and views[0].values[self._estimates].low is True
        routes = tuple([RouteFinding(all_of([part.met for part in parts]), parts) for parts in found])
        met = any_of([route.met for route in routes])
        nearest = _nearest(routes)
        shown: Sequence[ConditionFinding] = nearest.conditions
        if len(shown) > 1:
            shown = [condition for condition in shown if condition.met is not True] or shown
        return Finding(
            id=self.id,
            text=self._text,
            met=met,
            needed="; ".join(dict.fromkeys([c.needed for c in shown])),
            yours="; ".join(dict.fromkeys([c.yours for c in shown])),
            gap=next((c.gap for c in shown if c.gap), None),
            routes=routes,
            missing=_missing(routes) if met is None else (),
            needs_a_person=met is None and any(_waits_for_a_person(route) for route in routes),
            effective_from=self._effective_from,
            citation=self._citation,
            note=self._note,
            about=next((c.about for c in nearest.conditions if c.met is False), ""),
            hangs=met is False and all(c.hangs for c in nearest.conditions if c.met is False),
            rests_on_estimate=met is not False and estimated,
        )


def _missing(routes: Sequence[RouteFinding]) -> tuple[str, ...]:
    open_routes = [route for route in routes if route.met is None]
    return tuple(dict.fromkeys([m for r in open_routes for c in r.conditions if c.met is None for m in c.missing]))


def _waits_for_a_person(route: RouteFinding) -> bool:
    """Whether a route lacks nothing but what a person must judge."""
    return route.met is None and all(c.is_judgement for c in route.conditions if c.met is None)
