"""Conditions, compiled: each can say whether it is met, and explain on what grounds."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from eligibility.engine.assessment import ConditionFinding
from eligibility.engine.measures import Measured, compile_measure, rank
from eligibility.engine.readings import Readings, Values, View, list_figure, picker
from eligibility.engine.words import Words
from eligibility.facts.values import ANYTHING, Met, Value, compare_name, compare_ordered, compare_set
from programs.packs.schema.conditions import (
    Compare,
    Condition,
    HasRelative,
    InList,
    Judgement,
    MainTeer,
    ProgramVerdict,
)
from programs.rulebook import FactEntry, RulebookInForce
from programs.rulebook.vocabulary import ORDERED

MOST_FIGURES = 60
Missing = tuple[str, ...]
Truth = tuple[Met, Missing]


class Compiled(Protocol):
    """A condition, ready to be asked many times. `slots` are the places of the values it looks at."""

    slots: tuple[int, ...]

    def truth(self, values: Values) -> Truth:
        """Whether it is met, and the answers that would settle it."""

    def finding(self, values: Values) -> ConditionFinding:
        """The same, explained."""


class Explained:
    """A condition whose findings are kept: the same values give the same finding."""

    __slots__ = ("_kept", "_memory", "compiled", "pick", "slots")

    def __init__(self, compiled: Compiled, readings: Readings) -> None:
        """Keep the findings of a compiled condition."""
        self.compiled = compiled
        self.slots = compiled.slots
        self.pick = picker(compiled.slots)
        self._memory = readings.memory
        self._kept: dict[Any, ConditionFinding] = readings.memory.table()

    def truth(self, values: Values) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        return self.compiled.truth(values)

    def is_for_a_person(self, view: View) -> bool:
        """Whether only a person can judge it, where it is neither met nor missed."""
        return isinstance(self.compiled, (AskAPerson, OtherProgram)) and self.finding(view).is_judgement

    def finding(self, view: View) -> ConditionFinding:
        """The same, explained."""
        key = self.pick(view.codes)
        found = self._kept.get(key)
        return found if found is not None else self._memory.keep(self._kept, key, self.compiled.finding(view.values))


def _comparison(entry: FactEntry) -> Callable[[Value, str, Any], Met]:
    """The way values of a type are compared."""
    if entry.type in ORDERED:
        return compare_ordered
    return compare_set if entry.type == "set" else compare_name


class CompareWithValue:
    """A measure compared with a fixed value: by far the most frequent condition."""

    __slots__ = ("_bound", "_compare", "_entry", "_label", "_needed", "_op", "_slot", "_words", "slots")

    def __init__(self, condition: Compare, measure: Measured, words: Words) -> None:
        """Prepare the bound and the words that never change."""
        self._entry = entry = measure.entry
        self._slot, self._words, self._op = measure.slot, words, condition.op
        self.slots: tuple[int, ...] = (measure.slot,)
        self._bound = rank(entry, condition.value)
        self._compare = _comparison(entry)
        self._label = entry.label.in_language(words.language)
        self._needed = words.needed(entry, condition.op, self._bound)

    def truth(self, values: Values) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        value = values[self._slot]
        met = self._compare(value, self._op, self._bound)
        return met, value.missing if met is None else ()

    def finding(self, values: Values) -> ConditionFinding:
        """The same, explained."""
        value = values[self._slot]
        met = self._compare(value, self._op, self._bound)
        words, entry = self._words, self._entry
        return ConditionFinding(
            met,
            self._label,
            self._needed,
            words.value(entry, value),
            words.gap(entry, value, self._op, self._bound) if met is False else None,
            value.missing if met is None else (),
            about=entry.answers[0] if entry.answers else "",
            hangs=value.low is None and met is False,
        )


class CompareWithFigure:
    """A measure compared with a figure found on the way: another fact, a table's row, a list's floor."""

    def __init__(self, condition: Compare, measure: Measured, readings: Readings) -> None:
        """Prepare the measure and where the figure comes from."""
        words = readings.words
        self._condition, self._measure, self._book, self._words = condition, measure, readings.book, words
        self._other = _place_of_other(condition, readings)
        self.slots: tuple[int, ...] = (measure.slot, self._other)
        self._compare = _comparison(measure.entry)
        self._label = measure.entry.label.in_language(words.language)

    def _figures(self, values: Values) -> tuple[Sequence[Any] | None, Missing]:
        """The figures it could be compared with; None where there is nothing to reach."""
        condition = self._condition
        if condition.table is not None:
            at = values[self._other]
            return _table_figures(self._book, condition.table, at), at.missing
        if condition.other_fact is not None:
            other: Value | None = values[self._other]
        else:
            occupation = values[self._other]
            if occupation.low is None:
                return (), ()
            other = list_figure(self._book, condition.list_figure or "", condition.column or "", occupation)
        if other is None:
            return None, ()
        if other.low is None:
            return (), ()
        if other.low is ANYTHING or (isinstance(other.low, frozenset) and not other.is_known):
            return (), other.missing
        if isinstance(other.low, frozenset):
            return (tuple(sorted(other.low)),), ()
        return ((other.low,) if other.is_known else (other.low, other.high)), other.missing

    def _judge(self, values: Values) -> tuple[Met, Value, Sequence[Any] | None, Missing]:
        value = values[self._measure.slot]
        figures, missing = self._figures(values)
        if figures is None:
            return True, value, None, ()
        if value.low is None or (not figures and not missing and self._condition.table is None):
            return False, value, figures, ()
        results = {self._compare(value, self._condition.op, figure) for figure in figures}
        met = results.pop() if len(results) == 1 else None
        return met, value, figures, tuple(dict.fromkeys(value.missing + missing)) if met is None else ()

    def truth(self, values: Values) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        met, _, _, missing = self._judge(values)
        return met, missing

    def finding(self, values: Values) -> ConditionFinding:
        """The same, explained."""
        met, value, figures, missing = self._judge(values)
        words, entry, op = self._words, self._measure.entry, self._condition.op
        yours = words.value(entry, value)
        if figures is None:
            return ConditionFinding(met, self._label, words["no_figure"], yours)
        if not figures:
            hangs = met is False
            about = entry.answers[0] if entry.answers else ""
            return ConditionFinding(
                met, self._label, words["unknown"], yours, missing=missing, about=about, hangs=hangs
            )
        span = Value(min(figures), max(figures), missing)
        needed = words.needed(entry, op, span.low) if span.is_known else words.value(entry, span)
        gap = words.gap(entry, value, op, span.low) if met is False else None
        return ConditionFinding(met, self._label, needed, yours, gap, missing)


def _place_of_other(condition: Compare, readings: Readings) -> int:
    """Where the value stands that finds the figure."""
    if condition.by is not None:
        return readings.fact(condition.by)
    if condition.other_fact is not None:
        return readings.fact(condition.other_fact)
    return readings.occupation(condition.of or "job_offer")


def _table_figures(book: RulebookInForce, table_id: str, at: Value) -> list[float]:
    """The figures of the rows that a fact could pick. No row is no figure."""
    table = book.tables.get(table_id)
    if table is None or at.low is None:
        return []
    rows: Sequence[Any]
    if at.is_known:
        rows = (int(at.low) if isinstance(at.low, float) else at.low,)
    elif isinstance(at.low, int | float) and isinstance(at.high, int | float):
        rows = range(int(at.low), min(int(at.high), int(at.low) + MOST_FIGURES) + 1)
    else:
        rows = tuple(table.rows)
    return [figure for figure in (table.figure(row) for row in rows) if figure is not None]


class OnList:
    """Whether an occupation stands on a list."""

    def __init__(self, condition: InList, readings: Readings) -> None:
        """Prepare the list's codes and its name."""
        book, words = readings.book, readings.words
        self._condition, self._book, self._words = condition, book, words
        self._slot = readings.occupation(condition.occupation_of)
        self.slots: tuple[int, ...] = (self._slot,)
        list_id = condition.in_list or condition.not_in_list or ""
        listed = book.lists.get(list_id)
        self._codes = frozenset(listed.entries) if listed else None
        name = listed.document.name.in_language(words.language) if listed else list_id
        self._needed = words.say("on_list" if condition.in_list else "off_list", name=name)
        self._subject = words[condition.occupation_of]

    def truth(self, values: Values) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        occupation = values[self._slot]
        if occupation.low is None:
            return False, ()
        if self._codes is None or not occupation.is_known:
            return None, occupation.missing
        return (occupation.low in self._codes) == (self._condition.in_list is not None), ()

    def finding(self, values: Values) -> ConditionFinding:
        """The same, explained."""
        met, missing = self.truth(values)
        occupation = values[self._slot]
        words = self._words
        group = self._book.occupations.get(occupation.low) if occupation.is_known else None
        if group is not None:
            yours = f"{group.code} {group.title.in_language(words.language)}"
        else:
            yours = words["none" if occupation.low is None else "unknown"]
        about = self._condition.occupation_of
        hangs = occupation.low is None
        return ConditionFinding(met, self._subject, self._needed, yours, missing=missing, about=about, hangs=hangs)


