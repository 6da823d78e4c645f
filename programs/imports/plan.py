"""What importing a file would do, row by row, and doing it: all of it or nothing, with a line in the history."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from programs.actions.base import User, one_at_a_time
from programs.imports.cells import written
from programs.imports.files import FileRow, csv_rows, json_rounds, text_of
from programs.imports.ircc_feed import feed_rows
from programs.imports.round_kinds import RoundKinds, known_kinds
from programs.imports.tables import ROUNDS, CellProblem, Table, Values
from programs.models import Change, Origin, PoolBand

State = Literal["new", "changed", "same", "wrong", "left_out"]
ONE_DAY = dt.timedelta(days=1)


class CannotImport(Exception):  # noqa: N818 (a sentence says more)
    """Rows are wrong: nothing was written."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a cell said, and what it says in the file."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file, and what importing it would do."""

    index: int
    table: Table
    place: str
    subject: str
    state: State
    changes: tuple[CellChange, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    row: models.Model | None = None
    asks_kind_of: str = ""


@dataclass(frozen=True)
class Answers:
    """What staff said about rows that need them: the kind of a name, and rows to leave out (by their index)."""

    kinds: Mapping[str, str]
    left_out: frozenset[int]


NO_ANSWERS = Answers({}, frozenset())


@dataclass(frozen=True)
class Plan:
    """What importing a file would do."""

    file_name: str
    rows: tuple[PlannedRow, ...]
    kinds: tuple[str, ...]

    def of(self, *states: State) -> tuple[PlannedRow, ...]:
        """The rows of these states."""
        return tuple(row for row in self.rows if row.state in states)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows there are of each state."""
        return Counter(row.state for row in self.rows)

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """The names whose kind must be told before the file can be imported."""
        return tuple(dict.fromkeys(row.asks_kind_of for row in self.rows if row.asks_kind_of))

    @property
    def can_be_done(self) -> bool:
        """Whether nothing is wrong."""
        return not self.counts["wrong"]

    @cached_property
    def fingerprint(self) -> str:
        """What names this plan: the same file against the same rows gives the same, anything else another."""
        said = [(row.state, row.subject, row.changes, row.problems) for row in self.rows]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def plan_import(
    content: bytes, file_name: str, tables: Sequence[Table], source: str = "", answers: Answers = NO_ANSWERS
) -> Plan:
    """Read a file and hold it against what is in the database. Nothing is written.

    Args:
        content: the file.
        file_name: its name, for the history.
        tables: what it may be. Canada's own feed is taken where rounds are.
        source: the address of the feed, for what it says without naming a page.
        answers: what staff said about rows that need them.

    Raises:
        FileRefused: if the file as a whole cannot be read.

    """
    text = text_of(content)
    if ROUNDS in tables and text.lstrip()[:1] in "{[":
        found = feed_rows(json_rounds(text), source or latest_source())
    else:
        found = csv_rows(text, tables)
    kinds = known_kinds() if ROUNDS in tables else RoundKinds({}, {})
    return Plan(file_name, _Planner(kinds, answers).rows(found), tuple(kinds.by_kind))


def latest_source() -> str:
    """The address the last snapshot of the pool was read from: that of the feed."""
    return PoolBand.objects.order_by("-date").values_list("source", flat=True).first() or ""


@transaction.atomic
def carry_out(plan: Plan, by: User | None = None) -> None:
    """Do what a plan says, and put it on record. To be called with a plan made in the same transaction.

    Raises:
        CannotImport: if any row is wrong.

    """
    one_at_a_time()
    if not plan.can_be_done:
        raise CannotImport(_("Rows are wrong, so nothing was imported."))
    for table in {row.table.name: row.table for row in plan.rows}.values():
        table.save([row.row for row in plan.of("new", "changed") if row.table is table])
    tables = sorted({row.table.name for row in plan.rows})
    Change.objects.create(
        what=Change.What.IMPORTED,
        by=by,
        by_name=by.get_username() if by is not None else "",
        subject_kind=" ".join(tables),
        subject_id=plan.file_name[:150],
        subject=plan.file_name[:300],
        before={row.subject: {change.column: change.before for change in row.changes} for row in plan.of("changed")},
        after={
            **{state: plan.counts[state] for state in ("new", "changed", "same", "left_out")},
            "rows": {
                row.subject: {change.column: change.after for change in row.changes}
                for row in plan.of("new", "changed")
            },
        },
    )


