"""Everything that rules look at: each read once for an applicant, at a place (slot) of its own.

What follows from the same values is the same, so results are kept by the numbers that stand for values (`codes`).
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from eligibility.engine.words import Words
from eligibility.facts import STUDIED, Facts
from eligibility.facts.language import PARTS
from eligibility.facts.memory import Memory
from eligibility.facts.offer import DERIVATIONS, OF_THE_OFFER
from eligibility.facts.permit import Derivation
from eligibility.facts.study import CountedStudy, counted_study
from eligibility.facts.values import DOES_NOT_APPLY, Met, Value, known, truth
from eligibility.facts.work import CountedWork, Experiences, counted_work
from programs.packs.schema.measures import Credential, Experience, ListLevel, Person, Relative
from programs.rulebook import RulebookInForce, vocabulary

Reading = Callable[[Facts], Value]
Values = Sequence[Value]
Codes = dict[Value, int]
# What stands at a place that is not read: no score is asked for before it is made, and no verdict is not known.
UNREAD: Final = known("unknown")
_NOTHING: Final = known(0)
_CODE_WITHOUT_OFFER: Final = -1


def picker(slots: Sequence[int]) -> Callable[[Sequence[int]], Any]:
    """What picks the codes at these places: a key for everything that follows from their values."""
    return itemgetter(*slots) if slots else lambda _codes: None


def list_figure(book: RulebookInForce, list_id: str, column: str, occupation: Value) -> Value | None:
    """The figure a list gives an occupation; None where it gives none."""
    entries = book.lists[list_id].entries
    if not occupation.is_known:
        figures = [entry.figures.get(column, 0) for entry in entries.values()]
        return Value(0, max(figures, default=0), occupation.missing)
    entry = entries.get(occupation.low)
    figure = entry.figures.get(column) if entry else None
    return None if figure is None else known(figure)


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
        self.totals: dict[int, tuple[str, str | None]] = {}
        self.verdicts: dict[int, str] = {}
        self._slots: dict[Hashable, int] = {}
        self._steps: list[_Fact | _Plain | _Language | _Work | _Study | None] = []
        self._codes: list[Codes] = []
        # Levels have the same numbers at whatever place they stand.
        self.codes_of_level: Codes = self.memory.table()

    def _slot(self, key: Hashable, step: "_Fact | _Plain | _Language | _Work | _Study | None") -> int:
        found = self._slots.get(key)
        if found is None:
            found = self._slots[key] = len(self._steps)
            self._steps.append(step)
            self._codes.append(self.memory.table())
        return found

    def fact(self, key: str) -> int:
        """Where a fact of the vocabulary stands."""
        role, _, part = key.rpartition("_")
        if role in vocabulary().language_sets:
            return self._role(role) + PARTS.index(part)
        if key in STUDIED:
            return self.credential(STUDIED[key])
        if key in DERIVATIONS:
            return self._slot(key, _Fact(DERIVATIONS[key], of_the_offer=key in OF_THE_OFFER))
        return self._slot(key, _Plain(lambda facts: facts.value(key)))

    def _role(self, role: str) -> int:
        """Where the levels of a language result in a role begin: they stand side by side, in the order of PARTS."""
        first, *_others = [self._slot((role, part), _Language(role)) for part in PARTS]
        return first

    def occupation(self, of: str) -> int:
        """Where the occupation of the offer, of the certificate or of the person stands."""
        if of == "trade_certificate":
            return self._slot("trade_certificate_noc", _Plain(lambda facts: facts.occupation(of)))
        return self.fact(f"{of}_noc")

    def experience(self, rule: Experience, unit: str) -> int:
        """Where an experience stands."""
        return self._slot((rule, unit), _Work(rule.person, counted_work(rule, self.book), unit))

    def credential(self, rule: Credential) -> int:
        """Where study under a rule's parameters stands."""
        return self._slot(rule, _Study(rule.person, counted_study(rule, self.book)))

    def main_teer(self, rule: Experience, teer: tuple[int, ...]) -> int:
        """Where it stands whether most of an experience lies in some TEER categories."""
        counted, person = counted_work(rule, self.book), rule.person
        answer = "work" if person == "applicant" else "partner.work"

        def read(facts: Facts) -> Value:
            return truth(counted.lies_mainly_in(facts.worked(person), teer), answer)

        return self._slot((rule, teer), _Plain(read))

    def relative(self, rule: Relative) -> int:
        """Where it stands whether there is such a relative."""
        return self._slot(rule, _Plain(lambda facts: facts.relative(rule)))

    def list_level(self, level: ListLevel) -> int:
        """Where the figure stands that a list gives an occupation; nothing listed is 0."""

        def read(facts: Facts) -> Value:
            occupation = facts.occupation(level.of)
            return list_figure(self.book, level.occupation_list, level.column, occupation) or _NOTHING

        return self._slot(level, _Plain(read))

    def estimates(self) -> int:
        """Where it stands whether the applicant's language levels are their own estimate."""

        def read(facts: Facts) -> Value:
            return known(any(test.estimated for test in facts.profile.language_tests or ()))

        return self._slot("estimates", _Plain(read))

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
        steps = [(slot, self._steps[slot], self._codes[slot]) for slot in sorted(set(slots))]
        return Reader(len(self._steps), steps, self)

    def roles(self, roles: Iterable[str]) -> list[tuple[str, int, int]]:
        """For each role the places of its levels: the first, and the one after the last."""
        return [(role, self._role(role), self._role(role) + len(PARTS)) for role in dict.fromkeys(roles)]

    def put(self, views: Iterable[View], slot: int, value: Value) -> None:
        """Put a value at its place."""
        known_codes = self._codes[slot]
        code = known_codes.get(value) or self.memory.code(known_codes, value)
        for view in views:
            view.values[slot] = value
            view.codes[slot] = code


