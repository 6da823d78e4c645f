"""Measures, compiled: everything that rules look at, each read once for an applicant, at a place of its own.

What follows from the same values is the same, so results are kept by the numbers that stand for values (`codes`).
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.memory import Memory
from eligibility.facts.study import counted_study
from eligibility.facts.values import Value, known, truth
from eligibility.facts.work import counted_work
from programs.packs.schema.common import Text
from programs.packs.schema.measures import Credential, Experience, ListLevel, Measure, Relative
from programs.rulebook import FactEntry, RulebookInForce, vocabulary
from programs.rulebook.vocabulary import FactType

Reading = Callable[[Facts], Value]
Values = Sequence[Value]
# What stands at a place that is not read: no score is asked for before it is made, and no verdict is not known.
UNREAD = known("unknown")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure: the place where its value stands, and the vocabulary entry it is spoken of with."""

    entry: FactEntry
    slot: int


@cache
def spoken_of(kind: FactType, label: str, unit: str | None = None) -> FactEntry:
    """An entry for what is no fact of the vocabulary: work, study or a score under a rule's own parameters."""
    return FactEntry(key=label, type=kind, label=Text(en=label), answers=(), unit=unit)


def list_figure(book: RulebookInForce, list_id: str, column: str, occupation: Value) -> Value | None:
    """The figure a list gives an occupation; None where it gives none."""
    entries = book.lists[list_id].entries
    if not occupation.is_known:
        figures = [entry.figures.get(column, 0) for entry in entries.values()]
        return Value(0, max(figures, default=0), occupation.missing)
    entry = entries.get(occupation.low)
    figure = entry.figures.get(column) if entry else None
    return None if figure is None else known(figure)


def picker(slots: Sequence[int]) -> Callable[[Sequence[int]], Any]:
    """What picks the codes at these places: a key for everything that follows from their values."""
    return itemgetter(*slots) if slots else lambda _codes: None


class View:
    """The values of one applicant under one choice of language results, and the numbers that stand for them."""

    __slots__ = ("codes", "values")

    def __init__(self, values: list[Value], codes: list[int]) -> None:
        """Hold values and codes, by slot."""
        self.values = values
        self.codes = codes


class Readings:
    """All that the rules of one day look at. A measure that several rules name has one place, and is read once."""

    def __init__(self, book: RulebookInForce, words: Words) -> None:
        """Begin with nothing to look at."""
        self.book = book
        self.words = words
        self.memory = Memory()
        # What is compiled once although several rules hold it, by what it was compiled from.
        self.shared: dict[Hashable, Any] = {}
        self.of_language: set[int] = set()
        self.totals: dict[int, tuple[str, str | None]] = {}
        self.verdicts: dict[int, str] = {}
        self._slots: dict[Hashable, int] = {}
        self._reads: list[Reading | None] = []
        self._codes: list[dict[Value, int]] = []

    def _slot(self, key: Hashable, read: Reading | None) -> int:
        found = self._slots.get(key)
        if found is None:
            found = self._slots[key] = len(self._reads)
            self._reads.append(read)
            self._codes.append(self.memory.table())
        return found

    def fact(self, key: str) -> int:
        """Where a fact of the vocabulary stands."""
        slot = self._slot(key, lambda facts: facts.value(key))
        if key.rpartition("_")[0] in vocabulary().language_sets:
            self.of_language.add(slot)
        return slot

    def occupation(self, of: str) -> int:
        """Where the occupation of the offer, of the certificate or of the person stands."""
        if of == "trade_certificate":
            return self._slot("trade_certificate_noc", lambda facts: facts.occupation(of))
        return self.fact(f"{of}_noc")

    def experience(self, rule: Experience, unit: str) -> int:
        """Where an experience stands."""
        counted = counted_work(rule, self.book)
        person = rule.person
        return self._slot((rule, unit), lambda facts: counted.amount(facts.worked(person), unit))

    def credential(self, rule: Credential) -> int:
        """Where study under a rule's parameters stands."""
        counted = counted_study(rule, self.book)
        person = rule.person
        return self._slot(rule, lambda facts: counted.measure(facts.studied(person)))

    def main_teer(self, rule: Experience, teer: tuple[int, ...]) -> int:
        """Where it stands whether most of an experience lies in some TEER categories."""
        answer = "work" if rule.person == "applicant" else "partner.work"
        return self._slot((rule, teer), lambda facts: truth(facts.main_teer(rule, teer), answer))

    def relative(self, rule: Relative) -> int:
        """Where it stands whether there is such a relative."""
        return self._slot(rule, lambda facts: facts.relative(rule))

    def list_level(self, level: ListLevel) -> int:
        """Where the figure stands that a list gives an occupation; nothing listed is 0."""

        def read(facts: Facts) -> Value:
            occupation = facts.occupation(level.of)
            return list_figure(self.book, level.occupation_list, level.column, occupation) or known(0)

        return self._slot(level, read)

    def estimates(self) -> int:
        """Where it stands whether the applicant's language levels are their own estimate."""
        return self._slot(
            "estimates",
            lambda facts: known(any(test.estimated for test in facts.profile.language_tests or ())),
        )

    def total(self, grid: str, program: str | None) -> int:
        """Where a grid's total stands, as a program counts it. It is put there when the grid is scored."""
        counted_for = program if program in self.book.grids[grid].programs() else None
        slot = self._slot(("total", grid, counted_for), None)
        self.totals[slot] = (grid, counted_for)
        return slot

    def verdict(self, program: str) -> int:
        """Where a program's verdict stands. It is put there when the program is assessed."""
        slot = self._slot(("verdict", program), None)
        self.verdicts[slot] = program
        return slot

    def reader(self, slots: Iterable[int]) -> "Reader":
        """What reads the values at these places."""
        plain: list[_Step] = []
        of_language: list[_Step] = []
        for slot in sorted(set(slots)):
            read = self._reads[slot]
            if read is not None:
                (of_language if slot in self.of_language else plain).append((slot, read, self._codes[slot]))
        return Reader(len(self._reads), plain, of_language, self.memory)

    def put(self, views: Iterable[View], slot: int, value: Value) -> None:
        """Put a value at its place."""
        code = self.memory.code(self._codes[slot], value)
        for view in views:
            view.values[slot] = value
            view.codes[slot] = code


