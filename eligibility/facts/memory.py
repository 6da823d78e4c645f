"""What was worked out once for values that come again: kept for the next applicant, and never without bound."""

from itertools import count
from typing import Any

KEPT_FOR_EACH = 50
# Numbers below this are never given to a value: whole numbers that are known may stand for themselves.
RESERVED = 512


class Memory:
    """Tables of results by what they follow from.

    Together they have room in proportion to their number, or as much as is said. When they hold more, all are emptied.
    Only what can be worked out again at any time, with the same result, belongs here. Codes are never given twice,
    so a code from before an emptying finds nothing rather than something else.
    """

    def __init__(self, room: int | None = None) -> None:
        """Begin with no table; with `room`, for so many results whatever the number of tables."""
        self._tables: list[dict[Any, Any]] = []
        self._of_each = KEPT_FOR_EACH if room is None else 0
        self._most = self._room = room or 0
        self._codes = count(RESERVED)

    def table(self) -> dict[Any, Any]:
        """A new table, empty. Read it freely; write to it with `keep`."""
        table: dict[Any, Any] = {}
        self._tables.append(table)
        self._most += self._of_each
        self._room += self._of_each
        return table

    def keep(self, table: dict[Any, Any], key: Any, result: Any) -> Any:
        """Keep a result in a table, and return the one that is kept there."""
        self._room -= 1
        if self._room < 0:
            self._room = self._most
            for each in self._tables:
                each.clear()
        return table.setdefault(key, result)

    def code(self, table: dict[Any, int], value: Any) -> int:
        """The number that stands for a value in a table: equal values of one table have the same."""
        found = table.get(value)
        code: int = found if found is not None else self.keep(table, value, next(self._codes))
        return code