class MainlyInTeer:
    """Whether the greater part of an experience lies in some TEER categories."""

    def __init__(self, condition: MainTeer, readings: Readings) -> None:
        """Prepare the words that never change."""
        self._words = words = readings.words
        self._slot = readings.main_teer(condition.main_teer_of, condition.teer)
        self.slots: tuple[int, ...] = (self._slot,)
        self._needed = words.say("mainly_teer", values=", ".join(map(str, condition.teer)))

    def truth(self, values: Values) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        mainly = values[self._slot]
        return mainly.low if mainly.is_known else None, mainly.missing

    def finding(self, values: Values) -> ConditionFinding:
        """The same, explained."""
        met, missing = self.truth(values)
        words = self._words
        yours = words["unknown" if met is None else "yes" if met else "no"]
        return ConditionFinding(met, words["experience"], self._needed, yours, missing=missing)


class RelativeInCanada:
    """Whether there is such a relative in Canada."""

    def __init__(self, condition: HasRelative, readings: Readings) -> None:
        """Prepare the words that never change."""
        self._condition, self._words = condition, readings.words
        self._slot = readings.relative(condition.relative)
        self.slots: tuple[int, ...] = (self._slot,)
        words = readings.words
        self._needed = words["relative" if condition.expected else "no_relative"]

    def truth(self, values: Values) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        found = values[self._slot]
        return compare_name(found, "==", self._condition.expected), found.missing

    def finding(self, values: Values) -> ConditionFinding:
        """The same, explained."""
        met, missing = self.truth(values)
        words = self._words
        found = met is self._condition.expected
        yours = words["unknown" if met is None else "yes" if found else "no"]
        return ConditionFinding(met, words["relatives"], self._needed, yours, missing=missing)


