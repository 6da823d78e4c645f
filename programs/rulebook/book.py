"""The rulebook: everything published, seen for one date as an immutable object the engine evaluates."""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from programs.packs.schema import (
    Grid,
    LanguageTest,
    Notice,
    OccupationList,
    Pack,
    Program,
    ReferenceTable,
    Sources,
)
from programs.packs.schema.common import Text
from programs.packs.schema.grids import Factor, GridVersion
from programs.packs.schema.programs import Fact, Intake, Outlook, ProgramVersion
from programs.packs.schema.tables import Conversion, ListEntry, OccupationListVersion, ReferenceTableVersion
from programs.rulebook.draws import Draw, Draws
from programs.rulebook.pool import PoolSnapshot
from programs.rulebook.rounds import Round

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """A unit group of the National Occupational Classification."""

    code: str
    title: Text
    teer: int
    classification: str = "noc-2021"


class _Dated(Protocol):
    def holds_on(self, day: dt.date) -> bool: ...


D = TypeVar("D", bound=_Dated)


def _in_force(versions: Iterable[D], day: dt.date) -> D | None:
    """The version that holds on `day`; none is an answer of its own, never the nearest one."""
    for version in versions:
        if version.holds_on(day):
            return version
    return None


def _intake_on(intakes: Iterable[Intake], day: dt.date) -> Intake | None:
    for intake in intakes:
        if intake.from_ <= day and (intake.to is None or day <= intake.to):
            return intake
    return None


@dataclass(frozen=True, slots=True)
class ProgramInForce:
    """A program as it stands on a day: its rules, whether it takes applications, how realistic it is, what is told."""

    document: Program
    version: ProgramVersion | None
    intake: Intake | None
    outlook: Outlook | None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class GridInForce:
    """A grid and the version in force."""

    document: Grid
    version: GridVersion

    def programs(self) -> tuple[str, ...]:
        """The programs that count some of its factors in their own way."""
        return tuple(dict.fromkeys(program for factor in _walk(self.version.factors) for program in factor.only_for))


def _walk(factors: Iterable[Factor]) -> Iterator[Factor]:
    for factor in factors:
        yield factor
        yield from _walk(factor.children)


@dataclass(frozen=True, slots=True)
class ListInForce:
    """An occupation list and the version in force, by unit group."""

    document: OccupationList
    version: OccupationListVersion
    entries: Mapping[str, ListEntry]


@dataclass(frozen=True, slots=True)
class TableInForce:
    """A reference table and the version in force, by row."""

    document: ReferenceTable
    version: ReferenceTableVersion
    rows: Mapping[int | str, float]

    def figure(self, at: int | str) -> float | None:
        """The figure of a row. Past the last number the table goes on by `each_additional`, if it has one."""
        found = self.rows.get(at)
        if found is not None or not isinstance(at, int) or self.version.each_additional is None:
            return found
        last = max(row for row in self.rows if isinstance(row, int))
        return self.rows[last] + (at - last) * self.version.each_additional if at > last else None


@dataclass(frozen=True, slots=True)
class TestInForce:
    """A language test and those of its conversions that are accepted on the day."""

    document: LanguageTest
    conversions: tuple[Conversion, ...]


@dataclass(frozen=True, eq=False)
class RulebookInForce:
    """The rulebook on one day. `cache` is the engine's place for what it compiles from it, once."""

    revision: str
    day: dt.date
    programs: tuple[ProgramInForce, ...]
    grids: Mapping[str, GridInForce]
    lists: Mapping[str, ListInForce]
    tables: Mapping[str, TableInForce]
    tests: Mapping[str, TestInForce]
    all_tests: Mapping[str, LanguageTest]
    notices: tuple[Notice, ...]
    occupations: Mapping[str, UnitGroup]
    source_titles: Mapping[str, Text]
    rounds: tuple[Round, ...] = ()
    pool: tuple[PoolSnapshot, ...] = ()
    draws: Draws = field(default_factory=Draws)
    cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def counting(self, name: str) -> int:
        """A figure of the general counting rules (hours in a year of work, years a result counts…).

        Raises:
            LookupError: if no counting rule of that name is in force on this day.

        """
        table = self.tables.get("counting")
        figure = table.rows.get(name) if table else None
        if figure is None:
            raise LookupError(f"no counting rule {name!r} in force on {self.day}")
        return int(figure)


def _mapping(pairs: Iterable[tuple[str, Any]]) -> Mapping[str, Any]:
    return MappingProxyType(dict(pairs))


