"""Conditions, compiled: each can say whether it is met, and explain on what grounds."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from eligibility.engine.assessment import ConditionFinding
from eligibility.engine.measures import Context, Measured, compile_measure, list_figure, rank
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
# The same few values come again and again; what was said of them is kept, so many for each condition.
KEPT = 256
Missing = tuple[str, ...]
Truth = tuple[Met, Missing]


class Compiled(Protocol):
    """A condition, ready to be asked many times."""

    def truth(self, context: Context) -> Truth:
        """Whether it is met, and the answers that would settle it."""

    def finding(self, context: Context) -> ConditionFinding:
        """The same, explained."""


def _comparison(entry: FactEntry) -> Callable[[Value, str, Any], Met]:
    """The way values of a type are compared."""
    if entry.type in ORDERED:
        return compare_ordered
    return compare_set if entry.type == "set" else compare_name


class CompareWithValue:
    """A measure compared with a fixed value: by far the most frequent condition."""

    __slots__ = ("_bound", "_compare", "_label", "_measure", "_needed", "_op", "_said", "_words")

    def __init__(self, condition: Compare, measure: Measured, words: Words) -> None:
        """Prepare the bound and the words that never change."""
        entry = measure.entry
        self._measure, self._words, self._op = measure, words, condition.op
        self._bound = rank(entry, condition.value)
        self._compare = _comparison(entry)
        self._label = entry.label.in_language(words.language)
        self._needed = words.needed(entry, condition.op, self._bound)
        self._said: dict[Value, ConditionFinding] = {}

    def truth(self, context: Context) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        value = self._measure.read(context)
        met = self._compare(value, self._op, self._bound)
        return met, value.missing if met is None else ()

    def finding(self, context: Context) -> ConditionFinding:
        """The same, explained."""
        value = self._measure.read(context)
        found = self._said.get(value)
        if found is None:
            found = self._explain(value)
            if len(self._said) < KEPT:
                self._said[value] = found
        return found

    def _explain(self, value: Value) -> ConditionFinding:
        met = self._compare(value, self._op, self._bound)
        words, entry = self._words, self._measure.entry
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

    def __init__(self, condition: Compare, measure: Measured, book: RulebookInForce, words: Words) -> None:
        """Prepare the measure and where the figure comes from."""
        self._condition, self._measure, self._book, self._words = condition, measure, book, words
        self._compare = _comparison(measure.entry)
        self._label = measure.entry.label.in_language(words.language)

    def _figures(self, context: Context) -> tuple[Sequence[Any] | None, Missing]:
        """The figures it could be compared with; None where there is nothing to reach."""
        condition = self._condition
        if condition.table is not None and condition.by is not None:
            at = context.facts.value(condition.by)
            return _table_figures(self._book, condition.table, at), at.missing
        if condition.other_fact is not None:
            other: Value | None = context.facts.value(condition.other_fact)
        else:
            occupation = context.facts.occupation(condition.of or "job_offer")
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

    def _judge(self, context: Context) -> tuple[Met, Value, Sequence[Any] | None, Missing]:
        value = self._measure.read(context)
        figures, missing = self._figures(context)
        if figures is None:
            return True, value, None, ()
        if value.low is None or (not figures and not missing and self._condition.table is None):
            return False, value, figures, ()
        results = {self._compare(value, self._condition.op, figure) for figure in figures}
        met = results.pop() if len(results) == 1 else None
        return met, value, figures, tuple(dict.fromkeys(value.missing + missing)) if met is None else ()

    def truth(self, context: Context) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        met, _, _, missing = self._judge(context)
        return met, missing

    def finding(self, context: Context) -> ConditionFinding:
        """The same, explained."""
        met, value, figures, missing = self._judge(context)
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

    def __init__(self, condition: InList, book: RulebookInForce, words: Words) -> None:
        """Prepare the list's codes and its name."""
        self._condition, self._book, self._words = condition, book, words
        list_id = condition.in_list or condition.not_in_list or ""
        listed = book.lists.get(list_id)
        self._codes = frozenset(listed.entries) if listed else None
        name = listed.document.name.in_language(words.language) if listed else list_id
        self._needed = words.say("on_list" if condition.in_list else "off_list", name=name)
        self._subject = words[condition.occupation_of]

    def truth(self, context: Context) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        occupation = context.facts.occupation(self._condition.occupation_of)
        if occupation.low is None:
            return False, ()
        if self._codes is None or not occupation.is_known:
            return None, occupation.missing
        return (occupation.low in self._codes) == (self._condition.in_list is not None), ()

    def finding(self, context: Context) -> ConditionFinding:
        """The same, explained."""
        met, missing = self.truth(context)
        occupation = context.facts.occupation(self._condition.occupation_of)
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

    def __init__(self, condition: MainTeer, words: Words) -> None:
        """Prepare the words that never change."""
        self._condition, self._words = condition, words
        self._needed = words.say("mainly_teer", values=", ".join(map(str, condition.teer)))
        self._answer = "work" if condition.main_teer_of.person == "applicant" else "partner.work"

    def truth(self, context: Context) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        met = context.facts.main_teer(self._condition.main_teer_of, self._condition.teer)
        return met, (self._answer,) if met is None else ()

    def finding(self, context: Context) -> ConditionFinding:
        """The same, explained."""
        met, missing = self.truth(context)
        words = self._words
        yours = words["unknown" if met is None else "yes" if met else "no"]
        return ConditionFinding(met, words["experience"], self._needed, yours, missing=missing)


