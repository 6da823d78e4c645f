"""The rows of a reference table's draft, from a table `at,value`: the file is the whole table, in its order."""

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from programs.actions.base import User, record
from programs.imports.files import MAX_ROWS, FileRefused
from programs.models import Change, ReferenceTableVersion, TableRow

COLUMNS = ("at", "value")
_NUMBER = re.compile(r"^-?\d{1,9}$", re.ASCII)
_FIGURE = re.compile(r"^-?(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,6})?$", re.ASCII)
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", re.ASCII)
State = Literal["new", "changed", "same", "removed", "wrong"]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row: what it says now, and what it would say."""

    line: int | None
    at: str
    state: State
    before: float | None = None
    after: float | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FiguresPlan:
    """What taking the rows of a file would do to a draft."""

    rows: tuple[FigureRow, ...]

    @property
    def wrong(self) -> tuple[FigureRow, ...]:
        """The rows to put right."""
        return tuple(row for row in self.rows if row.state == "wrong")

    @property
    def fingerprint(self) -> str:
        """What names this plan."""
        return hashlib.sha256(repr(self.rows).encode()).hexdigest()[:32]


def plan_figures(text: str, version: ReferenceTableVersion) -> FiguresPlan:
    """Read a table and hold it against a draft's rows. Nothing is written.

    Raises:
        FileRefused: if it is not such a table.

    """
    now = {str(row.at): row.value for row in version.rows.all()}
    found: dict[str, FigureRow] = {}
    wrong: list[FigureRow] = []
    for line, cells in _lines(text):
        row = _row(line, cells, now, found)
        if row.state == "wrong":
            wrong.append(row)
        else:
            found[row.at] = row
    named = found.keys() | {row.at for row in wrong}
    removed = [FigureRow(None, at, "removed", before=value) for at, value in now.items() if at not in named]
    return FiguresPlan((*wrong, *found.values(), *removed))


@transaction.atomic
def take_figures(plan: FiguresPlan, version: ReferenceTableVersion, by: User | None) -> None:
    """Make a draft's rows those of a plan without wrong rows, and put it on record. Notes stay with their rows."""
    notes = {str(row.at): (row.note_en, row.note_fr) for row in version.rows.all()}
    version.rows.all().delete()
    taken = [(row.at, row.after) for row in plan.rows if row.after is not None]
    TableRow.objects.bulk_create(
        TableRow(
            version=version,
            position=position,
            at_number=int(at) if _NUMBER.match(at) else None,
            at_code="" if _NUMBER.match(at) else at,
            value=value,
            note_en=notes.get(at, ("", ""))[0],
            note_fr=notes.get(at, ("", ""))[1],
        )
        for position, (at, value) in enumerate(taken)
    )
    moved = [row for row in plan.rows if row.state in ("new", "changed", "removed")]
    record(
        Change.What.IMPORTED,
        version,
        by,
        before={row.at: row.before for row in moved if row.before is not None},
        after={row.at: row.after for row in moved if row.after is not None},
    )


def _lines(text: str) -> list[tuple[int, list[str]]]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [name.strip() for name in next(reader, [])]
        rows = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise FileRefused(_("This is not a table in CSV: %(why)s.") % {"why": error}) from error
    if header != list(COLUMNS):
        raise FileRefused(_("The first line must be “at,value”."))
    if not rows or len(rows) > MAX_ROWS:
        raise FileRefused(_("Give at least one row, and at most %(most)d.") % {"most": MAX_ROWS})
    return rows


def _row(line: int, cells: list[str], now: dict[str, float], found: dict[str, FigureRow]) -> FigureRow:
    at = cells[0].strip()
    if _NUMBER.match(at):
        at = str(int(at))
    problem = ""
    if len(cells) != len(COLUMNS):
        problem = _("two cells are needed, at and value; put a figure with commas in quotes")
    elif not (_NUMBER.match(at) or _CODE.match(at)):
        problem = _("at: write a whole number, or a code of letters, digits, hyphens and underscores")
    elif at in found:
        problem = _("at: this row is there twice, also on line %(line)d") % {"line": found[at].line}
    elif not _FIGURE.match(cells[1].strip()):
        problem = _("value: write a figure such as 15263 or 36.5")
    if problem:
        return FigureRow(line, at[:100], "wrong", problem=problem)
    before, after = now.get(at), float(cells[1].strip().replace(",", ""))
    state: State = "new" if before is None else "same" if before == after else "changed"
    return FigureRow(line, at, state, before, after)