class Rulebook:
    """Everything published. `on(day)` gives what was, is or will be in force on that day."""

    def __init__(
        self,
        documents: Iterable[Pack],
        occupations: Iterable[UnitGroup],
        revision: str,
        rounds: Iterable[Round] = (),
        *,
        pool: Iterable[PoolSnapshot] = (),
        draws: Iterable[Draw] = (),
    ) -> None:
        """Hold the documents, sorted by kind and id so that equal rules make equal rulebooks."""
        self.revision = revision
        self.rounds = tuple(sorted(rounds, key=lambda one: (one.date, one.number)))
        self.pool = tuple(sorted(pool, key=lambda one: one.date))
        self.draws = Draws(draws)
        self.documents = tuple(sorted(documents, key=lambda document: (document.kind, document.id)))
        self.occupations: Mapping[str, UnitGroup] = MappingProxyType({group.code: group for group in occupations})
        self._kinds: dict[Any, tuple[Any, ...]] = {}
        self._starts = self._days_of_change()
        self._in_force: dict[int, RulebookInForce] = {}

    def of_kind(self, kind: type[D] | Any) -> list[Any]:
        """The documents of one kind."""
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = tuple(document for document in self.documents if isinstance(document, kind))
        return list(found)

    def draws_of(self, program: str, since: dt.date | None = None, until: dt.date | None = None) -> tuple[Draw, ...]:
        """The draws that invited for a program, newest first, from `since` to `until`, both included."""
        return self.draws.of_program(program, since, until)

    def days_of_change(self) -> tuple[dt.date, ...]:
        """Every day on which something in the rulebook starts or stops to hold."""
        return self._starts

    def on(self, day: dt.date) -> RulebookInForce:
        """What is in force on `day`. Days between two changes share one object."""
        index = bisect.bisect_right(self._starts, day)
        found = self._in_force.get(index)
        if found is None:
            found = self._in_force[index] = self._assemble(day)
        return found

    def _days_of_change(self) -> tuple[dt.date, ...]:
        days: set[dt.date] = set()

        def add(start: dt.date | None, end: dt.date | None) -> None:
            if start is not None:
                days.add(start)
            if end is not None and end < dt.date.max:
                days.add(end + ONE_DAY)

        for document in self.documents:
            for period in (
                *getattr(document, "versions", ()),
                *getattr(document, "conversions", ()),
                *getattr(document, "outlook", ()),
                *getattr(document, "facts", ()),
            ):
                add(period.effective_from, period.effective_to)
            for intake in getattr(document, "intake", ()):
                add(intake.from_, intake.to)
            if isinstance(document, Notice):
                add(document.reported_on, None)
                add(document.resolved_on, None)
        return tuple(sorted(days))

    def _assemble(self, day: dt.date) -> RulebookInForce:
        programs = []
        for document in self.of_kind(Program):
            version, intake = _in_force(document.versions, day), _intake_on(document.intake, day)
            if version is not None or intake is not None:
                facts = tuple(fact for fact in document.facts if fact.holds_on(day))
                programs.append(ProgramInForce(document, version, intake, _in_force(document.outlook, day), facts))
        return RulebookInForce(
            revision=self.revision,
            day=day,
            programs=tuple(programs),
            grids=_mapping((d.id, GridInForce(d, v)) for d, v in self._versions(Grid, day)),
            lists=_mapping(
                (d.id, ListInForce(d, v, _mapping((e.noc, e) for e in v.entries)))
                for d, v in self._versions(OccupationList, day)
            ),
            tables=_mapping(
                (d.id, TableInForce(d, v, MappingProxyType({row.at: row.value for row in v.rows})))
                for d, v in self._versions(ReferenceTable, day)
            ),
            tests=_mapping(
                (d.id, TestInForce(d, tuple(c for c in d.conversions if c.holds_on(day))))
                for d in self.of_kind(LanguageTest)
            ),
            all_tests=_mapping((d.id, d) for d in self.of_kind(LanguageTest)),
            notices=tuple(
                n
                for n in self.of_kind(Notice)
                if n.reported_on <= day and (n.resolved_on is None or day < n.resolved_on)
            ),
            occupations=self.occupations,
            source_titles=_mapping((s.url, s.title) for d in self.of_kind(Sources) for s in d.sources),
            rounds=self.rounds,
            pool=self.pool,
            draws=self.draws,
        )

    def _versions(self, kind: Any, day: dt.date) -> Iterable[tuple[Any, Any]]:
        for document in self.of_kind(kind):
            version = _in_force(document.versions, day)
            if version is not None:
                yield document, version


def build(
    documents: Iterable[Pack],
    occupations: Iterable[UnitGroup],
    revision: str,
    rounds: Iterable[Round] = (),
    *,
    pool: Iterable[PoolSnapshot] = (),
    draws: Iterable[Draw] = (),
) -> Rulebook:
    """Compile documents into a rulebook. `revision` names what it was made from."""
    return Rulebook(documents, occupations, revision, rounds, pool=pool, draws=draws)