class RelativeInCanada:
    """Whether there is such a relative in Canada."""

    def __init__(self, condition: HasRelative, words: Words) -> None:
        """Prepare the words that never change."""
        self._condition, self._words = condition, words
        self._needed = words["relative" if condition.expected else "no_relative"]

    def truth(self, context: Context) -> Truth:
        """Whether it is met, and the answers that would settle it."""
        found = context.facts.relative(self._condition.relative)
        return compare_name(found, "==", self._condition.expected), found.missing

    def finding(self, context: Context) -> ConditionFinding:
        """The same, explained."""
        met, missing = self.truth(context)
        words = self._words
        found = met is self._condition.expected
        yours = words["unknown" if met is None else "yes" if found else "no"]
        return ConditionFinding(met, words["relatives"], self._needed, yours, missing=missing)


class OtherProgram:
    """Another program's verdict. Where that is only likely, what a person must judge there is left here too."""

    def __init__(self, condition: ProgramVerdict, book: RulebookInForce, words: Words) -> None:
        """Prepare the other program's name."""
        self._condition, self._words = condition, words
        names = {program.document.id: program.document.name for program in book.programs}
        name = names.get(condition.program)
        self._name = name.in_language(words.language) if name else condition.program
        self._needed = words.say("verdict_of", name=self._name)

    def _judge(self, context: Context) -> tuple[Met, bool]:
        verdict = context.verdict_of(self._condition.program)
        wanted = verdict in self._condition.verdict
        if verdict == "unknown" and not wanted:
            return None, False
        if verdict == "likely" and wanted:
            return None, True
        return wanted, False

    def truth(self, context: Context) -> Truth:
        """Whether it is met. What would settle it is told by the other program."""
        return self._judge(context)[0], ()

    def finding(self, context: Context) -> ConditionFinding:
        """The same, explained."""
        met, is_likely = self._judge(context)
        words = self._words
        yours = words["likely" if is_likely else "yes" if met else "unknown" if met is None else "no"]
        return ConditionFinding(met, self._name, self._needed, yours, is_judgement=is_likely)


class AskAPerson:
    """Something only a person can judge: the finding never changes."""

    def __init__(self, condition: Judgement, words: Words) -> None:
        """Make the one finding."""
        self._finding = ConditionFinding(
            met=None,
            subject=words["only_a_person"],
            needed=condition.judgement.in_language(words.language),
            yours=words["confirm"],
            is_judgement=True,
        )

    def truth(self, _context: Context) -> Truth:
        """Never known to a machine, and no answer here would settle it."""
        return None, ()

    def finding(self, _context: Context) -> ConditionFinding:
        """The same, explained."""
        return self._finding


def compile_condition(condition: Condition, book: RulebookInForce, words: Words) -> Compiled:
    """Prepare a condition for being asked."""
    match condition:
        case Compare():
            measure = compile_measure(condition, book, words)
            if condition.value is not None:
                return CompareWithValue(condition, measure, words)
            return CompareWithFigure(condition, measure, book, words)
        case InList():
            return OnList(condition, book, words)
        case MainTeer():
            return MainlyInTeer(condition, words)
        case HasRelative():
            return RelativeInCanada(condition, words)
        case ProgramVerdict():
            return OtherProgram(condition, book, words)
        case Judgement():
            return AskAPerson(condition, words)
