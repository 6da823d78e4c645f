"""A points table while it is edited: what rows and columns stand for, their bands, and the figures, as they were typed.

Buttons split, join, move, add and remove rows and columns; the figures go along. A paste fills it in. Nothing is
written before it is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError as SchemaError

from programs.admin.editor.bands import TypedAxis, TypedBand
from programs.admin.editor.choices import Choices, Offered, levels
from programs.admin.editor.condition_values import measure_values
from programs.admin.editor.measure import MeasureForm
from programs.admin.editor.paste_table import read_paste
from programs.admin.editor.tools import Tool, back_and_on, moved
from programs.admin.editor.typed_values import offered_values
from programs.models import PointsTable
from programs.packs.schema.grids import PointsTable as TableDocument
from programs.packs.schema.measures import Measure
from programs.rulebook import vocabulary

AXES = ("rows", "columns")
_PREFIXES: Mapping[str, str] = {"rows": "m0-0-0", "columns": "m1-0-0"}
# More than any official page prints.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with its field."""

    name: str
    typed: str
    label: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class BandPlace:
    """A band on the page: its fields, its buttons, and what is wrong with it."""

    prefix: str
    band: TypedBand
    words: str
    tools: list[Tool]
    wrong: str = ""
    cells: list[Cell] = field(default_factory=list)


