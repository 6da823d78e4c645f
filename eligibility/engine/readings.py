"""Everything that rules look at: each read once for an applicant, at a place (slot) of its own.

What follows from the same values is the same, so results are kept by the numbers that stand for values (`codes`).
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from eligibility.engine.words import Words
from eligibility.facts import STUDIED, Facts, parts
from eligibility.facts.language import PARTS, ROLES, Choice
from eligibility.facts.memory import Memory
from eligibility.facts.offer import DERIVATIONS, RESTS_ON
from eligibility.facts.study import counted_study
from eligibility.facts.values import Met, Value, known, truth
from eligibility.facts.work import CountedWork, Experiences, counted_work
from eligibility.profile.model import InCanada, Profile
from programs.packs.schema.measures import Credential, Experience, ListLevel, Person, Relative
from programs.rulebook import RulebookInForce, vocabulary

Reading = Callable[[Facts], Value]
PartOf = Callable[[Facts], Hashable]
Values = Sequence[Value]
Codes = dict[Value, int]
# What stands at a place that is not read: no score is asked for before it is made, and no verdict is not known.
UNREAD: Final = known("unknown")
_NOTHING: Final = known(0)
# So many read parts of profiles are kept, of all parts and whatever the number of plans.
MOST_PARTS: Final = 10_000


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
        # Values by the part of a profile that they rest on.
        self.parts = Memory(MOST_PARTS)
        # What is compiled once although several rules hold it, by what it was compiled from.
        self.shared: dict[Hashable, Any] = {}
        self.totals: dict[int, tuple[str, str | None]] = {}
        self.verdicts: dict[int, str] = {}
        self._slots: dict[Hashable, int] = {}
        self._steps: list[Step | None] = []
        self._codes: list[Codes] = []
        # Levels have the same numbers at whatever place they stand.
        self.codes_of_level: Codes = self.memory.table()

    def _slot(self, key: Hashable, step: "Step | None") -> int:
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
            return self.levels() + ROLES.index(role) * len(PARTS) + PARTS.index(part)
        if key in STUDIED:
            return self.credential(STUDIED[key])
        if key in DERIVATIONS:
            derive = DERIVATIONS[key]
            return self._slot(key, _Plain(_in_profile(RESTS_ON[key]), lambda facts: derive(facts.profile, facts.book)))
        return self._slot(key, _Plain(_OF_SEVERAL.get(key, _family), lambda facts: facts.value(key)))

    def levels(self) -> int:
        """Where the levels of language results in their roles begin: they stand as a choice holds them."""
        first, *_others = [self._slot((role, part), _LEVEL) for role in ROLES for part in PARTS]
        return first

    def occupation(self, of: str) -> int:
        """Where the occupation of the offer, of the certificate or of the person stands."""
        if of == "trade_certificate":
            return self._slot(
                "trade_certificate_noc", _Plain(_in_profile(parts.held), lambda facts: facts.occupation(of))
            )
        return self.fact(f"{of}_noc")

    def experience(self, rule: Experience, unit: str) -> int:
        """Where an experience stands."""
        counted = counted_work(rule, self.book)
        return self._slot((rule, unit), _Work(_part_of_work(counted), rule.person, counted, unit))

    def credential(self, rule: Credential) -> int:
        """Where study under a rule's parameters stands."""
        counted, person = counted_study(rule, self.book), rule.person
        return self._slot(rule, _Plain(_STUDY[person], lambda facts: counted.measure(facts.studied(person))))

    def main_teer(self, rule: Experience, teer: tuple[int, ...]) -> int:
        """Where it stands whether most of an experience lies in some TEER categories."""
        counted, person = counted_work(rule, self.book), rule.person
        answer = "work" if person == "applicant" else "partner.work"

        def read(facts: Facts) -> Value:
            return truth(counted.lies_mainly_in(facts.worked(person), teer), answer)

        return self._slot((rule, teer), _Plain(_part_of_work(counted), read))

    def relative(self, rule: Relative) -> int:
        """Where it stands whether there is such a relative."""
        return self._slot(rule, _Plain(_relatives, lambda facts: facts.relative(rule)))

    def list_level(self, level: ListLevel) -> int:
        """Where the figure stands that a list gives an occupation; nothing listed is 0."""

        def read(facts: Facts) -> Value:
            occupation = facts.occupation(level.of)
            return list_figure(self.book, level.occupation_list, level.column, occupation) or _NOTHING

        return self._slot(level, _Plain(_OCCUPATION_OF[level.of], read))

    def estimates(self) -> int:
        """Where it stands whether the applicant's language levels are their own estimate."""
        return self._slot(
            "estimates", _Plain(_in_profile(parts.estimates), lambda facts: known(parts.estimates(facts.profile)))
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
        steps = [(slot, self._steps[slot], self._codes[slot]) for slot in sorted(set(slots))]
        return Reader(len(self._steps), steps, self)

    def of_choice(self) -> frozenset[int]:
        """The places of levels: what differs by the choice of language results. Nothing else does."""
        return frozenset([slot for slot, step in enumerate(self._steps) if isinstance(step, _Language)])

    def put(self, views: Iterable[View], slot: int, value: Value) -> None:
        """Put a value at its place."""
        known_codes = self._codes[slot]
        code = known_codes.get(value) or self.memory.code(known_codes, value)
        for view in views:
            view.values[slot] = value
            view.codes[slot] = code


def _in_profile(part: parts.Part) -> PartOf:
    """A part that stands in the profile as it is."""
    return _IN_PROFILE.setdefault(part, lambda facts: part(facts.profile))


def _family(facts: Facts) -> Hashable:
    return facts.assumed, parts.family(facts.profile)


def _couple(facts: Facts) -> Hashable:
    return facts.assumed, parts.couple(facts.profile)


def _relatives(facts: Facts) -> Hashable:
    """Relatives, and whether the partner counts whose they may be."""
    given = parts.relatives(facts.profile)
    return given and (given, facts.value("partner_counts"))


def _work(facts: Facts) -> Hashable:
    profile = facts.profile
    return profile.as_of, parts.jobs(profile.work)


def _work_of_partner(facts: Facts) -> Hashable:
    return facts.profile.as_of, parts.jobs(facts.jobs("partner"))


def _work_held_against(person: Person) -> PartOf:
    """Someone's jobs, with the occupation and the employer they are held against.

    Where there is nothing to hold them against, none of them counts.
    """

    def part(facts: Facts) -> Hashable:
        profile, work = facts.profile, facts.jobs(person)
        against_nothing = profile.job_offer is False and profile.trade_certificate is False
        if against_nothing and work is not None and None not in [job.noc for job in work]:
            return ()
        return profile.as_of, parts.jobs(work), parts.around_work(profile)

    return part


def _study(facts: Facts) -> Hashable:
    profile = facts.profile
    return profile.as_of, parts.studies(profile.education)


def _study_of_partner(facts: Facts) -> Hashable:
    return facts.profile.as_of, parts.studies(facts.studies("partner"))


_PEOPLE: Final[tuple[Person, ...]] = ("applicant", "partner")
_IN_PROFILE: Final[dict[parts.Part, PartOf]] = {}
_WORK: Final[dict[Person, PartOf]] = {"applicant": _work, "partner": _work_of_partner}
_WORK_HELD_AGAINST: Final = {person: _work_held_against(person) for person in _PEOPLE}
_STUDY: Final[dict[Person, PartOf]] = {"applicant": _study, "partner": _study_of_partner}
_OCCUPATION_OF: Final = {
    "job_offer": _in_profile(parts.offer),
    "trade_certificate": _in_profile(parts.held),
    "main_occupation": _WORK["applicant"],
}
# The parts that facts rest on which do not stand in the profile as they are. All others are of the family.
_OF_SEVERAL: Final = {
    "age": _in_profile(parts.age),
    "has_partner": _couple,
    "partner_counts": _couple,
    "main_occupation_noc": _WORK["applicant"],
    "main_occupation_teer": _WORK["applicant"],
}


def _part_of_work(counted: CountedWork) -> PartOf:
    return (_WORK_HELD_AGAINST if counted.is_held_against else _WORK)[counted.person]


class _Plain(NamedTuple):
    """What rests on one part of the profile: `key` gives the answers of that part."""

    key: PartOf
    read: Reading


class _Work(NamedTuple):
    """Work under a rule's parameters."""

    key: PartOf
    person: Person
    counted: CountedWork
    unit: str


class _Language:
    """A level of a language result in a role, which each choice gives anew. All of them are read at once."""


_LEVEL: Final = _Language()
Step = _Plain | _Language | _Work
Placed = tuple[int, Any, Codes]
# What was read of a part of the profile: values and the numbers that stand for them, by place.
_Read = tuple[tuple[int, Value, int], ...]
# Someone who has none of what one may have. Most have little more, so that only what differs is put in its place.
_NOBODY: Final = Profile(
    as_of=dt.date(2000, 1, 1),
    marital_status="single",
    education=(),
    language_tests=(),
    work=(),
    trade_certificate=False,
    job_offer=False,
    nomination=False,
    relatives_in_canada=(),
    canada=InCanada(present=False),
    express_entry_profile=False,
    children=(),
)


class Reader:
    """Reads the values at some places, for one applicant after the other."""

    def __init__(self, size: int, steps: Sequence[tuple[int, Step | None, Codes]], readings: Readings) -> None:
        """Put the steps that rest on the same part of the profile together."""
        by_part: dict[PartOf, list[Placed]] = {}
        for slot, step, codes in steps:
            if isinstance(step, _Plain | _Work):
                by_part.setdefault(step.key, []).append((slot, step, codes))
        self._levels: slice | None = None
        if any(isinstance(step, _Language) for _, step, _ in steps):
            first = readings.levels()
            self._levels = slice(first, first + len(ROLES) * len(PARTS))
        self._memory = readings.memory
        self._codes_of_level = readings.codes_of_level
        self._values, self._codes = [UNREAD] * size, [0] * size
        nobody = Facts(_NOBODY, readings.book)
        read_by = [(key, _PartReader(found, nobody, readings)) for key, found in by_part.items()]
        self._parts = [(key, part.kept, part.read) for key, part in read_by]
        for _, part in read_by:
            for slot, value, code in part.of_nobody:
                self._values[slot], self._codes[slot] = value, code

    def views(self, facts: Facts) -> list[View]:
        """The values under each choice of language results."""
        values, codes = self._values.copy(), self._codes.copy()
        for key_of, kept, read in self._parts:
            key = key_of(facts)
            found = kept.get(key)
            for slot, value, code in found if found is not None else read(key, facts):
                values[slot] = value
                codes[slot] = code
        choices = facts.choices()
        if len(choices) == 1:
            view = View(values, codes)
            self._read_levels(choices[0], view)
            return [view]
        views = [View(values.copy(), codes.copy()) for _ in choices]
        for choice, view in zip(choices, views, strict=True):
            self._read_levels(choice, view)
        return views

    def _read_levels(self, choice: Choice, view: View) -> None:
        levels = self._levels
        if levels is not None:
            view.values[levels] = choice.levels
            view.codes[levels] = choice.numbers or self._codes_of(choice.levels)

    def _codes_of(self, levels: tuple[Value, ...]) -> list[int]:
        """The numbers that stand for levels; one that is known for sure stands for itself."""
        code, known_codes = self._memory.code, self._codes_of_level
        return [
            level.low
            if level.low == level.high and not (level.missing or level.estimated)
            else code(known_codes, level)
            for level in levels
        ]


class _PartReader:
    """Reads what rests on one part of a profile. Of who gave the same answers there, all of it is kept together.

    Attributes:
        of_nobody: what stands there already, before anyone's answers are read.
        kept: by the answers, what is put in its place.

    """

    def __init__(self, steps: Sequence[Placed], nobody: Facts, readings: Readings) -> None:
        self._slots = [slot for slot, _, _ in steps]
        self._codes = [codes for _, _, codes in steps]
        self._plain = [(place, step.read) for place, (_, step, _) in enumerate(steps) if isinstance(step, _Plain)]
        work = [(place, step) for place, (_, step, _) in enumerate(steps) if isinstance(step, _Work)]
        self._work = _WorkReader(work, readings.memory) if work else None
        self._memory, self._parts = readings.memory, readings.parts
        self.kept: dict[Hashable, _Read] = readings.parts.table()
        code = self._memory.code
        values = self._values(nobody)
        self.of_nobody = [
            (slot, value, code(codes, value))
            for slot, value, codes in zip(self._slots, values, self._codes, strict=True)
        ]

    def read(self, key: Hashable, facts: Facts) -> _Read:
        """Read what rests on the part, for the first who gave these answers."""
        code = self._memory.code
        found = [
            (slot, value, known_codes.get(value) or code(known_codes, value))
            for (slot, usual, _), value, known_codes in zip(
                self.of_nobody, self._values(facts), self._codes, strict=True
            )
            if value is not usual and value != usual
        ]
        read: _Read = self._parts.keep(self.kept, key, tuple(found))
        return read

    def _values(self, facts: Facts) -> list[Value]:
        values = [_NOTHING] * len(self._slots)
        for place, read in self._plain:
            values[place] = read(facts)
        if self._work is not None:
            self._work.read(facts, values)
        return values


class _WorkReader:
    """Reads the work of one person. Rules that count jobs of such kinds alike are counted once."""

    def __init__(self, steps: Sequence[tuple[int, _Work]], memory: Memory) -> None:
        self._steps = steps
        self._person = steps[0][1].person
        self._memory = memory
        self._plans: dict[tuple[int, ...], list[_CountedAlike]] = memory.table()

    def read(self, facts: Facts, found: list[Value]) -> None:
        """Put everything that rules ask of the person's work in; nothing stands there already."""
        worked = facts.worked(self._person)
        if worked.held is None:
            for place, step in self._steps:
                found[place] = step.counted.amount(worked, step.unit)
            return
        plan = self._plans.get(worked.kinds)
        if plan is None:
            plan = self._memory.keep(self._plans, worked.kinds, self._plan(worked))
        for counted, allowed, units in plan:
            low, high = counted.time(worked, allowed)
            for unit, places in units.items():
                value = counted.in_unit(low, high, unit, worked.answer)
                for place in places:
                    found[place] = value

    def _plan(self, worked: Experiences) -> "list[_CountedAlike]":
        """Which rules count some of the jobs, whatever their dates, and which of them count them alike."""
        alike: dict[Hashable, _CountedAlike] = {}
        for place, step in self._steps:
            allowed = step.counted.kinds_allowed(worked)
            if any(met is not False for met in allowed):
                same = alike.setdefault((allowed, step.counted.way), _CountedAlike(step.counted, allowed, {}))
                same.units.setdefault(step.unit, []).append(place)
        return list(alike.values())


class _CountedAlike(NamedTuple):
    """Work that is counted alike: how, which of the jobs may count, and the places where it stands in each unit."""

    counted: CountedWork
    allowed: tuple[Met, ...]
    units: dict[str, list[int]]
