"""Points tables as the matrix that the official page prints: a field for each figure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError as SchemaError

from programs.admin.bands import BandRow, band_fields, band_rows, read_bands
from programs.admin.editor import choices
from programs.models import Factor, GridVersion, PointsTable
from programs.packs.schema.grids import Band
from programs.packs.schema.measures import Measure
from programs.packs.sentences import measure_phrase
from programs.rulebook import vocabulary

_PASTE = forms.Textarea(attrs={"rows": 4, "cols": 60, "class": "paste", "spellcheck": "false"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the matrix: its band and its figures, as fields or, when read-only, as figures."""

    label: str
    cells: list[Any]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table to show: what rows and columns stand for, their bands, and the figures."""

    factor: Factor
    depth: int
    rows_are: str = ""
    columns_are: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    paste: BoundField | None = None
    bands: tuple[BandRow, ...] = ()
    bands_are_open: bool = False

    @property
    def indent(self) -> range:
        """How deep the factor lies."""
        return range(self.depth)


class GridVersionForm(forms.ModelForm):
    """A grid's version with a field for each figure of its tables."""

    class Meta:
        model = GridVersion
        fields = "__all__"  # noqa: DJ007 (admin chooses the fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the fields of the tables that are there, filled in with what was pasted."""
        super().__init__(*args, **kwargs)
        self.tables = list(PointsTable.objects.filter(factor__version=self.instance.pk)) if self.instance.pk else []
        self.was_pasted = False
        self._pasted_wrong: dict[str, list[str]] = {}
        for table in self.tables:
            for row, figures in enumerate(table.points):
                for column, figure in enumerate(figures):
                    self.fields[cell_name(table, row, column)] = _cell(table, row, column, figure)
            self.fields.update(band_fields(table))
            self.fields[paste_name(table)] = forms.CharField(
                label=gettext_lazy("Paste from a spreadsheet"), required=False, widget=_PASTE, strip=False
            )
        if self.is_bound:
            self._fill_in()

    def _fill_in(self) -> None:
        """Put what was pasted into its cells. The page is then shown again, to be looked at before it is saved."""
        data: Any = copy(self.data)
        for table in self.tables:
            name = paste_name(table)
            if not data.get(name, "").strip():
                continue
            self.was_pasted = True
            cells, wrong = read_paste(data[name], _bands(table.rows_bands, table.rows_measure), len(table.points[0]))
            for (row, column), text in cells.items():
                data[cell_name(table, row, column)] = text
            if wrong:
                self._pasted_wrong[name] = wrong
            else:
                data[name] = ""
        self.data = data

    def is_valid(self) -> bool:
        """Whether it can be saved; what was pasted a moment ago is shown first."""
        return super().is_valid() and not self.was_pasted

    def clean(self) -> dict[str, Any]:
        """Say beside each paste what did not fit."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, wrong in self._pasted_wrong.items():
            self.add_error(name, wrong)
        for table in self.tables:
            for name, message in read_bands(table, data)[1].items():
                if name not in self.errors:
                    self.add_error(name, message)
        return data

    def changed_tables(self) -> Iterator[PointsTable]:
        """The tables whose figures or bands were changed, as they are now."""
        for table in self.tables:
            points = [
                [self.cleaned_data[cell_name(table, row, column)] for column in range(len(figures))]
                for row, figures in enumerate(table.points)
            ]
            bands, _wrong = read_bands(table, self.cleaned_data)
            before = (table.points, table.rows_bands, table.columns_bands)
            table.points = points
            table.rows_bands = bands["rows"]
            table.columns_bands = bands.get("columns")
            if before != (table.points, table.rows_bands, table.columns_bands):
                yield table


def read_paste(text: str, rows: list[str], width: int) -> tuple[dict[tuple[int, int], str], list[str]]:
    r"""The cells of a table as a spreadsheet copies it, and what does not fit the table.

    `rows` are what the table calls its rows and `width` its number of columns. A line of headings above and a column of
    labels on the left may come with it.

    >>> read_paste("18\t99\t105", ["18"], 2)
    ({(0, 0): '99', (0, 1): '105'}, [])
    """
    lines = [line.split("\t") for line in text.strip("\r\n").splitlines() if line.strip()]
    if len(lines) == len(rows) + 1:
        lines = lines[1:]
    wrong: list[str] = []
    if len(lines) != len(rows):
        wrong.append(
            _("%(pasted)d lines were pasted, and the table has %(rows)d rows. Copy the whole table.")
            % {"pasted": len(lines), "rows": len(rows)}
        )
    cells: dict[tuple[int, int], str] = {}
    for row, line in enumerate(lines[: len(rows)]):
        figures = line[1:] if len(line) == width + 1 else line
        if len(figures) != width:
            wrong.append(
                _("Line %(line)d (%(row)s) has %(pasted)d figures, and the table has %(width)d columns.")
                % {"line": row + 1, "row": rows[row], "pasted": len(figures), "width": width}
            )
        for column, figure in enumerate(figures[:width]):
            cells[row, column] = figure.strip().replace(",", "").replace("\u00a0", "").replace(" ", "")
    return cells, wrong


def paste_name(table: PointsTable) -> str:
    """The name of the field into which a table is pasted."""
    return f"paste-{table.pk}"


def cell_name(table: PointsTable, row: int, column: int) -> str:
    """The name of the field of one figure."""
    return f"points-{table.pk}-{row}-{column}"


def _cell(table: PointsTable, row: int, column: int, figure: int) -> forms.IntegerField:
    columns = _bands(table.columns_bands, table.columns_measure) if table.columns_bands else [_("points")]
    label = f"{_bands(table.rows_bands, table.rows_measure)[row]}, {columns[column]}"
    # Not a number field: browsers empty those when something else is typed or pasted into them.
    attributes = {"aria-label": label, "class": "points-cell", "inputmode": "numeric"}
    return forms.IntegerField(initial=figure, label=label, widget=forms.TextInput(attrs=attributes))


def matrices(version: GridVersion, form: Any = None) -> list[Matrix]:
    """Every factor of a version in order, those scored by a table with their matrix.

    With a `form` the figures are its fields, without one they are figures to read.
    """
    factors = version.factors.select_related("table").order_by("position", "pk")
    children: dict[int | None, list[Factor]] = defaultdict(list)
    for factor in factors:
        children[factor.parent_id].append(factor)
    return list(_below(children, None, 0, form))


def _below(children: Mapping[int | None, list[Factor]], parent: int | None, depth: int, form: Any) -> Iterator[Matrix]:
    for factor in children.get(parent, ()):
        yield _matrix(factor, factor.table, depth, form) if hasattr(factor, "table") else Matrix(factor, depth)
        yield from _below(children, factor.pk, depth + 1, form)


def _matrix(factor: Factor, table: PointsTable, depth: int, form: Any) -> Matrix:
    labels = _bands(table.rows_bands, table.rows_measure)
    across = _bands(table.columns_bands, table.columns_measure) if table.columns_bands else []
    is_edited = form is not None and paste_name(table) in form.fields
    bands = band_rows(table, form, {"rows": labels, "columns": across}) if is_edited else []
    rows = tuple(
        Row(label, [_figure(form, table, row, column, figure) for column, figure in enumerate(table.points[row])])
        for row, label in enumerate(labels)
    )
    return Matrix(
        factor,
        depth,
        rows_are=_phrase(table.rows_measure),
        columns_are=_phrase(table.columns_measure),
        columns=tuple(across) or (_("points"),),
        rows=rows,
        paste=form[paste_name(table)] if is_edited else None,
        bands=tuple(bands),
        bands_are_open=any(field.errors for band in bands for field in band.fields),
    )


def _figure(form: Any, table: PointsTable, row: int, column: int, figure: int) -> BoundField | int:
    name = cell_name(table, row, column)
    return form[name] if form is not None and name in form.fields else figure


def _phrase(measure: dict[str, Any] | None) -> str:
    try:
        return measure_phrase(Measure.model_validate(measure)) if measure else ""
    except SchemaError:
        return ""


def _bands(bands: list[dict[str, Any]], measure: dict[str, Any] | None) -> list[str]:
    labels = _value_labels(measure or {})
    return [_band(Band.model_validate(band), labels) for band in bands]


def _value_labels(measure: dict[str, Any]) -> dict[object, Any]:
    """What the named values of a measure are called, where its values are a closed list."""
    entry = vocabulary().facts.get(measure.get("fact", ""))
    if "credential" in measure or (entry is not None and entry.type == "level"):
        return dict(choices.levels())
    if entry is None:
        return {}
    return {True: _("yes"), False: _("no")} if entry.type == "boolean" else dict(choices.values_of(entry))


def _band(band: Band, labels: Mapping[object, Any]) -> str:
    if band.label is not None:
        return band.label.en
    if band.values:
        return ", ".join(str(labels.get(value, value)) for value in band.values)
    if band.min is None:
        return _("%(most)s or less") % {"most": band.max}
    if band.max is None:
        return _("%(least)s or more") % {"least": band.min}
    return str(band.min) if band.min == band.max else f"{band.min}–{band.max}"
