"""Scoring: a grid's factors, their caps, and the lowest and highest the total could be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from eligibility.engine.assessment import Line, Score
from eligibility.engine.conditions import Context, citation, measure, rank, routes_met
from eligibility.engine.words import Words
from eligibility.facts import Facts, branches
from eligibility.facts.language import Choice, Result
from eligibility.facts.values import Met, Value
from programs.packs.schema.grids import Axis, Band, Factor, PointsTable
from programs.rulebook import ABILITIES, FactEntry, GridInForce, RulebookInForce, vocabulary


@dataclass(frozen=True, slots=True)
class _Points:
    """Points as they could be: from `low` to `high`, and the answers that would settle them."""

    low: int
    high: int
    yours: str = ""
    missing: tuple[str, ...] = ()


def _holds(band: Band, value: Any, entry: FactEntry) -> bool:
    if band.values:
        wanted = rank(entry, band.values)
        return value in wanted
    whole = int(value // 1)
    return (band.min is None or whole >= band.min) and (band.max is None or whole <= band.max)


def _bands_reached(axis: Axis, entry: FactEntry, value: Value) -> list[int]:
    """The bands that a value could lie in. What does not apply lies in none."""
    if value.low is None:
        return []
    if value.is_known:
        return [i for i, band in enumerate(axis.bands) if _holds(band, value.low, entry)]
    if isinstance(value.low, bool) or not isinstance(value.low, int | float):
        return list(range(len(axis.bands)))
    return [i for i, band in enumerate(axis.bands) if _overlaps(band, value, entry)]


def _overlaps(band: Band, value: Value, entry: FactEntry) -> bool:
    if band.values:
        return any(value.low <= bound <= value.high for bound in rank(entry, band.values))
    low, high = int(value.low // 1), int(value.high // 1)
    return (band.max is None or low <= band.max) and (band.min is None or high >= band.min)


def _ability_value(axis: Axis, ability: str, context: Context) -> tuple[FactEntry, Value]:
    role = axis.measure.fact or ""
    return vocabulary().facts[f"{role}_{ability}"], context.facts.ability(role, ability)


def _cells(table: PointsTable, rows: list[int], columns: list[int]) -> tuple[int, int]:
    """The least and most points among the cells that could be meant. A value in no band earns nothing."""
    found = [table.points[row][column] for row in rows for column in columns]
    return (min(found), max(found)) if found else (0, 0)


def _table(table: PointsTable, context: Context) -> _Points:
    columns, missing = [0], ()
    said: list[str] = []
    words = context.words
    if table.columns is not None:
        measured = measure(table.columns.measure, context)
        columns = _bands_reached(table.columns, measured.entry, measured.value)
        missing = measured.value.missing
        if measured.entry.key != "partner_counts":
            said.append(words.value(measured.entry, measured.value))
    if table.per_ability:
        return _per_ability(table, columns, missing, context)
    measured = measure(table.rows.measure, context)
    rows = _bands_reached(table.rows, measured.entry, measured.value)
    said.insert(0, words.value(measured.entry, measured.value))
    low, high = _cells(table, rows, columns)
    return _Points(low, high, " · ".join(said), measured.value.missing + missing)


def _per_ability(table: PointsTable, columns: list[int], missing: tuple[str, ...], context: Context) -> _Points:
    low = high = 0
    said = []
    for ability in ABILITIES:
        entry, value = _ability_value(table.rows, ability, context)
        least, most = _cells(table, _bands_reached(table.rows, entry, value), columns)
        low, high = low + least, high + most
        missing += value.missing
        said.append(_short_level(context.words, entry, value))
    return _Points(low, high, " / ".join(said), missing)


def _short_level(words: Words, entry: FactEntry, value: Value) -> str:
    return words.one(entry, value.low) if value.is_known else "?" if value.low == 0 else f"{value.low:g}–{value.high:g}"


def _cases(factor: Factor, context: Context) -> _Points:
    """The best case that is met; the most it could be is the best case that is not ruled out.

    Cases may take points away: where several are met the one worth most counts.
    """
    surely: list[int] = []
    perhaps: list[int] = []
    missing: tuple[str, ...] = ()
    said = ""
    for case in sorted(factor.cases, key=lambda case: -case.points):
        met, needs = routes_met(case.any_of, context)
        if met:
            surely.append(case.points)
            said = case.text.in_language(context.words.language)
            break
        if met is None:
            perhaps.append(case.points)
            missing += needs
    low = surely[0] if surely else min(0, *perhaps, 0)
    high = max(low if surely else 0, *perhaps, surely[0] if surely else 0)
    return _Points(low, high, said or context.words["unknown" if perhaps else "no"], missing)


def _cap(factor: Factor, facts: Facts) -> tuple[int | None, int | None]:
    """The cap as it could be: the lowest and the highest."""
    if factor.cap_when is None:
        return factor.cap, factor.cap
    fact = facts.value(factor.cap_when.fact)
    if fact.is_known:
        cap = factor.cap_when.cap if fact.low is factor.cap_when.is_ else factor.cap
        return cap, cap
    caps = sorted(cap for cap in (factor.cap, factor.cap_when.cap) if cap is not None)
    return caps[0], caps[-1] if factor.cap is not None else None


def _bounded(points: int, cap: int | None, floor: int | None) -> int:
    if cap is not None:
        points = min(points, cap)
    return points if floor is None else max(points, floor)


def _most(factor: Factor, cap: int | None) -> int | None:
    """The most a factor can give: its cap, or what its table or cases offer."""
    if cap is not None:
        return cap
    if factor.table is not None:
        return max(max(row) for row in factor.table.points) * (len(ABILITIES) if factor.table.per_ability else 1)
    if factor.cases:
        return max(0, *(case.points for case in factor.cases))
    return None


def _applies(factor: Factor, context: Context, program: str | None) -> tuple[Met, tuple[str, ...]]:
    if factor.only_for and program not in factor.only_for:
        return False, ()
    if not factor.applies_when:
        return True, ()
    return routes_met(factor.applies_when, context)


def _line(factor: Factor, context: Context, program: str | None) -> Line:
    """Score one factor and everything below it."""
    applies, needs = _applies(factor, context, program)
    children: tuple[Line, ...] = ()
    if applies is False:
        children = tuple(_nothing(child, context) for child in factor.children)
        points = _Points(0, 0, "–")
    elif factor.children:
        children = tuple(_line(child, context, program) for child in factor.children)
        gather = sum if factor.combine == "sum" else max
        points = _Points(
            gather(child.points for child in children),
            gather(child.high for child in children),
            "",
            tuple(m for child in children for m in child.missing),
        )
    elif factor.table is not None:
        points = _table(factor.table, context)
    else:
        points = _cases(factor, context)
    low_cap, high_cap = _cap(factor, context.facts)
    low, high = _bounded(points.low, low_cap, factor.floor), _bounded(points.high, high_cap, factor.floor)
    if applies is None:
        low, high = min(low, 0), max(high, 0)
    language = context.words.language
    return Line(
        id=factor.id,
        name=factor.name.in_language(language),
        role=factor.role,
        points=low,
        high=high,
        cap=_most(factor, high_cap),
        yours=points.yours,
        missing=tuple(dict.fromkeys((*points.missing, *needs))) if low != high else (),
        citation=citation(factor, context.book, language),
        note=factor.note.in_language(language) if factor.note else None,
        remarks=_remarks(factor, context, low) if applies and low == high else (),
        children=children,
    )


def _nothing(factor: Factor, context: Context) -> Line:
    """A factor that does not apply: reported, with no points."""
    language = context.words.language
    return Line(
        id=factor.id,
        name=factor.name.in_language(language),
        role=factor.role,
        points=0,
        high=0,
        cap=_most(factor, factor.cap),
        yours="–",
        missing=(),
        citation=citation(factor, context.book, language),
        children=tuple(_nothing(child, context) for child in factor.children),
    )


def _remarks(factor: Factor, context: Context, points: int) -> tuple[str, ...]:
    """Other readings of the text, where they would change the points."""
    remarks = []
    for reading in factor.readings:
        if factor.table is None:
            continue
        rows = factor.table.rows.model_copy(update={"measure": reading.rows})
        other = _table(factor.table.model_copy(update={"rows": rows}), context)
        if other.low == other.high != points:
            words = context.words
            text = reading.text.in_language(words.language)
            remarks.append(words.say("narrower", text=text, points=words.amount(other.low, "points")))
    return tuple(remarks)


class GridContext:
    """What conditions inside a grid may ask: facts only, with language results chosen."""

    def __init__(self, facts: Facts, words: Words) -> None:
        """Score with these facts, in these words."""
        self.facts = facts
        self.book: RulebookInForce = facts.book
        self.words = words

    def grid_total(self, grid: str) -> Value:
        """A grid inside a grid: its total."""
        low, high = score_range(self.facts, self.book.grids[grid], self.words)
        return Value(low, high)

    def verdict_of(self, program: str) -> str:
        """No grid asks for a verdict."""
        raise LookupError(f"a grid cannot ask for the verdict of {program}")


@dataclass(frozen=True, slots=True)
class _Scored:
    low: int
    high: int
    lines: tuple[Line, ...]
    choice: Choice


def _score_once(facts: Facts, grid: GridInForce, words: Words, program: str | None) -> list[_Scored]:
    """The grid under every choice of language results."""
    scored = []
    for choice in facts.choices():
        context = GridContext(facts.choosing(choice), words)
        lines = tuple(_line(factor, context, program) for factor in grid.version.factors)
        low, high = sum(line.points for line in lines), sum(line.high for line in lines)
        maximum = grid.version.maximum
        scored.append(_Scored(min(low, maximum), min(high, maximum), lines, choice))
    return scored


def _best(scored: Sequence[_Scored]) -> _Scored:
    """The choice that gives most; its highest possible total is the highest of any choice."""
    best = max(scored, key=lambda one: (one.low, one.high))
    return replace(best, high=max(one.high for one in scored))


def score_range(facts: Facts, grid: GridInForce, words: Words, program: str | None = None) -> tuple[int, int]:
    """The lowest and highest total that the answers still missing leave open."""
    found = [_best(_score_once(branch, grid, words, program)) for branch in branches(facts)]
    return min(one.low for one in found), max(one.high for one in found)


def score(facts: Facts, grid: GridInForce, words: Words, program: str | None = None) -> Score:
    """Score a grid: every line, the total, and the range where something is not known."""
    settled = list(branches(facts))
    found = [_best(_score_once(branch, grid, words, program)) for branch in settled]
    lowest = min(found, key=lambda one: one.low)
    low, high = lowest.low, max(one.high for one in found)
    lines = lowest.lines
    missing = {m for one in found for line in one.lines for m in line.missing}
    if len(settled) > 1 and low != high:
        missing.update(facts.value("partner_counts").missing)
        missing.update(
            f"work[{i}].country" for i, job in enumerate(facts.profile.work or ()) if job.country is None
        )
    version = grid.version
    return Score(
        id=grid.document.id,
        name=grid.document.name.in_language(words.language),
        total=low,
        range=(low, high),
        complete=low == high,
        pass_mark=version.pass_mark,
        maximum=version.maximum,
        version=version.version,
        effective_from=version.effective_from,
        official_url=grid.document.official_url,
        lines=lines,
        language_choice=_choice_in_words(lowest.choice, facts, words),
        missing=tuple(sorted(missing)),
    )


def _result_in_words(result: Result, facts: Facts, words: Words) -> str | None:
    if result.test is None:
        return None
    if result.test.date is None:
        return words["test_estimated"] if result.test.estimated else None
    name = facts.book.all_tests[result.test.test].name.in_language(words.language)
    return words.say("test_used", test=name, date=words.day(result.test.date))


def _choice_in_words(choice: Choice, facts: Facts, words: Words) -> str | None:
    """Which language was taken as first and which results were used, where there was anything to choose."""
    first, second = choice.of("first_language"), choice.of("second_language")
    used = [text for text in (_result_in_words(result, facts, words) for result in (first, second)) if text]
    if not used:
        return None
    return f"{words.say('language_choice', language=words[choice.first])} ({'; '.join(used)})"
