"""Whether conditions can never hold together, or one always holds.

Only what follows from the rules themselves is said: the conditions of one route that look at the same fact, and the
values that the fact can take. A fact without a closed list of values or an end to its scale is taken to have none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from programs.checks.problems import Location, Severity
from programs.checks.values import comparison_problems
from programs.checks.walk import parts
from programs.packs.schema import Pack
from programs.packs.schema.conditions import Compare, InList, Requirement, Route
from programs.packs.schema.grids import Case, Factor
from programs.packs.sentences import condition_sentence, name_of
from programs.rulebook import FactEntry, Scale, Vocabulary

Finding = tuple[Severity, Location, str]
_NUMBERS = frozenset({"number", "money", "clb"})


def holding_problems(document: Pack, words: Vocabulary) -> Iterator[Finding]:
    """Every route that cannot be met (an error), and every condition that is always met (worth a second look)."""
    for location, part in parts(document):
        for key, routes in _routes(part):
            for number, route in enumerate(routes):
                for severity, message in route_problems(route, words):
                    yield severity, (*location, key, number), message


def route_problems(route: Route, words: Vocabulary) -> Iterator[tuple[Severity, str]]:
    """What is odd about the conditions of one route."""
    by_fact: dict[str, list[Compare]] = defaultdict(list)
    for condition in route:
        if isinstance(condition, Compare) and _can_be_judged(condition, words):
            by_fact[str(condition.fact)].append(condition)
    for fact, conditions in by_fact.items():
        entry = words.facts[fact]
        if not _can_hold(conditions, entry, words):
            together = "”, “".join(condition_sentence(each) for each in conditions)
            said = "can never hold" if len(conditions) == 1 else "can never hold together"
            yield "error", f"“{together}”: this {said}, so nobody can meet it"
            continue
        for each in conditions:
            if _always_holds(each, entry, words):
                yield "warning", f"“{condition_sentence(each)}” holds for every value, so it sets nobody apart"
    yield from _list_problems(route)


def _can_be_judged(condition: Compare, words: Vocabulary) -> bool:
    """Whether it compares a fact with values of its kind: what is mistyped is told by another check."""
    if condition.fact not in words.facts or condition.value is None:
        return False
    return not any(comparison_problems(condition, words))


def _routes(part: Any) -> Iterator[tuple[str, Sequence[Route]]]:
    if isinstance(part, Requirement | Case):
        yield "any_of", part.any_of
    if isinstance(part, Factor):
        yield "applies_when", part.applies_when


def _list_problems(route: Route) -> Iterator[tuple[Severity, str]]:
    lists = [each for each in route if isinstance(each, InList)]
    on = {(each.occupation_of, each.in_list) for each in lists if each.in_list}
    for each in lists:
        if each.not_in_list and (each.occupation_of, each.not_in_list) in on:
            name = name_of("occupation_list", each.not_in_list)
            yield "error", f"one occupation cannot both be on the list “{name}” and not be on it"


def _can_hold(conditions: Sequence[Compare], entry: FactEntry, words: Vocabulary) -> bool:
    if entry.type == "set":
        return _sets_can_hold(conditions)
    values = _values(entry, words)
    if values is None:
        named = [each for each in conditions if each.op in ("==", "in")]
        scale = _scale(entry, words)
        if not named:
            return entry.type not in _NUMBERS or _range_is_open(conditions, scale)
        values = list(_several(named[0].value))
        values = [value for value in values if scale is None or _on_scale(value, scale)]
    return any(all(_holds(value, each, words) for each in conditions) for value in values)


def _sets_can_hold(conditions: Sequence[Compare]) -> bool:
    forbidden = {value for each in conditions if each.op == "contains_none" for value in _several(each.value)}
    wanted = [set(_several(each.value)) for each in conditions if each.op == "contains"]
    return all(not values <= forbidden for values in wanted)


def _range_is_open(conditions: Sequence[Compare], scale: Scale | None) -> bool:
    """Whether some number lies between the bounds that comparisons set and the ends of the scale."""
    lower: list[tuple[Any, bool]] = [] if scale is None else [(scale.low, False)]
    upper: list[tuple[Any, bool]] = [] if scale is None or scale.high is None else [(scale.high, False)]
    lower += [(each.value, each.op == ">") for each in conditions if each.op in (">", ">=")]
    upper += [(each.value, each.op == "<") for each in conditions if each.op in ("<", "<=")]
    return all(
        least < most or (least == most and not (least_open or most_open))
        for least, least_open in lower
        for most, most_open in upper
    )


def _always_holds(condition: Compare, entry: FactEntry, words: Vocabulary) -> bool:
    values = _values(entry, words)
    if values is not None:
        return all(_holds(value, condition, words) for value in values)
    scale = _scale(entry, words)
    if scale is None:
        return False
    low, high = scale.low, scale.high
    value: Any = condition.value
    match condition.op:
        case ">=":
            return bool(value <= low)
        case ">":
            return bool(value < low)
        case "<=":
            return high is not None and bool(value >= high)
        case "<":
            return high is not None and bool(value > high)
        case _:
            return False


def _values(entry: FactEntry, words: Vocabulary) -> list[Any] | None:
    """All values of a fact; None where they are not a closed list."""
    if entry.type == "boolean":
        return [True, False]
    if entry.type == "level":
        return [level.key for level in words.levels]
    scale = _scale(entry, words)
    if scale is not None and scale.high is not None and scale.whole:
        return list(range(scale.low, scale.high + 1))
    return list(entry.choices) if entry.type == "choice" and entry.choices else None


def _scale(entry: FactEntry, words: Vocabulary) -> Scale | None:
    return words.scale_of(entry) if entry.type in _NUMBERS else None


def _on_scale(value: Any, scale: Scale) -> bool:
    return not isinstance(value, int | float) or (value >= scale.low and (scale.high is None or value <= scale.high))


def _several(value: Any) -> Iterable[Any]:
    return value if isinstance(value, tuple) else (value,)


def _holds(value: Any, condition: Compare, words: Vocabulary) -> bool:
    wanted: Any = condition.value
    if condition.op in ("==", "in"):
        return value in _several(wanted)
    if condition.op in ("!=", "not_in"):
        return value not in _several(wanted)
    if isinstance(value, str):
        value, wanted = words.level_rank(value), words.level_rank(wanted)
    compared = {">=": value >= wanted, "<=": value <= wanted, ">": value > wanted, "<": value < wanted}
    return bool(compared.get(condition.op, True))
