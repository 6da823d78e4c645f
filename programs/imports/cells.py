"""What one cell of a table says. Each reader raises ValueError, saying what is wrong and what would be right."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

Reader = Callable[[str], Any]
_WHOLE_NUMBER = re.compile(r"^(\d{1,9}|\d{1,3}(,\d{3}){1,2})$", re.ASCII)


def text(cell: str) -> str:
    """The words of the cell, with single blanks between them.

    Raises:
        ValueError: for signs that no text has.

    """
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in cell):
        raise ValueError(_("has a sign that cannot be printed; type the text again"))
    # No-break spaces inside a text are meant, as French writes its figures.
    return re.sub(r"[ \t\r\n]+", " ", cell).strip()


def whole_number(cell: str) -> int:
    """A number, with or without commas between thousands.

    Raises:
        ValueError: for anything else.

    """
    if not _WHOLE_NUMBER.match(cell.strip()):
        raise ValueError(
            _("“%(given)s” is not a whole number; write for example 3500 or 3,500") % {"given": _cut(cell)}
        )
    return int(cell.strip().replace(",", ""))


def date(cell: str) -> dt.date:
    """A date, written as year, month and day.

    Raises:
        ValueError: for any other form, and for days that do not exist.

    """
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", cell.strip(), re.ASCII):
            raise ValueError
        return dt.date.fromisoformat(cell.strip())
    except ValueError:
        raise ValueError(_("“%(given)s” is not a date; write for example 2026-03-05") % {"given": _cut(cell)}) from None


def moment(cell: str) -> dt.datetime:
    """A day and time in UTC.

    Raises:
        ValueError: for any other form, and for another time zone or none.

    """
    message = _("“%(given)s” is not a time in UTC; write for example 2026-03-05T14:39:41Z") % {"given": _cut(cell)}
    try:
        found = dt.datetime.fromisoformat(cell.strip())
    except ValueError:
        raise ValueError(message) from None
    if found.utcoffset() != dt.timedelta(0):
        raise ValueError(message)
    return found.astimezone(dt.UTC)


def flag(cell: str) -> bool:
    """True or false.

    Raises:
        ValueError: for any other word.

    """
    found = {"true": True, "false": False}.get(cell.strip().lower())
    if found is None:
        raise ValueError(_("“%(given)s” is neither true nor false; write one of the two") % {"given": _cut(cell)})
    return found


def identifiers(cell: str) -> list[str]:
    """Ids with blanks between them."""
    return cell.split()


def one_of(choices: Iterable[str]) -> Reader:
    """A reader of one of the words given; what it raises names them all."""
    words = tuple(choices)

    def read(cell: str) -> str:
        found = cell.strip()
        if found not in words:
            message = _("“%(given)s” is not known here; write one of: %(choices)s")
            raise ValueError(message % {"given": _cut(cell), "choices": ", ".join(words)})
        return found

    return read


def written(value: Any) -> str:
    """A value as its cell says it: the reverse of the readers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, list):
        return " ".join(value)
    return str(value)


def _cut(cell: str) -> str:
    return cell if len(cell) <= 60 else f"{cell[:60]}…"
