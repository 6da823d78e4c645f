"""Factors of a grid, compiled: each gives its points as a line, with a reason."""

import bisect
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from eligibility.engine.assessment import Line
from eligibility.engine.measures import Context, Measured, compile_measure, rank
from eligibility.engine.requirements import cite, compile_routes, routes_truth
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.values import Met, Value
from programs.packs.schema.grids import Axis, Factor, PointsTable
from programs.rulebook import ABILITIES, FactEntry, RulebookInForce, vocabulary

_ENDLESS = 10**12


class Points(NamedTuple):
    """Points as they could be: from `low` to `high`, what is told of them, what would settle them."""

    low: int
    high: int
    yours: str = ""
    missing: tuple[str, ...] = ()


class _Bands:
    """An axis's bands, ready for looking values up."""

    def __init__(self, axis: Axis, entry: FactEntry) -> None:
        self._named: list[tuple[Any, ...]] | None = None
        if axis.bands[0].values:
            self._named = [rank(entry, band.values) for band in axis.bands]
        else:
            order = sorted((band.min if band.min is not None else -_ENDLESS, i) for i, band in enumerate(axis.bands))
            self._starts = [start for start, _ in order]
            self._places = [i for _, i in order]
            maxima = [axis.bands[i].max for i in self._places]
            self._ends = [end if end is not None else _ENDLESS for end in maxima]
        self._all = list(range(len(axis.bands)))

    def reached(self, value: Value) -> Sequence[int]:
        """The bands a value could lie in, by place. What does not apply lies in none."""
        low, high = value.low, value.high
        if low is None:
            return ()
        if self._named is not None:
            if value.is_known:
                return [i for i in self._all if low in self._named[i]]
            if isinstance(low, bool) or not isinstance(low, int | float):
                return self._all
            return [i for i in self._all if any(low <= bound <= high for bound in self._named[i])]
        first, last = int(low // 1), int(high // 1)
        start = bisect.bisect_right(self._starts, first) - 1
        if first == last:
            inside = start >= 0 and first <= self._ends[start]
            return (self._places[start],) if inside else ()
        stop = bisect.bisect_right(self._starts, last)
        return [self._places[k] for k in range(max(start, 0), stop) if self._ends[k] >= first]


def _cells(points: tuple[tuple[int, ...], ...], rows: Sequence[int], columns: Sequence[int]) -> tuple[int, int]:
    """The least and most points among the cells that could be meant. A value in no band earns nothing."""
    if len(rows) == 1 and len(columns) == 1:
        cell = points[rows[0]][columns[0]]
        return cell, cell
    found = [points[row][column] for row in rows for column in columns]
    return (min(found), max(found)) if found else (0, 0)


class Table:
    """A table of points, with one or two axes, looked up once or once for each ability."""

    def __init__(self, table: PointsTable, book: RulebookInForce, words: Words) -> None:
        """Prepare both axes."""
        self._points = table.points
        self._words = words
        self._rows = compile_measure(table.rows.measure, book, words)
        self._row_bands = _Bands(table.rows, self._rows.entry)
        self._columns: Measured | None = None
        if table.columns is not None:
            self._columns = compile_measure(table.columns.measure, book, words)
            self._column_bands = _Bands(table.columns, self._columns.entry)
        self._abilities: list[tuple[str, FactEntry]] = []
        if table.per_ability:
            self._role = table.rows.measure.fact or ""
            facts = vocabulary().facts
            self._abilities = [(ability, facts[f"{self._role}_{ability}"]) for ability in ABILITIES]
        # The column that a partner decides heads the whole grid; it need not be told on every line.
        self._tells_column = self._columns is not None and self._columns.entry.key != "partner_counts"

    def points(self, context: Context) -> Points:
        """The points for one applicant."""
        columns: Sequence[int] = (0,)
        missing: tuple[str, ...] = ()
        column: Value | None = None
        if self._columns is not None:
            column = self._columns.read(context)
            columns, missing = self._column_bands.reached(column), column.missing
        if self._abilities:
            return self._by_ability(context, columns, missing)
        value = self._rows.read(context)
        low, high = _cells(self._points, self._row_bands.reached(value), columns)
        said = self._words.value(self._rows.entry, value)
        if self._tells_column and self._columns is not None and column is not None:
            said = f"{said} · {self._words.value(self._columns.entry, column)}"
        return Points(low, high, said, value.missing + missing)

    def _by_ability(self, context: Context, columns: Sequence[int], missing: tuple[str, ...]) -> Points:
        low = high = 0
        said = []
        for ability, entry in self._abilities:
            value = context.facts.ability(self._role, ability)
            least, most = _cells(self._points, self._row_bands.reached(value), columns)
            low, high = low + least, high + most
            if value.missing:
                missing += value.missing
            said.append(self._words.briefly(entry, value))
        told = " / ".join(said) if len(set(said)) > 1 or said[0] != self._words["none"] else said[0]
        return Points(low, high, told, missing)

    def most(self) -> int:
        """The most the table can give."""
        return max(max(row) for row in self._points) * (len(ABILITIES) if self._abilities else 1)


class Cases:
    """Points given when a route is met; of several cases that are met, the one worth most counts."""

    def __init__(self, factor: Factor, book: RulebookInForce, words: Words) -> None:
        """Prepare the cases, the one worth most first."""
        self._words = words
        self._cases = [
            (case.points, case.text.in_language(words.language), compile_routes(case.any_of, book, words))
            for case in sorted(factor.cases, key=lambda case: -case.points)
        ]

    def points(self, context: Context) -> Points:
        """The points for one applicant: the best case surely met, and the best that is not ruled out."""
        perhaps: list[int] = []
        missing: tuple[str, ...] = ()
        for worth, text, routes in self._cases:
            met, needs = routes_truth(routes, context)
            if met:
                return Points(worth, max([worth, *perhaps]), text, missing)
            if met is None:
                perhaps.append(worth)
                missing += needs
        said = self._words["unknown" if perhaps else "no"]
        return Points(min([0, *perhaps]), max([0, *perhaps]), said, missing)

    def most(self) -> int:
        """The most a case can give."""
        return max(0, *(worth for worth, _, _ in self._cases))


def _bounded(points: int, cap: int | None, floor: int | None) -> int:
    if cap is not None and points > cap:
        points = cap
    return floor if floor is not None and points < floor else points


class CompiledFactor:
    """A factor and everything below it, ready to be scored many times."""

    def __init__(self, factor: Factor, book: RulebookInForce, words: Words) -> None:
        """Prepare the factor's way of scoring and everything that never changes."""
        language = words.language
        self._factor, self._words = factor, words
        self.id = factor.id
        self._name = factor.name.in_language(language)
        self._role: Literal["section", "group", "factor", "part"] = factor.role
        self._note = factor.note.in_language(language) if factor.note else None
        self._citation = cite(factor, book, language)
        self._applies_when = compile_routes(factor.applies_when, book, words)
        self._children = [CompiledFactor(child, book, words) for child in factor.children]
        self._gather: Callable[[list[int]], int] = sum if factor.combine == "sum" else max
        self._own: Table | Cases | None = None
        if factor.table is not None:
            self._own = Table(factor.table, book, words)
        elif factor.cases:
            self._own = Cases(factor, book, words)
        self._readings = [
            (reading.text.in_language(language), Table(_with_rows(factor.table, reading.rows), book, words))
            for reading in factor.readings
            if factor.table is not None
        ]
        self._most = self._own.most() if self._own else None

    def line(self, context: Context, program: str | None = None) -> Line:
        """Score the factor for one applicant."""
        applies, needs = self._applies(context, program)
        if applies is False:
            return self._nothing(context)
        children: tuple[Line, ...] = ()
        if self._own is not None:
            points = self._own.points(context)
        else:
            children = tuple([child.line(context, program) for child in self._children])
            points = Points(
                self._gather([child.points for child in children]),
                self._gather([child.high for child in children]),
                "",
                tuple([m for child in children for m in child.missing]),
            )
        low_cap, high_cap = self._caps(context.facts)
        floor = self._factor.floor
        low, high = _bounded(points.low, low_cap, floor), _bounded(points.high, high_cap, floor)
        if applies is None:
            low, high = min(low, 0), max(high, 0)
        missing = () if low == high else tuple(dict.fromkeys(points.missing + needs))
        remarks = self._remarks(context, low) if self._readings and low == high else ()
        return self._make(low, high, high_cap, points.yours, missing, remarks, children)

    def _make(  # noqa: PLR0917 - one place that knows the order of a line's parts
        self,
        low: int,
        high: int,
        cap: int | None,
        yours: str,
        missing: tuple[str, ...],
        remarks: tuple[str, ...],
        children: tuple[Line, ...],
    ) -> Line:
        most = cap if cap is not None else self._most
        return Line(
            self.id,
            self._name,
            self._role,
            low,
            high,
            most,
            yours,
            missing,
            self._citation,
            self._note,
            remarks,
            children,
        )

    def _nothing(self, context: Context) -> Line:
        """The line of a factor that does not apply: reported, with no points."""
        children = tuple([child._nothing(context) for child in self._children])
        return replace(self._make(0, 0, self._factor.cap, "–", (), (), children), applies=False)

    def _applies(self, context: Context, program: str | None) -> tuple[Met, tuple[str, ...]]:
        only_for = self._factor.only_for
        if only_for and program not in only_for:
            return False, ()
        return routes_truth(self._applies_when, context) if self._applies_when else (True, ())

    def _caps(self, facts: Facts) -> tuple[int | None, int | None]:
        """The cap as it could be: the lowest and the highest."""
        factor = self._factor
        if factor.cap_when is None:
            return factor.cap, factor.cap
        fact = facts.value(factor.cap_when.fact)
        if fact.is_known:
            cap = factor.cap_when.cap if fact.low is factor.cap_when.is_ else factor.cap
            return cap, cap
        if factor.cap is None:
            return factor.cap_when.cap, None
        return min(factor.cap, factor.cap_when.cap), max(factor.cap, factor.cap_when.cap)

    def _remarks(self, context: Context, points: int) -> tuple[str, ...]:
        """Other readings of the text, where they would change the points."""
        remarks = []
        for text, table in self._readings:
            other = table.points(context)
            if other.low == other.high != points:
                there = self._words.amount(other.low, "points")
                remarks.append(self._words.say("narrower", text=text, points=there))
        return tuple(remarks)


def _with_rows(table: PointsTable, rows: Any) -> PointsTable:
    return table.model_copy(update={"rows": table.rows.model_copy(update={"measure": rows})})
