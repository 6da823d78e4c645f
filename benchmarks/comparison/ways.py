"""Ways of scoring the slice in Python: our engine, plain dictionaries, and dictionaries that give reasons."""

from typing import NamedTuple

from benchmarks.comparison.tables import FACTORS, Person, Tables
from eligibility.engine.assessment import Line
from eligibility.engine.factors import CompiledFactor
from eligibility.engine.readings import UNREAD, Readings, View
from eligibility.engine.together import Together
from eligibility.engine.words import Words
from eligibility.facts.language import HIGHEST_LEVEL
from eligibility.facts.values import Value, known, unknown_number
from programs.rulebook import ABILITIES, RulebookInForce, vocabulary

OLDEST = 150


class Ours:
    """The engine's own compiled factors: lines with reasons, and a range where something is not known."""

    def __init__(self, tables: Tables, book: RulebookInForce) -> None:
        """Compile the factors of the slice."""
        readings = Readings(book, Words())
        factors = [CompiledFactor(factor, readings, None) for factor in tables.factors]
        self._together: Together[Line] = Together(factors, readings.memory)
        self._pick = self._together.picker(factors)
        self._rank = {level.key: level.rank for level in vocabulary().levels}
        self._couple, self._age = readings.fact("partner_counts"), readings.fact("age")
        self._education = readings.fact("education_level")
        self._abilities = [(readings.fact(f"first_language_{ability}"), ability) for ability in ABILITIES]
        self._size = 1 + max(self._couple, self._age, self._education, *[slot for slot, _ in self._abilities])
        self._put = readings.put

    def lines(self, person: Person) -> tuple[Line, ...]:
        """The lines of the slice."""
        put, view = self._put, View([UNREAD] * self._size, [0] * self._size)
        views = (view,)
        put(views, self._couple, known(person["couple"]))
        age, level = person["age"], person["education"]
        put(views, self._age, known(age) if age is not None else unknown_number("birth_date", high=OLDEST))
        if level is not None:
            put(views, self._education, known(self._rank[level]))
        else:
            put(views, self._education, Value(0, len(self._rank) - 1, ("education",)))
        for slot, ability in self._abilities:
            clb = person[ability]
            put(views, slot, known(clb) if clb is not None else unknown_number(ability, high=HIGHEST_LEVEL))
        return self._pick(self._together.found(views))

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
