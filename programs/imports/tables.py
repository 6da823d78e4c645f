"""The tables that can be read from a file: which columns they have, and the columns of the model these fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from programs.imports import cells
from programs.models import Confidence, Draw, PoolBand, Round

Values = dict[str, Any]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, and the field that it fills.

    A file must have the columns that are `needed`. A cell that `may_be_empty` then stands for `empty`.
    """

    name: str
    field: str
    read: cells.Reader
    needed: bool = True
    may_be_empty: bool = False
    empty: Any = None


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell, and what would be right."""

    column: str
    message: str


@dataclass(frozen=True)
class Table:
    """A kind of table. `file` is where the program's own lies below the folder of rules; `key` tells rows apart."""

    name: str
    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which it is not this table."""
        return tuple(column.name for column in self.columns if column.needed)

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """What tells the row from others."""
        return tuple(values[name] for name in self.key)

    def column_of(self, field: str) -> str:
        """The column that fills a field, or the field's own name."""
        return next((column.name for column in self.columns if column.field in (field, f"{field}_id")), field)

    def read(self, row: Mapping[str, str | None], *, whole: bool = True) -> tuple[Values, list[CellProblem]]:
        """What a row says, as far as it can be read, and what is wrong in it.

        Absent columns say nothing; in a `whole` row those that are needed must be there.
        """
        values: Values = {}
        problems: list[CellProblem] = []
        for column in self.columns:
            cell = row.get(column.name)
            if cell is None:
                if column.needed and whole:
                    problems.append(CellProblem(column.name, _("is missing: the row is shorter than the first line")))
                continue
            if not cell.strip():
                if column.may_be_empty:
                    values[column.field] = column.empty
                else:
                    problems.append(CellProblem(column.name, _("is empty, and must not be")))
                continue
            try:
                values[column.field] = column.read(cell)
            except ValueError as error:
                problems.append(CellProblem(column.name, str(error)))
        return values, problems

    def save(self, rows: list[Any]) -> None:
        """Write whole rows, new ones and those that are there already."""
        fields = [field.name for field in self.model._meta.concrete_fields if field.name not in {"id", *self.key}]
        if rows:
            self.model._default_manager.bulk_create(
                rows, batch_size=_BATCH, update_conflicts=True, unique_fields=list(self.key), update_fields=fields
            )

    def write(self, row: models.Model) -> dict[str, str]:
        """A row as the file says it."""
        return {column.name: cells.written(getattr(row, column.field)) for column in self.columns}


def _optional(name: str, field: str, read: cells.Reader, empty: Any = None) -> Column:
    return Column(name, field, read, needed=False, may_be_empty=True, empty=empty)


_CONFIDENCE = _optional("confidence", "confidence", cells.one_of(Confidence.values), Confidence.CONFIRMED.value)

ROUNDS = Table(
    name="rounds",
    file="rounds/express-entry-rounds.csv",
    model=Round,
    key=("number",),
    columns=(
        Column("round_number", "number", cells.text),
        Column("date", "date", cells.date),
        _optional("time_utc", "time_utc", cells.moment),
        Column("name", "name", cells.text),
        Column("kind", "kind", cells.text),
        Column("round_type", "round_type", cells.one_of(Round.RoundType.values)),
        Column("invitations", "invitations", cells.whole_number),
        Column("crs_cutoff", "cutoff", cells.whole_number, may_be_empty=True),
        _optional("tie_break_utc", "tie_break", cells.moment),
        _optional("includes_nomination_points", "includes_nomination_points", cells.flag, False),
        Column("source", "source", cells.text),
        _CONFIDENCE,
        _optional("note", "note", cells.text, ""),
    ),
)
POOL = Table(
    name="pool",
    file="rounds/pool-distribution.csv",
    model=PoolBand,
    key=("date", "range_low", "range_high"),
    columns=(
        Column("date", "date", cells.date),
        Column("range_low", "range_low", cells.whole_number),
        Column("range_high", "range_high", cells.whole_number),
        Column("candidates", "candidates", cells.whole_number),
        Column("source", "source", cells.text),
        Column("row_kind", "row_kind", cells.one_of(PoolBand.RowKind.values)),
    ),
)
DRAWS = Table(
    name="draws",
    file="draws/provincial-draws.csv",
    model=Draw,
    key=("id",),
    columns=(
        Column("id", "id", cells.text),
        Column("authority", "authority", cells.text),
        Column("programs", "programs", cells.identifiers),
        Column("date", "date", cells.date),
        _optional("date_precision", "date_precision", cells.one_of(Draw.Precision.values), Draw.Precision.DAY.value),
        Column("kind_en", "kind_en", cells.text),
        _optional("kind_fr", "kind_fr", cells.text, ""),
        Column("invitations", "invitations", cells.whole_number, may_be_empty=True),
        _optional("fewer_than", "fewer_than", cells.whole_number),
        _optional("grid", "grid_id", cells.text),
        Column("lowest_score", "lowest_score", cells.whole_number, may_be_empty=True),
        _optional("highest_score", "highest_score", cells.whole_number),
        _optional("note_en", "note_en", cells.text, ""),
        _optional("note_fr", "note_fr", cells.text, ""),
        Column("source", "source", cells.text),
        Column("as_of", "as_of", cells.text),
        _CONFIDENCE,
    ),
)
TABLES = (ROUNDS, POOL, DRAWS)