class _Planner:
    """Rows of a file held against the rows there are."""

    def __init__(self, kinds: RoundKinds, answers: Answers) -> None:
        self._kinds = kinds
        self._answers = answers
        self._seen: dict[tuple[str, tuple[Any, ...]], str] = {}
        self._stored: dict[str, dict[tuple[Any, ...], models.Model]] = {}

    def rows(self, found: Iterable[FileRow]) -> tuple[PlannedRow, ...]:
        return tuple(self._row(index, row) for index, row in enumerate(found))

    def _there(self, table: Table) -> dict[tuple[Any, ...], models.Model]:
        if table.name not in self._stored:
            self._stored[table.name] = {
                tuple(getattr(row, name) for name in table.key): row for row in table.model._default_manager.all()
            }
        return self._stored[table.name]

    def _row(self, index: int, given: FileRow) -> PlannedRow:
        table = given.table
        values, problems = table.read(given.cells, whole=given.whole)
        problems = [*given.problems, *problems]
        subject = _subject(given, table)
        if index in self._answers.left_out:
            return PlannedRow(index, table, given.place, subject, "left_out", problems=tuple(problems))
        there = None
        if all(name in values for name in table.key):
            key = table.key_of(values)
            there = self._there(table).get(key)
            problems += self._repeated(table, key, given.place)
        asks = ""
        if table is ROUNDS:
            asks = self._settle_kind(values, there, problems)
            problems += _round_problems(values)
        if there is not None:
            values = {name: value for name, value in values.items() if table.column_of(name) not in given.for_new}
        row, changes = _meeting(table, there, values)
        if not problems and changes:
            problems += _refused(table, row)
        state: State = "wrong" if problems else "new" if there is None else "changed" if changes else "same"
        return PlannedRow(index, table, given.place, subject, state, changes, tuple(problems), row, asks)

    def _repeated(self, table: Table, key: tuple[Any, ...], place: str) -> list[CellProblem]:
        before = self._seen.setdefault((table.name, key), place)
        if before == place:
            return []
        return [CellProblem(table.key[0], _("this row is in the file twice, also at %(place)s") % {"place": before})]

    def _settle_kind(self, values: Values, there: models.Model | None, problems: list[CellProblem]) -> str:
        """Say whom a round was for: by the file, by what is stored, or by its name. Gives a name to ask about."""
        name = values.get("kind") or values.get("name")
        if name is None or ("kind" not in values and there is not None):
            return ""
        chosen = self._kinds.by_kind.get(self._answers.kinds.get(name, ""))
        known = self._kinds.by_kind.get(name) if "kind" in values else self._kinds.of(name)
        if known is None and chosen is None:
            message = _("what kind of round “%(name)s” is cannot be told. Choose one of: %(kinds)s. %(new)s")
            new = _("A new category is first added as a program.")
            kinds = ", ".join(self._kinds.by_kind)
            column = "kind" if "kind" in values else "name"
            problems.append(CellProblem(column, message % {"name": name, "kinds": kinds, "new": new}))
            return str(name)
        if known is None or "kind" not in values:
            found = known or chosen
            assert found is not None
            values["kind"], values["round_type"] = found.kind, found.round_type
            values.setdefault("includes_nomination_points", found.includes_nomination_points)
        return str(name) if known is None else ""


def _subject(given: FileRow, table: Table) -> str:
    return " ".join(str(given.cells.get(table.column_of(name), "")).strip()[:60] for name in table.key) or "?"


def _round_problems(values: Values) -> list[CellProblem]:
    """What cannot be true of a round whose cells can each be read."""
    problems: list[CellProblem] = []
    day, time, tie = values.get("date"), values.get("time_utc"), values.get("tie_break")
    # The feed's day is Ottawa's, the time is in UTC: they may be a day apart.
    if day and time and abs(time.date() - day) > ONE_DAY:
        message = _("%(time)s is not the day of the round, %(day)s; one of the two is wrong")
        problems.append(CellProblem("time_utc", message % {"time": written(time), "day": day}))
    if day and tie and tie.date() > day + ONE_DAY:
        message = _("%(time)s is after the round of %(day)s; a tie-break comes before it")
        problems.append(CellProblem("tie_break_utc", message % {"time": written(tie), "day": day}))
    return problems


def _meeting(table: Table, there: models.Model | None, values: Values) -> tuple[models.Model, tuple[CellChange, ...]]:
    """The row as it would be, and the cells that would change."""
    row = table.model() if there is None else copy(there)
    changes: list[CellChange] = []
    for column in table.columns:
        if column.field in values:
            before, after = getattr(there, column.field, None), values[column.field]
            if there is None or before != after:
                changes.append(CellChange(column.name, written(before), written(after)))
            setattr(row, column.field, after)
    row.origin = Origin.STAFF  # type: ignore[attr-defined]
    return row, tuple(changes)


def _refused(table: Table, row: models.Model) -> list[CellProblem]:
    """What the model itself refuses: lengths, addresses, limits, things that are not there."""
    try:
        row.full_clean(validate_unique=False)
    except ValidationError as error:
        return [
            CellProblem("" if field == "__all__" else table.column_of(field), " ".join(messages))
            for field, messages in error.message_dict.items()
        ]
    return []