class _Fact(NamedTuple):
    """A fact that stands in the profile as it is."""

    derive: Derivation
    of_the_offer: bool


class _Plain(NamedTuple):
    """A fact that rests on others."""

    read: Reading


class _Language(NamedTuple):
    """A level of a language result in a role, which each choice gives anew. All levels of a role are read at once."""

    role: str


class _Work(NamedTuple):
    """Work under a rule's parameters."""

    person: Person
    counted: CountedWork
    unit: str


class _Study(NamedTuple):
    """Study under a rule's parameters."""

    person: Person
    counted: CountedStudy


class Reader:
    """Reads the values at some places, for one applicant after the other."""

    def __init__(self, size: int, steps: Sequence[tuple[int, object, Codes]], readings: Readings) -> None:
        """Sort the steps by how they are read."""
        self._memory = memory = readings.memory
        facts = [(slot, step, codes) for slot, step, codes in steps if isinstance(step, _Fact)]
        self._facts = [(slot, step.derive, codes) for slot, step, codes in facts if not step.of_the_offer]
        self._of_the_offer = [(slot, step.derive, codes) for slot, step, codes in facts if step.of_the_offer]
        self._plain = [(slot, step.read, codes) for slot, step, codes in steps if isinstance(step, _Plain)]
        self._roles = readings.roles([step.role for _, step, _ in steps if isinstance(step, _Language)])
        self._codes_of_level = readings.codes_of_level
        people: tuple[Person, ...] = ("applicant", "partner")
        of_work = {person: [s for s in steps if isinstance(s[1], _Work) and s[1].person == person] for person in people}
        of_study = {
            person: [s for s in steps if isinstance(s[1], _Study) and s[1].person == person] for person in people
        }
        self._work = [_WorkReader(person, found, memory) for person, found in of_work.items() if found]
        self._study = [_StudyReader(person, found, memory) for person, found in of_study.items() if found]
        self._values, self._codes = [UNREAD] * size, [0] * size
        # To someone without an offer no fact of the offer applies: these lists say so, ready to be copied.
        self._values_without, self._codes_without = self._values.copy(), self._codes.copy()
        for slot, _, _ in self._of_the_offer:
            self._values_without[slot], self._codes_without[slot] = DOES_NOT_APPLY, _CODE_WITHOUT_OFFER

    def views(self, facts: Facts) -> list[View]:
        """The values under each choice of language results."""
        profile, book, memory = facts.profile, facts.book, self._memory
        if profile.job_offer is False:
            values, codes = self._values_without.copy(), self._codes_without.copy()
        else:
            values, codes = self._values.copy(), self._codes.copy()
            for slot, derive, known_codes in self._of_the_offer:
                value = values[slot] = derive(profile, book)
                codes[slot] = known_codes.get(value) or memory.code(known_codes, value)
        for slot, derive, known_codes in self._facts:
            value = values[slot] = derive(profile, book)
            codes[slot] = known_codes.get(value) or memory.code(known_codes, value)
        for slot, read, known_codes in self._plain:
            value = values[slot] = read(facts)
            codes[slot] = known_codes.get(value) or memory.code(known_codes, value)
        for work in self._work:
            work.read(facts, values, codes)
        for study in self._study:
            study.read(facts, values, codes)
        return self._each_choice(facts, values, codes)

    def _each_choice(self, facts: Facts, values: list[Value], codes: list[int]) -> list[View]:
        choices = facts.choices()
        views = []
        for choice in choices:
            view = View(values, codes) if len(choices) == 1 else View(values.copy(), codes.copy())
            for role, first, after in self._roles:
                result = choice.of(role)
                view.values[first:after] = result.parts
                view.codes[first:after] = result.numbers or self._codes_of(result.parts)
            views.append(view)
        return views

    def _codes_of(self, levels: tuple[Value, ...]) -> list[int]:
        """The numbers that stand for levels; one that is known for sure stands for itself."""
        code, known_codes = self._memory.code, self._codes_of_level
        return [
            level.low
            if level.low == level.high and not (level.missing or level.estimated)
            else code(known_codes, level)
            for level in levels
        ]


