"""Conditions, routes and requirements: whether each is met, and on what grounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from eligibility.engine.assessment import Citation, ConditionFinding, Finding, Met, RouteFinding
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.values import Value, all_of, any_of, compare_name, compare_ordered, compare_set, known, negate
from programs.packs.schema.common import Cited
from programs.packs.schema.conditions import (
    Compare,
    Condition,
    HasRelative,
    InList,
    Judgement,
    MainTeer,
    ProgramVerdict,
    Requirement,
    Route,
)
from programs.packs.schema.measures import Measure
from programs.rulebook import FactEntry, RulebookInForce, vocabulary
from programs.rulebook.vocabulary import ORDERED

MOST_FIGURES = 60


class Context(Protocol):
    """What conditions may ask beyond the facts: a grid's score and another program's verdict."""

    facts: Facts
    book: RulebookInForce
    words: Words

    def grid_total(self, grid: str) -> Value:
        """A grid's total, as a range."""

    def verdict_of(self, program: str) -> str:
        """Another program's verdict."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's value and the vocabulary entry it is spoken of with."""

    entry: FactEntry
    value: Value


def _entry(kind: str, label: str, unit: str | None = None) -> FactEntry:
    from programs.packs.schema.common import Text  # noqa: PLC0415

    return FactEntry(key=label, type=kind, label=Text(en=label), answers=(), unit=unit)  # type: ignore[arg-type]


def measure(what: Measure, context: Context) -> Measured:
    """Measure what a condition or a table's axis looks at."""
    facts, words = context.facts, context.words
    if what.fact is not None:
        return Measured(vocabulary().facts[what.fact], facts.value(what.fact))
    if what.experience is not None:
        unit = what.unit or "months"
        return Measured(_entry("number", words["experience"], unit), facts.experience(what.experience, unit))
    if what.credential is not None:
        kind, unit = ("level", None) if what.credential.gives == "level" else ("number", "years")
        return Measured(_entry(kind, words["credential"], unit), facts.credential(what.credential))
    if what.grid is not None:
        name = context.book.grids[what.grid].document.name.in_language(words.language)
        return Measured(_entry("number", name, "points"), context.grid_total(what.grid))
    level = what.list_level
    if level is None:
        raise ValueError("a measure names one thing")
    figure = _list_figure(context, level.occupation_list, level.column, facts.occupation(level.of))
    return Measured(_entry("number", words["occupation"]), figure or known(0))


def _list_figure(context: Context, list_id: str, column: str, occupation: Value) -> Value | None:
    """The figure a list gives an occupation; None where it gives none."""
    entries = context.book.lists[list_id].entries
    if not occupation.is_known:
        figures = [entry.figures.get(column, 0) for entry in entries.values()]
        return Value(0, max(figures, default=0), occupation.missing)
    entry = entries.get(occupation.low)
    figure = entry.figures.get(column) if entry else None
    return None if figure is None else known(figure)


def rank(entry: FactEntry, bound: Any) -> Any:
    """A bound in the form its fact is compared in: levels of education by their rank."""
    if entry.type != "level":
        return bound
    if isinstance(bound, tuple):
        return tuple(vocabulary().level_rank(str(level)) for level in bound)
    return vocabulary().level_rank(str(bound))


def compare(entry: FactEntry, value: Value, op: str, bound: Any) -> Met:
    """Compare a value with a bound, in the way of the fact's type."""
    if entry.type in ORDERED:
        return compare_ordered(value, op, bound)
    if entry.type == "set":
        return compare_set(value, op, bound)
    return compare_name(value, op, bound)


def _table_bounds(context: Context, table_id: str, at: Value) -> list[float]:
    """The figures of the rows that a fact could pick. No row is no figure."""
    table = context.book.tables.get(table_id)
    if table is None or at.low is None:
        return []
    if at.is_known:
        rows = [int(at.low) if isinstance(at.low, float) else at.low]
    elif isinstance(at.low, int | float) and isinstance(at.high, int | float):
        rows = list(range(int(at.low), min(int(at.high), int(at.low) + MOST_FIGURES) + 1))
    else:
        rows = list(table.rows)
    return [figure for figure in (table.figure(row) for row in rows) if figure is not None]


def _compare_with_range(value: Value, op: str, bounds: Sequence[float]) -> Met:
    results = {compare_ordered(value, op, bound) for bound in bounds}
    return results.pop() if len(results) == 1 else None


