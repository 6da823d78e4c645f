"""Factors of a grid, compiled: each gives its points as a line, with a reason."""

import bisect
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, NamedTuple

from eligibility.engine.assessment import Line
from eligibility.engine.conditions import Truth
from eligibility.engine.measures import Measured, compile_measure, rank
from eligibility.engine.readings import Readings, Values, View, picker
from eligibility.engine.requirements import cite, compile_routes, routes_truth, slots_of
from eligibility.facts.memory import Memory
from eligibility.facts.values import Value
from programs.packs.schema.grids import Axis, Factor, PointsTable
from programs.rulebook import ABILITIES, FactEntry, vocabulary

_ENDLESS = 10**12
_APPLIES: Final[Truth] = (True, ())
# Makes a named tuple of its parts in half the time: lines are made more often than anything else.
_new: Final = tuple.__new__


class Points(NamedTuple):
    """Points as they could be: from `low` to `high`, what is told of them, what would settle them."""

    low: int
    high: int
    yours: str
    missing: tuple[str, ...]


class _Pair:
    """Two abilities of a language result, and the points that their levels gave before.

    Four levels together are seldom met again; two are soon met in every way there is.
    """

    __slots__ = ("abilities", "kept", "pick")

    def __init__(self, abilities: Sequence[tuple[int, FactEntry]], column: Sequence[int], memory: Memory) -> None:
        """Hold the places of the abilities, how they are spoken of, and the place of what decides the column."""
        self.abilities = abilities
        self.pick = picker([*[slot for slot, _ in abilities], *column])
        self.kept: dict[Any, Points] = memory.table()


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

    def __init__(self, table: PointsTable, readings: Readings) -> None:
        """Prepare both axes."""
        self._points = table.points
        self._words = readings.words
        self._rows = compile_measure(table.rows.measure, readings)
        self._row_bands = _Bands(table.rows, self._rows.entry)
        self._columns: Measured | None = None
        if table.columns is not None:
            self._columns = compile_measure(table.columns.measure, readings)
            self._column_bands = _Bands(table.columns, self._columns.entry)
        columns = [self._columns.slot] if self._columns else []
        abilities: list[tuple[int, FactEntry]] = []
        if table.per_ability:
            entries = [vocabulary().facts[f"{table.rows.measure.fact}_{ability}"] for ability in ABILITIES]
            abilities = [(readings.fact(entry.key), entry) for entry in entries]
        self.pairs = [_Pair(pair, columns, readings.memory) for pair in (abilities[:2], abilities[2:]) if pair]
        self._memory = readings.memory
        self.none = readings.words["none"]
        self.none_twice = f"{self.none} / {self.none}"
        # The column that a partner decides heads the whole grid; it need not be told on every line.
        self._tells_column = self._columns is not None and self._columns.entry.key != "partner_counts"
        self.slots = (*([slot for slot, _ in abilities] or [self._rows.slot]), *columns)

    def points(self, view: View) -> Points:
        """The points for one applicant."""
        if self.pairs:
            return self._by_ability(view)
        values = view.values
        columns, column = self._reached(values)
        missing = column.missing if column is not None else ()
        value = values[self._rows.slot]
        low, high = _cells(self._points, self._row_bands.reached(value), columns)
        said = self._words.value(self._rows.entry, value)
        if self._tells_column and self._columns is not None and column is not None:
            said = f"{said} · {self._words.value(self._columns.entry, column)}"
        return Points(low, high, said, value.missing + missing)

    def _reached(self, values: Values) -> tuple[Sequence[int], Value | None]:
        """The columns that could be meant, and the value that says so."""
        if self._columns is None:
            return (0,), None
        column = values[self._columns.slot]
        return self._column_bands.reached(column), column

    def _by_ability(self, view: View) -> Points:
        codes = view.codes
        one, other = self.pairs
        low, high, yours, missing = one.kept.get(one.pick(codes)) or self.of_pair(one, view)
        low_of_other, high_of_other, said, needs = other.kept.get(other.pick(codes)) or self.of_pair(other, view)
        yours = self.none if yours == said == self.none_twice else f"{yours} / {said}"
        return Points(low + low_of_other, high + high_of_other, yours, missing + needs)

    def of_pair(self, pair: _Pair, view: View) -> Points:
        """What two abilities give together. What would settle the column is asked for with the first two."""
        values = view.values
        columns, column = self._reached(values)
        found = [_cells(self._points, self._row_bands.reached(values[slot]), columns) for slot, _ in pair.abilities]
        missing = column.missing if column is not None and pair is self.pairs[0] else ()
        for slot, _ in pair.abilities:
            missing += values[slot].missing
        points = Points(
            sum([low for low, _ in found]),
            sum([high for _, high in found]),
            " / ".join([self._words.briefly(entry, values[slot]) for slot, entry in pair.abilities]),
            missing,
        )
        made: Points = self._memory.keep(pair.kept, pair.pick(view.codes), points)
        return made

    def most(self) -> int:
        """The most the table can give."""
        return max(max(row) for row in self._points) * (len(ABILITIES) if self.pairs else 1)


