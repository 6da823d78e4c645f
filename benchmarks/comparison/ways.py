"""Ways of scoring the slice in Python: our engine, plain dictionaries, and dictionaries that give reasons."""

from typing import Any, NamedTuple

from benchmarks.comparison.tables import AGES, CLB_LEVELS, FACTORS, Person, Tables
from eligibility.engine.assessment import Line
from eligibility.engine.factors import CompiledFactor
from eligibility.engine.readings import UNREAD, Readings, View
from eligibility.engine.words import Words
from eligibility.facts.language import HIGHEST_LEVEL
from eligibility.facts.values import NO, YES, Value, known, unknown_number
from programs.rulebook import ABILITIES, RulebookInForce, vocabulary

OLDEST = 150


class Ours:
    """The engine's own compiled factors: lines with reasons, and a range where something is not known."""

    def __init__(self, tables: Tables, book: RulebookInForce) -> None:
        """Compile the factors of the slice."""
        readings = Readings(book, Words())
        self._lines = [CompiledFactor(factor, readings, None).line for factor in tables.factors]
        levels = {level.key: known(level.rank) for level in vocabulary().levels}
        answers: list[tuple[str, str, dict[Any, Value]]] = [
            ("couple", "partner_counts", {True: YES, False: NO}),
            ("age", "age", {None: unknown_number("birth_date", high=OLDEST), **{age: known(age) for age in AGES}}),
            ("education", "education_level", {None: Value(0, len(levels) - 1, ("education",)), **levels}),
        ]
        for ability in ABILITIES:
            of_ability = {None: unknown_number(ability, high=HIGHEST_LEVEL), **{clb: known(clb) for clb in CLB_LEVELS}}
            answers.append((ability, f"first_language_{ability}", of_ability))
        self._size = 1 + max([readings.fact(fact) for _, fact, _ in answers])
        self._answers = [
            (answer, slot := readings.fact(fact), self._with_codes(readings, slot, values))
            for answer, fact, values in answers
        ]

    def _with_codes(self, readings: Readings, slot: int, values: dict[Any, Value]) -> dict[Any, tuple[Value, int]]:
        """The value of each answer, and the number that stands for it."""
        view = View([UNREAD] * self._size, [0] * self._size)
        found = {}
        for answer, value in values.items():
            readings.put((view,), slot, value)
            found[answer] = value, view.codes[slot]
        return found

    def lines(self, person: Person) -> list[Line]:
        """The lines of the slice."""
        values, codes = [UNREAD] * self._size, [0] * self._size
        for answer, slot, with_codes in self._answers:
            values[slot], codes[slot] = with_codes[person[answer]]
        view = View(values, codes)
        return [line(view) for line in self._lines]

    def range(self, person: Person) -> tuple[int, int]:
        """The least and the most it could be."""
        lines = self.lines(person)
        return sum([line.points for line in lines]), sum([line.high for line in lines])

    def total(self, person: Person) -> int:
        """The total of the known answers."""
        return sum([line.points for line in self.lines(person)])


class Plain:
    """Look-ups in dictionaries: the total, and nothing else."""

    def __init__(self, tables: Tables) -> None:
        """Hold the tables."""
        self._age, self._education, self._ability = tables.age, tables.education, tables.ability

    def total(self, person: Person) -> int:
        """The total."""
        couple = person["couple"]
        ability = self._ability[couple]
        return (
            self._age[couple][person["age"]]
            + self._education[couple][person["education"]]
            + ability[person["listening"]]
            + ability[person["reading"]]
            + ability[person["writing"]]
            + ability[person["speaking"]]
        )


class Reason(NamedTuple):
    """A factor's points, with what they rest on."""

    factor: str
    name: str
    points: int
    most: int | None
    yours: str
    missing: tuple[str, ...]
    source: str
    provision: str | None


class PlainWithReasons:
    """The same dictionaries, written by hand to give a reason for each factor, and a range for what is not known."""

    def __init__(self, tables: Tables) -> None:
        """Hold the tables, and what is said of each factor."""
        self._tables = tables
        self._said = {
            factor.id: (factor.name.en, factor.cap, factor.cap_when.cap if factor.cap_when else None, factor.source)
            for factor in tables.factors
        }
        self._provision = {factor.id: factor.provision for factor in tables.factors}
        self._short = {level.key: level.short.en for level in vocabulary().levels}

    def lines(self, person: Person) -> tuple[list[Reason], int]:
        """The reasons, and the most that the total could be."""
        couple, tables = person["couple"], self._tables
        reasons, most = [], 0
        found: list[tuple[int, int, str, tuple[str, ...]]] = []
        for key, table, answer in (("age", tables.age, "birth_date"), ("education", tables.education, "education")):
            points, value = table[couple], person[key]
            if value is None:
                found.append((min(points.values()), max(points.values()), "not known yet", (answer,)))
            else:
                told = self._short[value] if key == "education" else str(value)
                found.append((points[value], points[value], told, ()))
        ability = tables.ability[couple]
        low = high = 0
        told_of, missing = [], []
        for name in ABILITIES:
            clb = person[name]
            if clb is None:
                low, high = low + min(ability.values()), high + max(ability.values())
                told_of.append("?")
                missing.append(name)
            else:
                low, high = low + ability[clb], high + ability[clb]
                told_of.append(f"CLB {clb}" if clb else "none")
        found.append((low, high, " / ".join(told_of), tuple(missing)))
        for factor, (least, highest, yours, needs) in zip(FACTORS, found, strict=True):
            title, cap, cap_of_couples, source = self._said[factor]
            reasons.append(
                Reason(
                    factor,
                    title,
                    least,
                    cap_of_couples if couple else cap,
                    yours,
                    needs,
                    source,
                    self._provision[factor],
                )
            )
            most += highest
        return reasons, most

    def range(self, person: Person) -> tuple[int, int]:
        """The least and the most it could be."""
        reasons, most = self.lines(person)
        return sum([reason.points for reason in reasons]), most

    def total(self, person: Person) -> int:
        """The total of the known answers."""
        return sum([reason.points for reason in self.lines(person)[0]])