def _compare(condition: Compare, context: Context) -> ConditionFinding:
    measured = measure(condition, context)
    entry, value, words = measured.entry, measured.value, context.words
    missing = value.missing
    bound: Any
    if condition.table is not None and condition.by is not None:
        at = context.facts.value(condition.by)
        bounds = _table_bounds(context, condition.table, at)
        met = _compare_with_range(value, condition.op, bounds) if bounds else None
        bound, missing = (bounds[0] if bounds else None), missing + at.missing
    elif condition.other_fact is not None:
        other = context.facts.value(condition.other_fact)
        met = _compare_facts(value, condition.op, other)
        bound, missing = (other.low if other.is_known else None), missing + other.missing
    elif condition.list_figure is not None and condition.of is not None and condition.column is not None:
        occupation = context.facts.occupation(condition.of)
        figure = _list_figure(context, condition.list_figure, condition.column, occupation)
        if figure is None:
            return ConditionFinding(True, _label(entry, words), words["no_figure"], words.value(entry, value))
        met = _compare_facts(value, condition.op, figure)
        bound, missing = (figure.low if figure.is_known else None), missing + figure.missing
    else:
        bound = rank(entry, condition.value)
        met = compare(entry, value, condition.op, bound)
    return ConditionFinding(
        met=met,
        subject=_label(entry, words),
        needed=words["unknown"] if bound is None else words.needed(entry, condition.op, bound),
        yours=words.value(entry, value),
        gap=words.gap(entry, value, condition.op, bound) if met is False and bound is not None else None,
        missing=_settles(met, missing),
    )


def _compare_facts(value: Value, op: str, other: Value) -> Met:
    if other.low is None or value.low is None:
        return False
    low, high = compare_ordered(value, op, other.low), compare_ordered(value, op, other.high)
    return low if low == high else None


def _label(entry: FactEntry, words: Words) -> str:
    return entry.label.in_language(words.language)


def _settles(met: Met, missing: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(missing)) if met is None else ()


def _in_list(condition: InList, context: Context) -> ConditionFinding:
    words = context.words
    list_id = condition.in_list or condition.not_in_list or ""
    listed = context.book.lists.get(list_id)
    occupation = context.facts.occupation(condition.occupation_of)
    met: Met = None
    if listed is not None and (occupation.is_known or occupation.low is None):
        met = occupation.low is not None and (occupation.low in listed.entries) == (condition.in_list is not None)
    group = context.book.occupations.get(occupation.low) if occupation.is_known else None
    name = listed.document.name.in_language(words.language) if listed else list_id
    yours = f"{group.code} {group.title.in_language(words.language)}" if group else (
        words["none"] if occupation.low is None else words["unknown"]
    )
    return ConditionFinding(
        met=met,
        subject=words[condition.occupation_of],
        needed=words.say("on_list" if condition.in_list else "off_list", name=name),
        yours=yours,
        missing=_settles(met, occupation.missing),
    )


def _main_teer(condition: MainTeer, context: Context) -> ConditionFinding:
    met = context.facts.main_teer(condition.main_teer_of, condition.teer)
    words = context.words
    answer = "work" if condition.main_teer_of.person == "applicant" else "partner.work"
    return ConditionFinding(
        met=met,
        subject=words["experience"],
        needed=words.say("mainly_teer", values=", ".join(map(str, condition.teer))),
        yours=words["unknown" if met is None else "yes" if met else "no"],
        missing=_settles(met, (answer,)),
    )


def _relative(condition: HasRelative, context: Context) -> ConditionFinding:
    found = context.facts.relative(condition.relative)
    met = compare_name(found, "==", condition.expected)
    words = context.words
    return ConditionFinding(
        met=met,
        subject=words["relatives"],
        needed=words["relative" if condition.expected else "no_relative"],
        yours=words["unknown" if not found.is_known else "yes" if found.low else "no"],
        missing=_settles(met, found.missing),
    )


def _program(condition: ProgramVerdict, context: Context) -> ConditionFinding:
    verdict = context.verdict_of(condition.program)
    met: Met = True if verdict in condition.verdict else None if verdict == "unknown" else False
    name = next(
        (p.document.name.in_language(context.words.language) for p in context.book.programs
         if p.document.id == condition.program),
        condition.program,
    )
    words = context.words
    return ConditionFinding(
        met=met,
        subject=name,
        needed=words.say("verdict_of", name=name),
        yours=words["yes" if met else "unknown" if met is None else "no"],
    )