_Step = tuple[int, Reading, dict[Value, int]]


class Reader:
    """Reads the values at some places for one applicant after the other."""

    def __init__(self, size: int, plain: list[_Step], of_language: list[_Step], memory: Memory) -> None:
        """Prepare to read: what language results have no part in, and what each choice of them gives."""
        self._size = size
        self._plain = plain
        self._of_language = of_language
        self._memory = memory

    def views(self, facts: Facts) -> list[View]:
        """The values under each choice of language results."""
        values = [UNREAD] * self._size
        codes = [0] * self._size
        self._read(self._plain, facts, values, codes)
        choices = facts.choices()
        views = []
        for choice in choices:
            view = View(values, codes) if len(choices) == 1 else View(values.copy(), codes.copy())
            self._read(self._of_language, facts.choosing(choice), view.values, view.codes)
            views.append(view)
        return views

    def _read(self, steps: list[_Step], facts: Facts, values: list[Value], codes: list[int]) -> None:
        for slot, read, known_codes in steps:
            value = values[slot] = read(facts)
            code = known_codes.get(value)
            codes[slot] = code if code is not None else self._memory.code(known_codes, value)


def compile_measure(what: Measure, readings: Readings, program: str | None = None) -> Measured:
    """Give a measure its place. A grid's total is read as `program` counts it.

    Raises:
        KeyError: if it names a fact or a grid that does not exist on the rulebook's day.

    """
    words = readings.words
    if (fact := what.fact) is not None:
        # A set of four abilities is read one by one, by the table that uses it.
        entry = vocabulary().facts.get(fact) or vocabulary().facts[f"{fact}_lowest"]
        return Measured(entry, readings.fact(entry.key))
    if (experience := what.experience) is not None:
        unit = what.unit or "months"
        return Measured(spoken_of("number", words["experience"], unit), readings.experience(experience, unit))
    if (credential := what.credential) is not None:
        kind: Any = "level" if credential.gives == "level" else "number"
        unit_of = {"level": "credential", "study_years": "years", "count": None}[credential.gives]
        return Measured(spoken_of(kind, words["credential"], unit_of), readings.credential(credential))
    if (grid := what.grid) is not None:
        name = readings.book.grids[grid].document.name.in_language(words.language)
        return Measured(spoken_of("number", name, "points"), readings.total(grid, program))
    if what.list_level is None:
        raise ValueError("a measure names one thing")
    return Measured(spoken_of("number", words["occupation"]), readings.list_level(what.list_level))


def rank(entry: FactEntry, bound: Any) -> Any:
    """A bound in the form its fact is compared in: levels of education by their rank."""
    if entry.type != "level":
        return bound
    if isinstance(bound, tuple):
        return tuple(vocabulary().level_rank(str(level)) for level in bound)
    return vocabulary().level_rank(str(bound))
