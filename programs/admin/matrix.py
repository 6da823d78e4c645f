"""Points tables as the matrix that the official page prints: a field for each figure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError as SchemaError

from programs.models import Factor, GridVersion, PointsTable
from programs.packs.schema.grids import Band
from programs.packs.schema.measures import Measure
from programs.packs.sentences import measure_phrase


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
        """Add the fields of the tables that are there."""
        super().__init__(*args, **kwargs)
        self.tables = list(PointsTable.objects.filter(factor__version=self.instance.pk)) if self.instance.pk else []
        for table in self.tables:
            for row, figures in enumerate(table.points):
                for column, figure in enumerate(figures):
                    self.fields[cell_name(table, row, column)] = _cell(table, row, column, figure)

    def changed_tables(self) -> Iterator[PointsTable]:
        """The tables whose figures were changed, with their new figures."""
        for table in self.tables:
            points = [
                [self.cleaned_data[cell_name(table, row, column)] for column in range(len(figures))]
                for row, figures in enumerate(table.points)
            ]
            if points != table.points:
                table.points = points
                yield table


def cell_name(table: PointsTable, row: int, column: int) -> str:
    """The name of the field of one figure."""
    return f"points-{table.pk}-{row}-{column}"


def _cell(table: PointsTable, row: int, column: int, figure: int) -> forms.IntegerField:
    across = _bands(table.columns_bands)[column] if table.columns_bands else gettext_lazy("points")
    label = f"{_bands(table.rows_bands)[row]}, {across}"
    attributes = {"aria-label": label, "class": "points-cell"}
    return forms.IntegerField(initial=figure, label=label, widget=forms.NumberInput(attrs=attributes))


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
    labels = _bands(table.rows_bands)
    rows = tuple(
        Row(label, [_figure(form, table, row, column, figure) for column, figure in enumerate(table.points[row])])
        for row, label in enumerate(labels)
    )
    return Matrix(
        factor,
        depth,
        rows_are=_phrase(table.rows_measure),
        columns_are=_phrase(table.columns_measure),
        columns=tuple(_bands(table.columns_bands)) if table.columns_bands else (_("points"),),
        rows=rows,
    )


def _figure(form: Any, table: PointsTable, row: int, column: int, figure: int) -> BoundField | int:
    name = cell_name(table, row, column)
    return form[name] if form is not None and name in form.fields else figure


def _phrase(measure: dict[str, Any] | None) -> str:
    try:
        return measure_phrase(Measure.model_validate(measure)) if measure else ""
    except SchemaError:
        return ""


def _bands(bands: list[dict[str, Any]]) -> list[str]:
    return [_band(Band.model_validate(band)) for band in bands]


def _band(band: Band) -> str:
    if band.label is not None:
        return band.label.en
    if band.values:
        return ", ".join(str(value) for value in band.values)
    if band.min is None:
        return _("%(most)s or less") % {"most": band.max}
    if band.max is None:
        return _("%(least)s or more") % {"least": band.min}
    return str(band.min) if band.min == band.max else f"{band.min}–{band.max}"
