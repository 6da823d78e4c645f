"""A points grid as its own page shows it: factor by factor, with tables as the official page prints them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from eligibility.catalogue.conditions import Reader, Sentence, entry_of
from eligibility.engine.assessment import Citation
from eligibility.engine.requirements import cite
from programs.packs.schema.grids import Axis, Band, Factor, PointsTable
from programs.rulebook import GridInForce, RulebookInForce

# h1 is the grid's; deeper parts than h6 do not exist in HTML, and grids nest less.
FIRST_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of points. `columns` is empty where there is but one figure a row."""

    rows_are: str
    columns_are: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    per_ability: bool


@dataclass(frozen=True, slots=True)
class FactorView:
    """A factor of the grid. `level` is its heading's; `limits` are whole sentences about its points."""

    factor: Factor
    level: int
    name: str
    limits: tuple[str, ...]
    applies: tuple[tuple[Sentence, ...], ...]
    matrix: Matrix | None
    cases: tuple[tuple[str, int], ...]
    note: str
    readings: tuple[str, ...]
    citation: Citation


def factors(grid: GridInForce, book: RulebookInForce, reader: Reader, language: str) -> tuple[FactorView, ...]:
    """The factors of a grid in the order of the official page, each part after its whole."""
    return tuple(_flat(grid.version.factors, FIRST_LEVEL, book, reader, language))


def _flat(
    found: Iterable[Factor], level: int, book: RulebookInForce, reader: Reader, language: str
) -> Iterator[FactorView]:
    for factor in found:
        yield FactorView(
            factor=factor,
            level=level,
            name=reader.text(factor.name),
            limits=tuple(limits(factor, reader)),
            applies=tuple(map(reader.route, factor.applies_when)),
            matrix=matrix(factor.table, reader) if factor.table else None,
            cases=tuple((reader.text(case.text), case.points) for case in factor.cases),
            note=reader.text(factor.note) if factor.note else "",
            readings=tuple(reader.text(reading.text) for reading in factor.readings),
            citation=cite(factor, book, language),
        )
        yield from _flat(factor.children, level + 1, book, reader, language)


def limits(factor: Factor, reader: Reader) -> Iterator[str]:
    """Whole sentences about how a factor's points are bounded and put together."""
    if factor.cap is not None:
        yield ngettext("At most %(count)d point.", "At most %(count)d points.", factor.cap) % {"count": factor.cap}
    if factor.cap_when is not None:
        yield reader.cap_when(factor.cap_when.fact, is_so=factor.cap_when.is_, cap=factor.cap_when.cap)
    if factor.floor is not None:
        text = ngettext(
            "At least %(count)d point is needed here.", "At least %(count)d points are needed here.", factor.floor
        )
        yield text % {"count": factor.floor}
    if factor.combine == "best":
        yield gettext("Only the best of the parts below counts.")
    if factor.only_for:
        programs = ", ".join(reader.name("program", one) for one in factor.only_for)
        yield gettext("Only for: %(programs)s.") % {"programs": programs}
    if factor.cases and len(factor.cases) > 1:
        yield gettext("Of several lines that fit, the one worth most counts.")


def matrix(table: PointsTable, reader: Reader) -> Matrix:
    """A table of points, with its bands in words."""
    columns = table.columns
    return Matrix(
        rows_are=capfirst(reader.measure(table.rows.measure)),
        columns_are=_columns_are(columns, reader) if columns else "",
        columns=tuple(_band(band, columns, reader) for band in columns.bands) if columns else (),
        rows=tuple(
            (_band(band, table.rows, reader), points)
            for band, points in zip(table.rows.bands, table.points, strict=True)
        ),
        per_ability=table.per_ability,
    )


def _columns_are(columns: Axis, reader: Reader) -> str:
    """The head above all columns; nothing where each column says it all."""
    return "" if all(band.label for band in columns.bands) else capfirst(reader.measure(columns.measure))


def _band(band: Band, axis: Axis, reader: Reader) -> str:
    if band.label is not None:
        return capfirst(reader.text(band.label))
    entry = entry_of(axis.measure) or reader.level_entry(axis.measure)
    if band.values:
        return capfirst(", ".join(reader.one(entry, value) for value in band.values))
    low, high = (None if one is None else reader.bare(entry, one) for one in (band.min, band.max))
    if low is None:
        return gettext("%(most)s or less") % {"most": high}
    if high is None:
        return gettext("%(least)s or more") % {"least": low}
    if low == high:
        return low
    return gettext("%(least)s to %(most)s") % {"least": low, "most": high}