class Cases:
    """Points given when a route is met; of several cases that are met, the one worth most counts."""

    def __init__(self, factor: Factor, readings: Readings) -> None:
        """Prepare the cases, the one worth most first."""
        self._words = words = readings.words
        self._cases = [
            (case.points, case.text.in_language(words.language), compile_routes(case.any_of, readings))
            for case in sorted(factor.cases, key=lambda case: -case.points)
        ]
        self.slots = tuple([slot for _, _, routes in self._cases for slot in slots_of(routes)])

    def points(self, view: View) -> Points:
        """The points for one applicant: the best case surely met, and the best that is not ruled out."""
        values = view.values
        perhaps: list[int] = []
        missing: tuple[str, ...] = ()
        for worth, text, routes in self._cases:
            met, needs = routes_truth(routes, values)
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


class CompiledFactor:
    """A factor and everything below it, ready to be scored many times. The same values give the same line."""

    by_choice = False

    def __init__(self, factor: Factor, readings: Readings, program: str | None) -> None:
        """Prepare the factor's way of scoring, as `program` counts it, and everything that never changes."""
        language = readings.words.language
        self._factor, self._words = factor, readings.words
        self.id = factor.id
        self._name = factor.name.in_language(language)
        self._role: Literal["section", "group", "factor", "part"] = factor.role
        self._note = factor.note.in_language(language) if factor.note else None
        self._citation = cite(factor, readings.book, language)
        self._applies_when = compile_routes(factor.applies_when, readings)
        self._children = [CompiledFactor(child, readings, program) for child in factor.children]
        self._adds_up = factor.combine == "sum"
        self._own: Table | Cases | None = None
        if factor.table is not None:
            self._own = Table(factor.table, readings)
        elif factor.cases:
            self._own = Cases(factor, readings)
        self._readings = [
            (reading.text.in_language(language), Table(_with_rows(factor.table, reading.rows), readings))
            for reading in factor.readings
            if factor.table is not None
        ]
        self._most = self._own.most() if self._own else None
        self._cap, self._floor = factor.cap, factor.floor
        self._cap_fact = readings.fact(factor.cap_when.fact) if factor.cap_when is not None else None
        self._nothing = self._line_without_points()
        self._left_out = bool(factor.only_for) and program not in factor.only_for
        self.slots: tuple[int, ...] = () if self._left_out else self._all_slots()
        self._pick = picker(self.slots)
        self._memory = readings.memory
        self._kept: dict[Any, Line] = readings.memory.table()
        # The lines of the factors below, in their order.
        self._below = [child.line for child in self._children]
        self._caps_kept: dict[int, tuple[int | None, int | None]] = readings.memory.table()
        self._made: Callable[[View], Line] = self._score
        self.line: Callable[[View], Line] = self._line
        is_plain = not (self._left_out or self._applies_when or self._readings or self._floor is not None)
        if self._children and self._adds_up and self._floor is None and not self._left_out:
            self._made = self._made_of_children()
        if isinstance(self._own, Table) and self._own.pairs:
            if is_plain:
                self._made = self._made_of_pairs(self._own)
            # Sooner made of what is kept for the abilities than looked up: four levels are seldom met together again.
            self.line = self._made

    def _all_slots(self) -> tuple[int, ...]:
        """The places of everything that decides the line."""
        found = [*slots_of(self._applies_when), *([self._cap_fact] if self._cap_fact is not None else [])]
        for part in (*self._children, *([self._own] if self._own else []), *[table for _, table in self._readings]):
            found.extend(part.slots)
        return tuple(dict.fromkeys(found))

    def found(self, views: Sequence[View]) -> Line:
        """The factor's line for one applicant under one choice of language results."""
        return self._made(views[0])

    def _line(self, view: View) -> Line:
        """The same, kept for the next applicant."""
        key = self._pick(view.codes)
        return self._kept.get(key) or self._memory.keep(self._kept, key, self._made(view))

    def _score(self, view: View) -> Line:
        if self._left_out:
            return self._nothing
        applies, needs = routes_truth(self._applies_when, view.values) if self._applies_when else _APPLIES
        if applies is False:
            return self._nothing
        children: tuple[Line, ...] = ()
        if self._own is not None:
            low, high, yours, missing = self._own.points(view)
        else:
            children = tuple([line(view) for line in self._below])
            low, high = self._together(children)
            yours, missing = "", ()
        low_cap = cap = self._cap
        if self._cap_fact is not None:
            low_cap, cap = self._caps(view, self._cap_fact)
        if low_cap is not None and low > low_cap:
            low = low_cap
        if cap is not None and high > cap:
            high = cap
        if self._floor is not None:
            low, high = max(low, self._floor), max(high, self._floor)
        if applies is None:
            low, high = min(low, 0), max(high, 0)
        if low == high:
            missing = ()
            remarks = self._remarks(view, low) if self._readings else ()
        else:
            missing = tuple(dict.fromkeys([*missing, *[m for child in children for m in child.missing], *needs]))
            remarks = ()
        return self._make(low, high, cap, yours, missing, remarks, children)

    def _made_of_pairs(self, table: Table) -> Callable[[View], Line]:
        """What makes the line of a table by ability to which nothing but a cap is added: the same as `_score`, sooner.

        Most people's language levels were not met before, so these lines are made more often than any other.
        """
        one, other = table.pairs
        pick, kept, pick_other, kept_other, of_pair = one.pick, one.kept, other.pick, other.kept, table.of_pair
        none, none_twice, cap_fact, cap, most = table.none, table.none_twice, self._cap_fact, self._cap, self._most
        identity, name, role, citation, note = self.id, self._name, self._role, self._citation, self._note

        def line(view: View) -> Line:
            codes = view.codes
            low, high, yours, missing = kept.get(pick(codes)) or of_pair(one, view)
            low_of_other, high_of_other, said, needs = kept_other.get(pick_other(codes)) or of_pair(other, view)
            low += low_of_other
            high += high_of_other
            yours = none if yours == said == none_twice else f"{yours} / {said}"
            least_cap, most_cap = (cap, cap) if cap_fact is None else self._caps(view, cap_fact)
            if least_cap is not None and low > least_cap:
                low = least_cap
            if most_cap is not None and high > most_cap:
                high = most_cap
            missing = () if low == high else tuple(dict.fromkeys(missing + needs))
            at_most = most if most_cap is None else most_cap
            return _new(Line, (identity, name, role, low, high, at_most, yours, missing, citation, note, (), (), True))

        return line

    def _made_of_children(self) -> Callable[[View], Line]:
        """What makes the line of a section that adds up what is below it: the same as `_score`, sooner."""
        below, applies_when = self._below, self._applies_when
        cap_fact, cap, most = self._cap_fact, self._cap, self._most
        identity, name, role, citation, note = self.id, self._name, self._role, self._citation, self._note

        def line(view: View) -> Line:
            if applies_when and routes_truth(applies_when, view.values)[0] is not True:
                return self._score(view)
            children = tuple([of_child(view) for of_child in below])
            low = high = 0
            for child in children:
                low += child.points
                high += child.high
            least_cap, most_cap = (cap, cap) if cap_fact is None else self._caps(view, cap_fact)
            if least_cap is not None and low > least_cap:
                low = least_cap
            if most_cap is not None and high > most_cap:
                high = most_cap
            missing: tuple[str, ...] = ()
            if low != high:
                missing = tuple(dict.fromkeys([one for child in children for one in child.missing]))
            at_most = most if most_cap is None else most_cap
            return _new(
                Line, (identity, name, role, low, high, at_most, "", missing, citation, note, (), children, True)
            )

        return line

    def _together(self, children: tuple[Line, ...]) -> tuple[int, int]:
        """What the lines below give together: the least and the most."""
        if not self._adds_up:
            return max([child.points for child in children]), max([child.high for child in children])
        low = high = 0
        for child in children:
            low += child.points
            high += child.high
        return low, high

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
        return _new(
            Line,
            (
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
                True,
            ),
        )

    def _line_without_points(self) -> Line:
        """The line of a factor that does not apply: reported, with no points."""
        children = tuple([child._nothing for child in self._children])
        return self._make(0, 0, self._factor.cap, "–", (), (), children)._replace(applies=False)

    def _caps(self, view: View, slot: int) -> tuple[int | None, int | None]:
        """The cap as it could be where a fact decides it: the lowest and the highest."""
        code = view.codes[slot]
        found = self._caps_kept.get(code)
        if found is None:
            found = self._memory.keep(self._caps_kept, code, self._caps_by(view.values[slot]))
        return found

    def _caps_by(self, fact: Value) -> tuple[int | None, int | None]:
        factor = self._factor
        assert factor.cap_when is not None
        if fact.is_known:
            cap = factor.cap_when.cap if fact.low is factor.cap_when.is_ else factor.cap
            return cap, cap
        if factor.cap is None:
            return factor.cap_when.cap, None
        return min(factor.cap, factor.cap_when.cap), max(factor.cap, factor.cap_when.cap)

    def _remarks(self, view: View, points: int) -> tuple[str, ...]:
        """Other readings of the text, where they would change the points."""
        remarks = []
        for text, table in self._readings:
            other = table.points(view)
            if other.low == other.high != points:
                there = self._words.amount(other.low, "points")
                remarks.append(self._words.say("narrower", text=text, points=there))
        return tuple(remarks)


def is_counted_by_some(factor: Factor) -> bool:
    """Whether some programs count the factor, or a part of it, in their own way."""
    return bool(factor.only_for) or any(is_counted_by_some(child) for child in factor.children)


def _with_rows(table: PointsTable, rows: Any) -> PointsTable:
    return table.model_copy(update={"rows": table.rows.model_copy(update={"measure": rows})})
