"""Which facts the rules look at, for whom, and which values they name: what is worth asking.

Read once from the rulebook in force. Nothing here knows a rule: a program that begins to use a fact brings its
question up, and one that is withdrawn takes it away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, cast

from pydantic import BaseModel

from eligibility.wizard import rules
from eligibility.wizard.places import PROVINCES
from programs.packs.schema.common import Text
from programs.packs.schema.conditions import Compare, Requirement, Route
from programs.rulebook import ProgramInForce, RulebookInForce, vocabulary

Places = frozenset[str] | None
OFFER_PROVINCE = "job_offer_province"
_CACHED, _BY_FACTS = "what the questionnaire asks", "what the questionnaire asks, by fact"
_FACT_KEYS = ("fact", "other_fact", "by")
_PROSE = frozenset({"text", "name", "note", "source", "provision", "caution", "as_of", "judgement"})
_PROVINCES = frozenset(code for code, _name in PROVINCES)


@dataclass(frozen=True, slots=True)
class Use:
    """What one program and its grids look at.

    Attributes:
        program: its id.
        name: its public name.
        provinces: where the job must be, or whose program it is; None for anywhere.
        needs_offer: whether it is only for people with a job offer.
        values: the facts it looks at, with the values it names for each, in order.
        words: every code it names anywhere, rows of tables among them.

    """

    program: str
    name: Text
    provinces: Places
    needs_offer: bool
    values: Mapping[str, tuple[str, ...]]
    words: frozenset[str]

    def is_for(self, places: Places, *, has_offer: bool) -> bool:
        """Whether it can be meant for someone who looks at these provinces (None: at all of them)."""
        if self.needs_offer and not has_offer:
            return False
        return self.provinces is None or places is None or bool(self.provinces & places)


def _parts(node: Any) -> Iterator[Any]:
    """Everything inside a document: its models and its plain values."""
    if isinstance(node, BaseModel):
        yield node
        for key, inner in vars(node).items():
            if key not in _PROSE:
                yield from _parts(inner)
    elif isinstance(node, tuple | list):
        for inner in node:
            yield from _parts(inner)
    elif isinstance(node, Mapping):
        for key, inner in node.items():
            yield key
            yield from _parts(inner)
    else:
        yield node


def _named(condition: Compare) -> tuple[str, ...]:
    value = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return tuple(each for each in value if isinstance(each, str))


def _provinces_of_route(route: Route) -> Places:
    """Where the job is by this route; None if it does not say."""
    for condition in route:
        if isinstance(condition, Compare) and condition.fact == OFFER_PROVINCE and condition.op in {"==", "in"}:
            return frozenset(_named(condition)) or None
    return None


def _provinces_of_requirement(requirement: Requirement) -> Places:
    routes = [_provinces_of_route(route) for route in requirement.any_of]
    if any(route is None for route in routes):
        return None
    return frozenset[str]().union(*(route for route in routes if route is not None))


def _both(first: Places, second: Places) -> Places:
    if first is None or second is None:
        return second if first is None else first
    return first & second


def _use(program: ProgramInForce, book: RulebookInForce) -> Use:
    document, version = program.document, program.version
    requirements = version.requirements if version else ()
    grids = {*document.grids, *(part.grid for part in _parts(requirements) if getattr(part, "grid", None))}
    parts = [*_parts(requirements)]
    for grid in sorted(grids):
        if grid in book.grids:
            parts += _parts(book.grids[grid].version)
    values: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for key in _FACT_KEYS if isinstance(part, BaseModel) else ():
            fact = getattr(part, key, None)
            if isinstance(fact, str):
                named = _named(part) if key == "fact" and isinstance(part, Compare) else ()
                values[fact] = tuple(dict.fromkeys((*values.get(fact, ()), *named)))
    own = document.authority.upper()
    provinces = reduce(_both, map(_provinces_of_requirement, requirements), cast(Places, None))
    return Use(
        program=document.id,
        name=document.name,
        provinces=frozenset({own}) if own in _PROVINCES else provinces,
        needs_offer=document.job_offer == "required",
        values=values,
        words=frozenset(part for part in parts if isinstance(part, str)),
    )


def uses() -> tuple[Use, ...]:
    """What each program in force looks at."""
    book = rules.in_force()
    if _CACHED not in book.cache:
        book.cache[_CACHED] = tuple(_use(program, book) for program in book.programs)
    return cast(tuple[Use, ...], book.cache[_CACHED])


def _looking_at(facts: tuple[str, ...]) -> tuple[Use, ...]:
    """The programs that look at one of the facts: the same for everyone, and asked for on every page."""
    found: dict[tuple[str, ...], tuple[Use, ...]] = rules.in_force().cache.setdefault(_BY_FACTS, {})
    if facts not in found:
        wanted = set(facts)
        found[facts] = tuple(use for use in uses() if wanted & use.values.keys())
    return found[facts]


def users(facts: tuple[str, ...], places: Places, *, has_offer: bool) -> Iterator[Use]:
    """The programs that look at one of the facts and can still be meant for this person."""
    return (use for use in _looking_at(facts) if use.is_for(places, has_offer=has_offer))


def matters(facts: tuple[str, ...], places: Places, *, has_offer: bool) -> bool:
    """Whether one of the facts can still make a difference."""
    return any(True for _use in users(facts, places, has_offer=has_offer))


def values_named(fact: str, places: Places = None) -> list[str]:
    """The values that the rules name for a fact, in alphabetical order."""
    return sorted({value for use in users((fact,), places, has_offer=True) for value in use.values[fact]})


def values_named_beside(fact: str, other: str) -> frozenset[str]:
    """The values that the programs which look at one fact name for another (whose citizens they are for)."""
    found = (use.values.get(other, ()) for use in users((fact,), None, has_offer=True))
    return frozenset(value for values in found for value in values)


def choices_in_use(fact: str, places: Places) -> list[tuple[str, str]]:
    """The vocabulary's choices of a fact that programs for these provinces name, in the vocabulary's order."""
    entry = vocabulary().facts[fact]
    named = {word for use in users((fact,), places, has_offer=True) for word in use.words}
    return [(key, rules.in_words(entry.choice_labels[key])) for key in entry.choices if key in named]


def choices(fact: str) -> list[tuple[str, str]]:
    """All of the vocabulary's choices of a fact."""
    entry = vocabulary().facts[fact]
    return [(key, rules.in_words(entry.choice_labels[key])) for key in entry.choices if key in entry.choice_labels]


def programs_named(fact: str, places: Places) -> list[tuple[str, str]]:
    """The programs that the rules name as values of a fact, with their public names."""
    names = {use.program: use.name for use in uses()}
    return [(key, rules.in_words(names[key]) if key in names else key) for key in values_named(fact, places)]