class OtherProgram:
    """Another program's verdict. Where that is only likely, what a person must judge there is left here too."""

    def __init__(self, condition: ProgramVerdict, readings: Readings) -> None:
        """Prepare the other program's name."""
        book, words = readings.book, readings.words
        self._condition, self._words = condition, words
        self._slot = readings.verdict(condition.program)
        self.slots: tuple[int, ...] = (self._slot,)
        names = {program.document.id: program.document.name for program in book.programs}
        name = names.get(condition.program)
        self._name = name.in_language(words.language) if name else condition.program
        self._needed = words.say("verdict_of", name=self._name)

    def _judge(self, values: Values) -> tuple[Met, bool]:
        verdict = values[self._slot].low
        wanted = verdict in self._condition.verdict
        if verdict == "unknown" and not wanted:
            return None, False
        if verdict == "likely" and wanted:
            return None, True
        return wanted, False

    def truth(self, values: Values) -> Truth:
        """Whether it is met. What would settle it is told by the other program."""
        return self._judge(values)[0], ()

    def finding(self, values: Values) -> ConditionFinding:
        """The same, explained."""
        met, is_likely = self._judge(values)
        words = self._words
        yours = words["likely" if is_likely else "yes" if met else "unknown" if met is None else "no"]
        return ConditionFinding(met, self._name, self._needed, yours, is_judgement=is_likely)


class AskAPerson:
    """Something only a person can judge: the finding never changes."""

    def __init__(self, condition: Judgement, words: Words) -> None:
        """Make the one finding."""
        self.slots: tuple[int, ...] = ()
        self._finding = ConditionFinding(
            met=None,
            subject=words["only_a_person"],
            needed=condition.judgement.in_language(words.language),
            yours=words["confirm"],
            is_judgement=True,
        )

    def truth(self, _values: Values) -> Truth:
        """Never known to a machine, and no answer here would settle it."""
        return None, ()

    def finding(self, _values: Values) -> ConditionFinding:
        """The same, explained."""
        return self._finding


def explained(condition: Condition, readings: Readings, program: str | None = None) -> Explained:
    """A condition prepared once, however many rules hold it. Scores are read as `program` counts them."""
    asks_for_a_total = isinstance(condition, Compare) and condition.grid is not None
    key = (condition, program if asks_for_a_total else None)
    found: Explained | None = readings.shared.get(key)
    if found is None:
        found = readings.shared[key] = Explained(compile_condition(condition, readings, program), readings)
    return found


def compile_condition(condition: Condition, readings: Readings, program: str | None = None) -> Compiled:
    """Prepare a condition for being asked."""
    match condition:
        case Compare():
            measure = compile_measure(condition, readings, program)
            if condition.value is not None:
                return CompareWithValue(condition, measure, readings.words)
            return CompareWithFigure(condition, measure, readings)
        case InList():
            return OnList(condition, readings)
        case MainTeer():
            return MainlyInTeer(condition, readings)
        case HasRelative():
            return RelativeInCanada(condition, readings)
        case ProgramVerdict():
            return OtherProgram(condition, readings)
        case Judgement():
            return AskAPerson(condition, readings.words)
