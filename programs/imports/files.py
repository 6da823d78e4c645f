"""A file as it was handed in, turned into rows of one or more tables. Whatever it holds, reading it never fails oddly.

A row is what its cells say, as text; `tables.py` says what they mean. Raises FileRefused, with a sentence to show.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from programs.imports.tables import CellProblem, Table

# The feed of all rounds since 2015 is about 600 kB.
MAX_BYTES = 1_500_000
MAX_ROWS = 5_000


class FileRefused(Exception):  # noqa: N818 (a sentence says more)
    """The file as a whole cannot be read; the message says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: where it stands in the file, its cells by column, and what was already found wrong in it.

    A row that is not `whole` says nothing of the columns it lacks. `for_new` are columns that only a row which is not
    there yet takes from the file.
    """

    table: Table
    place: str
    cells: Mapping[str, str]
    problems: tuple[CellProblem, ...] = ()
    whole: bool = True
    for_new: frozenset[str] = frozenset()


def text_of(content: bytes) -> str:
    """The file's text.

    Raises:
        FileRefused: if it is too large, or not text.

    """
    if len(content) > MAX_BYTES:
        message = _("The file has %(size)d kB; at most %(most)d kB can be read. Leave out rows that are there already.")
        raise FileRefused(message % {"size": len(content) // 1000, "most": MAX_BYTES // 1000})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(_("The file is not text in UTF-8. Save it as “CSV UTF-8”, or as JSON.")) from None
    if "\0" in text:
        raise FileRefused(_("The file is not text. Save it as “CSV UTF-8”, or as JSON."))
    if not text.strip():
        raise FileRefused(_("The file is empty."))
    return text


def csv_rows(text: str, tables: Sequence[Table]) -> list[FileRow]:
    """The rows of a table in CSV; the first line says which of the tables it is.

    Raises:
        FileRefused: if it is none of them, or not CSV.

    """
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [name.strip() for name in next(lines, [])]
        table = _table_with(header, tables)
        rows: list[FileRow] = []
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            place = _("line %(number)d") % {"number": lines.line_num}
            rows.append(FileRow(table, place, dict(zip(header, cells, strict=False)), _too_long(header, cells)))
            _check_length(rows)
    except csv.Error as error:
        raise FileRefused(_("The file is not a table in CSV: %(why)s.") % {"why": error}) from error
    if not rows:
        raise FileRefused(_("The table has a first line and no rows."))
    return rows


def json_rounds(text: str) -> list[dict[str, Any]]:
    """The rounds of Canada's own feed.

    Raises:
        FileRefused: if it is not JSON, or not that feed.

    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused(_("The file is not JSON: %(why)s.") % {"why": error}) from error
    rounds = value.get("rounds") if isinstance(value, dict) else None
    if not isinstance(rounds, list) or not rounds or not all(isinstance(one, dict) for one in rounds):
        raise FileRefused(_("The file is JSON, but has no list “rounds” of Express Entry rounds."))
    _check_length(rounds)
    return rounds


def _check_length(rows: Sequence[Any]) -> None:
    if len(rows) > MAX_ROWS:
        raise FileRefused(_("The file has more than %(most)d rows. Import it in parts.") % {"most": MAX_ROWS})


def _too_long(header: Sequence[str], cells: Sequence[str]) -> tuple[CellProblem, ...]:
    if len(cells) <= len(header):
        return ()
    message = _("has %(given)d cells, the first line has %(expected)d: put texts with commas in quotes")
    return (CellProblem(_("the row"), message % {"given": len(cells), "expected": len(header)}),)


def _table_with(header: Sequence[str], tables: Sequence[Table]) -> Table:
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise FileRefused(_("The first line has these columns twice: %(names)s.") % {"names": ", ".join(twice)})
    nearest = max(tables, key=lambda table: len(set(table.needed) & set(header)))
    missing = [name for name in nearest.needed if name not in header]
    if missing:
        message = _("The first line must name the columns %(needed)s. Missing: %(missing)s.")
        raise FileRefused(message % {"needed": ", ".join(nearest.needed), "missing": ", ".join(missing)})
    return nearest