class TableEditor:
    """A table on the page."""

    def __init__(
        self,
        post: Mapping[str, Any] | None = None,
        table: PointsTable | None = None,
        *,
        offered: Offered,
        check: bool = False,
    ) -> None:
        """Read it from what was sent, else from the database, else it is empty. With `check` it is to be saved."""
        self.offered = offered
        self.check = check
        self.axes: dict[str, TypedAxis] = {name: TypedAxis() for name in AXES}
        self.has_columns = False
        self.per_ability = False
        self.cells: list[list[str]] = []
        self.pasted = ""
        self.paste_wrong: list[str] = []
        self.wrong_cells: dict[tuple[int, int], str] = {}
        self.errors: list[str] = []
        self.is_new = post is None and table is None
        self._values: dict[str, dict[str, list[str]]] = {name: {} for name in AXES}
        if post is not None:
            self._read_post(post)
        elif table is not None:
            self._read_table(table)
        self.forms = {
            name: MeasureForm(self._values[name], self.offered, prefix=_PREFIXES[name], check=self.check)
            for name in AXES
            if name == "rows" or self.has_columns
        }
        for name, form in self.forms.items():
            self.axes[name].measure = form.checked_document
            self.axes[name].offered = named_values(form.checked_document) or _as_they_are(self.axes[name].bands)

    def _read_table(self, table: PointsTable) -> None:
        self.has_columns = table.columns_bands is not None
        self.per_ability = table.per_ability
        self.cells = [[str(figure) for figure in row] for row in table.points]
        for name in AXES:
            bands = getattr(table, f"{name}_bands") or ()
            self.axes[name].bands = [TypedBand.of(band) for band in bands]
            self._values[name] = measure_values(getattr(table, f"{name}_measure") or {})

    def _read_post(self, post: Mapping[str, Any]) -> None:
        self.has_columns = "t-columns" in post
        self.per_ability = "t-per_ability" in post
        self.pasted = str(post.get("t-paste", ""))
        for name in AXES:
            start = f"{_PREFIXES[name]}-"
            self._values[name] = {
                key.removeprefix(start): post.getlist(key)  # type: ignore[attr-defined]
                for key in post
                if key.startswith(start)
            }
            self.axes[name].bands = self._typed_bands(post, name)
        width = len(self.axes["columns"].bands) if self.has_columns else 1
        self.cells = [
            [str(post.get(f"cell-{row}-{column}", "")) for column in range(width)]
            for row in range(len(self.axes["rows"].bands))
        ]

    @staticmethod
    def _typed_bands(post: Any, axis: str) -> list[TypedBand]:
        bands = []
        for place in range(_MOST):
            start = f"band-{axis}-{place}"
            if f"{start}-en" not in post:
                break
            values = tuple(each for each in post.getlist(f"{start}-values") if each)
            low, high, english, french = (
                str(post.get(f"{start}-{part}", "")).strip() for part in ("min", "max", "en", "fr")
            )
            bands.append(TypedBand(low, high, values, english, french))
        return bands

    # Buttons ----------------------------------------------------------------------------------

    def rearrange(self, command: str) -> None:
        """Do what a button says: `split:rows:2`, `join:columns:0`, `add:rows`, `columns`, `fill` and so on."""
        name, *rest = command.split(":")
        axis = rest[0] if rest and rest[0] in AXES else ""
        place = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else -1
        if name == "columns":
            self.has_columns = True
            self.axes["columns"].bands = [TypedBand(english=_("points"))]
            self.forms["columns"] = MeasureForm({}, self.offered, prefix=_PREFIXES["columns"])
        elif name == "no_columns":
            self.has_columns = False
            self.cells = [row[:1] for row in self.cells]
        elif name == "fill":
            self._fill()
        elif name == "add" and axis:
            self._insert(axis, len(self.axes[axis].bands), self.axes[axis].following())
        elif axis and 0 <= place < len(self.axes[axis].bands):
            self._rearrange_band(name, axis, place)

    def _rearrange_band(self, name: str, axis: str, place: int) -> None:
        bands = self.axes[axis].bands
        if name == "split":
            bands[place], new = bands[place].split()
            self._insert(axis, place + 1, new, like=place)
        elif name == "join" and place + 1 < len(bands):
            bands[place] = bands[place].joined(bands[place + 1])
            self._take_out(axis, place + 1)
        elif name == "remove" and len(bands) > 1:
            self._take_out(axis, place)
        elif name in ("up", "down"):
            self.axes[axis].bands = moved(bands, place, name)
            if axis == "rows":
                self.cells = moved(self.cells, place, name)
            else:
                self.cells = [moved(row, place, name) for row in self.cells]

    def _insert(self, axis: str, place: int, band: TypedBand, like: int | None = None) -> None:
        """A new band; its figures are those of another where it was split off."""
        self.axes[axis].bands.insert(place, band)
        if axis == "rows":
            width = len(self.axes["columns"].bands) if self.has_columns else 1
            self.cells.insert(place, [""] * width if like is None else list(self.cells[like]))
        else:
            for row in self.cells:
                row.insert(place, "" if like is None else row[like])

    def _take_out(self, axis: str, place: int) -> None:
        del self.axes[axis].bands[place]
        if axis == "rows":
            del self.cells[place]
        else:
            for row in self.cells:
                del row[place]

    def _fill(self) -> None:
        width = len(self.axes["columns"].bands) if self.has_columns else 1
        rows = self.axes["rows"]
        cells, self.paste_wrong = read_paste(self.pasted, [rows.words(row) for row in range(len(rows.bands))], width)
        for (row, column), text in cells.items():
            self.cells[row][column] = text
        self._check_cells()
        if not self.paste_wrong:
            self.pasted = ""

    # Checks -----------------------------------------------------------------------------------

    def _check_cells(self) -> list[list[int]]:
        points = []
        for row, line in enumerate(self.cells):
            points.append([0] * len(line))
            for column, text in enumerate(line):
                try:
                    points[row][column] = int(text.replace(",", "").replace(" ", ""))
                except ValueError:
                    self.wrong_cells[row, column] = _("Enter a whole number.")
        return points

    def is_valid(self) -> bool:
        """Whether it can be saved. Gaps and overlaps may be: they stand in the way of publishing."""
        points = self._check_cells()
        unfinished = [form for form in self.forms.values() if not form.is_valid()]
        if unfinished or self.wrong_cells or any(axis.wrong() for axis in self.axes.values()):
            return False
        axes = {name: {"measure": self.axes[name].measure, "bands": self.axes[name].documents()} for name in self.forms}
        try:
            self.document = TableDocument.model_validate({**axes, "per_ability": self.per_ability, "points": points})
        except SchemaError as error:
            self.errors = [each["msg"].removeprefix("Value error, ") for each in error.errors()]
        return not self.errors

    def problems(self) -> list[str]:
        """Gaps, overlaps and forgotten values, of rows and of columns."""
        named = {"rows": _("Rows"), "columns": _("Columns")}
        return [f"{named[name]}: {said}" for name in self.forms for said in self.axes[name].problems()]

    # For the page -----------------------------------------------------------------------------

    @property
    def rows(self) -> list[BandPlace]:
        """The rows with their figures."""
        across = [column.words for column in self.columns] or [_("points")]
        return [
            self._place("rows", row, [self._cell(row, column, across) for column in range(len(self.cells[row]))])
            for row in range(len(self.axes["rows"].bands))
        ]

    @property
    def columns(self) -> list[BandPlace]:
        """The columns."""
        many = len(self.axes["columns"].bands) if self.has_columns else 0
        return [self._place("columns", column, []) for column in range(many)]

    @property
    def named(self) -> list[BandPlace]:
        """All bands, for what they are called."""
        return [*self.rows, *self.columns]

    def _cell(self, row: int, column: int, across: list[str]) -> Cell:
        label = f"{self.axes['rows'].words(row)}, {across[column] if column < len(across) else ''}"
        return Cell(f"cell-{row}-{column}", self.cells[row][column], label, self.wrong_cells.get((row, column), ""))

    def _place(self, axis: str, place: int, cells: list[Cell]) -> BandPlace:
        typed = self.axes[axis]
        start, words, many = f"band-{axis}-{place}", typed.words(place), len(typed.bands)
        told = {"what": words}
        tools = [Tool(f"split:{axis}:{place}", start, _("Split"), _("Split %(what)s in two") % told)]
        if place + 1 < many:
            label = _("Join ↓") if axis == "rows" else _("Join →")
            tools.append(Tool(f"join:{axis}:{place}", start, label, _("Join %(what)s with the next") % told))
        tools += back_and_on(
            f"{axis}:{place}", place, many, lambda other: f"band-{axis}-{other}", words, is_column=axis == "columns"
        )
        if many > 1:
            said = _("Remove %(what)s") % told
            tools.append(Tool(f"remove:{axis}:{place}", "table", "✕", said, css="rule__remove"))
        return BandPlace(start, typed.bands[place], words, tools, typed.wrong().get(place, ""), cells)

    @property
    def few_values(self) -> dict[str, Choices]:
        """The named values of each axis that a drop-down offers; empty where bands are ranges."""
        return {name: self.axes[name].offered for name in self.forms}


def _as_they_are(bands: list[TypedBand]) -> Choices:
    """The values that bands have, where what is measured offers none."""
    return [(value, value) for band in bands for value in band.values]


def named_values(measure: Measure | None) -> Choices:
    """The named values that bands of a measure stand for; none where they are ranges of numbers."""
    if measure is None or measure.experience is not None:
        return []
    if measure.credential is not None:
        return levels() if measure.credential.gives == "level" else []
    entry = vocabulary().facts.get(measure.fact or "")
    if entry is None or entry.type in ("number", "money", "clb"):
        return []
    return offered_values(entry.type, entry)