class _WorkReader:
    """Reads the work of one person. Rules that count jobs of such kinds alike are counted once."""

    def __init__(self, person: Person, steps: Sequence[tuple[int, Any, Codes]], memory: Memory) -> None:
        self._person = person
        self._steps = steps
        self._memory = memory
        self._plans: dict[tuple[int, ...], _WorkPlan] = memory.table()

    def read(self, facts: Facts, values: list[Value], codes: list[int]) -> None:
        """Read everything that rules ask of the person's work."""
        worked = facts.worked(self._person)
        memory = self._memory
        if worked.held is None:
            for slot, step, known_codes in self._steps:
                value = values[slot] = step.counted.amount(worked, step.unit)
                codes[slot] = known_codes.get(value) or memory.code(known_codes, value)
            return
        plan = self._plans.get(worked.kinds)
        if plan is None:
            plan = memory.keep(self._plans, worked.kinds, self._plan(worked))
        for slot, code in plan.nothing:
            values[slot] = _NOTHING
            codes[slot] = code
        for counted, unit, allowed, places in plan.counted:
            value = counted.amount(worked, unit, allowed)
            for slot, known_codes in places:
                values[slot] = value
                codes[slot] = known_codes.get(value) or memory.code(known_codes, value)

    def _plan(self, worked: Experiences) -> "_WorkPlan":
        """Which rules count none of the jobs, whatever their dates, and which of the others count them alike."""
        nothing: list[tuple[int, int]] = []
        alike: dict[Hashable, _CountedAlike] = {}
        for slot, step, known_codes in self._steps:
            allowed = step.counted.kinds_allowed(worked)
            if all(met is False for met in allowed):
                nothing.append((slot, self._memory.code(known_codes, _NOTHING)))
                continue
            key = (allowed, step.counted.way, step.unit)
            alike.setdefault(key, _CountedAlike(step.counted, step.unit, allowed, [])).places.append(
                (slot, known_codes)
            )
        return _WorkPlan(nothing, list(alike.values()))


class _CountedAlike(NamedTuple):
    counted: CountedWork
    unit: str
    allowed: tuple[Met, ...]
    places: list[tuple[int, Codes]]


class _WorkPlan(NamedTuple):
    nothing: list[tuple[int, int]]
    counted: list[_CountedAlike]


class _StudyReader:
    """Reads the studies of one person. Most rules give the same to all studies of one kind."""

    def __init__(self, person: Person, steps: Sequence[tuple[int, Any, Codes]], memory: Memory) -> None:
        self._person = person
        self._by_kind = [(slot, step.counted, codes) for slot, step, codes in steps if not step.counted.asks_when]
        self._others = [(slot, step.counted, codes) for slot, step, codes in steps if step.counted.asks_when]
        self._memory = memory
        self._kinds: dict[int, list[tuple[int, Value, int]]] = memory.table()

    def read(self, facts: Facts, values: list[Value], codes: list[int]) -> None:
        """Read everything that rules ask of the person's studies."""
        studies, memory = facts.studied(self._person), self._memory
        found = self._kinds.get(studies.kind)
        if found is None:
            read = [(slot, counted.measure(studies), known_codes) for slot, counted, known_codes in self._by_kind]
            placed = [(slot, value, memory.code(known_codes, value)) for slot, value, known_codes in read]
            found = memory.keep(self._kinds, studies.kind, placed)
        for slot, value, code in found:
            values[slot] = value
            codes[slot] = code
        for slot, counted, known_codes in self._others:
            value = values[slot] = counted.measure(studies)
            codes[slot] = memory.code(known_codes, value)