def _judgement(condition: Judgement, context: Context) -> ConditionFinding:
    words = context.words
    return ConditionFinding(
        met=None,
        subject=words["only_a_person"],
        needed=condition.judgement.in_language(words.language),
        yours=words["confirm"],
        is_judgement=True,
    )


_KINDS: dict[type, Callable[[Any, Context], ConditionFinding]] = {
    Compare: _compare,
    InList: _in_list,
    MainTeer: _main_teer,
    HasRelative: _relative,
    ProgramVerdict: _program,
    Judgement: _judgement,
}


def condition_finding(condition: Condition, context: Context) -> ConditionFinding:
    """Whether one condition is met, and on what grounds."""
    return _KINDS[type(condition)](condition, context)


def route_finding(route: Route, context: Context) -> RouteFinding:
    """Whether all conditions of a route are met."""
    findings = tuple(condition_finding(condition, context) for condition in route)
    return RouteFinding(all_of(finding.met for finding in findings), findings)


def routes_met(routes: Sequence[Route], context: Context) -> tuple[Met, tuple[str, ...]]:
    """Whether one of several routes is met, and the answers that would settle it."""
    findings = [route_finding(route, context) for route in routes]
    met = any_of(finding.met for finding in findings)
    return met, _missing(findings) if met is None else ()


def _missing(findings: Sequence[RouteFinding]) -> tuple[str, ...]:
    open_routes = (finding for finding in findings if finding.met is None)
    return tuple(dict.fromkeys(m for r in open_routes for c in r.conditions if c.met is None for m in c.missing))


def citation(cited: Cited, book: RulebookInForce, language: str) -> Citation:
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


def _nearest(routes: Sequence[RouteFinding]) -> RouteFinding:
    """The route to speak of: one that is met, else one still open, else the one that misses least."""
    order = {True: 0, None: 1, False: 2}
    return min(routes, key=lambda route: (order[route.met], sum(c.met is False for c in route.conditions)))


def _uses_language(requirement: Requirement) -> bool:
    return any(
        isinstance(condition, Compare) and condition.fact is not None and condition.fact.endswith(_LANGUAGE_PARTS)
        and condition.fact.split("_")[0] in ("first", "second", "english", "french", "partner")
        for route in requirement.any_of
        for condition in route
    )


_LANGUAGE_PARTS = ("_listening", "_reading", "_writing", "_speaking", "_lowest")


def requirement_finding(requirement: Requirement, context: "Choosing", version: Any) -> Finding:
    """Whether a requirement is met: by one of its routes, with the language results that serve it best."""
    routes: list[RouteFinding] = []
    contexts = context.each_choice() if _uses_language(requirement) else (context,)
    for chosen in contexts:
        found = [route_finding(route, chosen) for route in requirement.any_of]
        routes.extend(found)
        if any(route.met for route in found):
            routes = found
            break
    met = any_of(route.met for route in routes)
    nearest = _nearest(routes)
    open_conditions = [c for route in routes if route.met is None for c in route.conditions if c.met is None]
    needs_a_person = met is None and any(
        route.met is None and all(c.is_judgement for c in route.conditions if c.met is None) for route in routes
    )
    shown = [c for c in nearest.conditions if c.met is not True] or list(nearest.conditions)
    language = context.words.language
    return Finding(
        id=requirement.id,
        text=requirement.text.in_language(language),
        met=met,
        needed="; ".join(dict.fromkeys(c.needed for c in shown)),
        yours="; ".join(dict.fromkeys(c.yours for c in shown)),
        gap=next((c.gap for c in shown if c.gap), None),
        routes=tuple(routes),
        missing=tuple(dict.fromkeys(m for c in open_conditions for m in c.missing)) if met is None else (),
        needs_a_person=needs_a_person,
        effective_from=version.effective_from,
        citation=citation(requirement, context.book, language),
        note=requirement.note.in_language(language) if requirement.note else None,
        rests_on_estimate=met is not False and _uses_language(requirement) and context.estimates(),
    )


class Choosing(Context, Protocol):
    """A context that can be seen with each choice of language results."""

    def each_choice(self) -> Sequence[Context]:
        """The context under each choice of language results."""

    def estimates(self) -> bool:
        """Whether the language results are the person's own estimate."""


__all__ = ["Choosing", "Context", "Measured", "citation", "compare", "measure", "negate", "rank", "requirement_finding"]
