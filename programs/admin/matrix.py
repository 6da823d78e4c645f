"""Points tables as the matrix that the official page prints, to be read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError as SchemaError

from programs.admin.editor import choices
from programs.admin.problem_links import factor_of, factors_by_place
from programs.checks.problems import Problem
from programs.models import Factor, GridVersion
from programs.packs.schema.grids import Band
from programs.packs.schema.measures import Measure
from programs.packs.sentences import measure_phrase
from programs.rulebook import vocabulary


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the matrix: its band and its figures."""

    label: str
    cells: list[int]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table to show: what rows and columns stand for, their bands, and the figures."""

    factor: Factor
    depth: int
    rows_are: str = ""
    columns_are: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    said: Sequence[Problem] = ()


def matrices(version: GridVersion, problems: Iterable[Problem] = ()) -> list[Matrix]:
    """Every factor of a version in order, with the matrix of its table and what the checks say of it."""
    factors = version.factors.select_related("table").prefetch_related("conditions", "cases__conditions")
    children: dict[int | None, list[Factor]] = defaultdict(list)
    for factor in factors.order_by("position", "pk"):
        children[factor.parent_id].append(factor)
    said: dict[int, list[Problem]] = defaultdict(list)
    places = factors_by_place(version)
    for problem in problems:
        about = factor_of(problem, places)
        if about is not None:
            said[about.pk].append(problem)
    return list(_below(children, None, 0, said))


def _below(
    children: Mapping[int | None, list[Factor]], parent: int | None, depth: int, said: Mapping[int, list[Problem]]
) -> Iterator[Matrix]:
    for factor in children.get(parent, ()):
        yield matrix_of(factor, depth, said.get(factor.pk, ()))
        yield from _below(children, factor.pk, depth + 1, said)


def matrix_of(factor: Factor, depth: int = 0, said: Sequence[Problem] = ()) -> Matrix:
    """A factor with the matrix of its table, if it has one."""
    if not hasattr(factor, "table"):
        return Matrix(factor, depth, said=said)
    table = factor.table
    across = _bands(table.columns_bands, table.columns_measure) if table.columns_bands else []
    labels = _bands(table.rows_bands, table.rows_measure)
    return Matrix(
        factor,
        depth,
        rows_are=_phrase(table.rows_measure),
        columns_are=_phrase(table.columns_measure),
        columns=tuple(across) or (_("points"),),
        rows=tuple(Row(label, points) for label, points in zip(labels, table.points, strict=False)),
        said=said,
    )


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
