"""Points grids: nested factors with caps, and tables printed as the official pages print them."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from programs.packs.schema.common import Cited, Document, Identifier, Period, Text
from programs.packs.schema.conditions import Route, Scalar
from programs.packs.schema.measures import Measure
from programs.packs.schema.programs import Example

Points = int


class Band(Document):
    """One row or column of a table: a range of whole numbers (`min` to `max`, both included) or named values."""

    min: int | None = None
    max: int | None = None
    values: tuple[Scalar, ...] = ()
    label: Text | None = None

    @model_validator(mode="after")
    def _range_or_values(self) -> "Band":
        ranged = self.min is not None or self.max is not None
        if ranged == bool(self.values):
            raise ValueError("a band is either a range (min, max) or a set of values")
        if self.min is not None and self.max is not None and self.max < self.min:
            raise ValueError("a band's max is below its min")
        return self


class Axis(Document):
    """What a table's rows or columns stand for. Numbers are rounded down to whole ones first."""

    measure: Measure
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]


class PointsTable(Document):
    """A matrix of points.

    With `per_ability`, the rows' fact names a language set; each of its four abilities is looked up on its own
    and the points are added.
    """

    rows: Axis
    columns: Axis | None = None
    per_ability: bool = False
    points: tuple[tuple[Points, ...], ...]

    @model_validator(mode="after")
    def _is_a_matrix(self) -> "PointsTable":
        if len(self.points) != len(self.rows.bands):
            raise ValueError(f"the table has {len(self.rows.bands)} rows of bands and {len(self.points)} of points")
        width = len(self.columns.bands) if self.columns else 1
        for number, row in enumerate(self.points, start=1):
            if len(row) != width:
                raise ValueError(f"row {number} has {len(row)} figures; the table has {width} column(s)")
        return self


class Case(Document):
    """Points given when a route is met. Of several cases that are met, the one worth most counts."""

    id: Identifier | None = None
    points: Points
    text: Text
    any_of: Annotated[tuple[Route, ...], Field(min_length=1)]


class CapWhen(Document):
    """Another cap, where a yes-or-no fact has this value."""

    fact: str
    is_: bool = Field(alias="is")
    cap: int


class Reading(Document):
    """Another reading of the text: scored beside the factor and told where it changes the points."""

    text: Text
    rows: Measure


class Factor(Cited):
    """A factor of a grid: a sum or the best of its children, a table, or cases.

    `role` places it in an assessment: sections and factors are reported under those names, groups and parts
    only in the breakdown. `only_for` limits a factor to some of the programs that use the grid.
    """

    id: Identifier
    name: Text
    role: Literal["section", "group", "factor", "part"]
    cap: int | None = None
    cap_when: CapWhen | None = None
    floor: int | None = None
    applies_when: tuple[Route, ...] = ()
    only_for: tuple[Identifier, ...] = ()
    combine: Literal["sum", "best"] | None = None
    children: tuple["Factor", ...] = ()
    table: PointsTable | None = None
    cases: tuple[Case, ...] = ()
    readings: tuple[Reading, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _one_way_of_scoring(self) -> "Factor":
        if sum((bool(self.children), self.table is not None, bool(self.cases))) != 1:
            raise ValueError("a factor has exactly one of children, table, cases")
        if bool(self.children) != (self.combine is not None):
            raise ValueError("a factor with children says how to combine them (sum or best); no other does")
        return self


class GridVersion(Period, Cited):
    """A grid in force from one date to another."""

    version: str
    pass_mark: int | None = None
    maximum: int
    note: Text | None = None
    factors: Annotated[tuple[Factor, ...], Field(min_length=1)]


class Grid(Document):
    """A scoring system and all its versions through time.

    `without_example` says why there cannot be a worked example of the `least` or the `most` points, or of a factor
    (by its id): that is for staff.
    """

    kind: Literal["grid"] = "grid"
    id: Identifier
    name: Text
    authority: Identifier
    official_url: str
    versions: Annotated[tuple[GridVersion, ...], Field(min_length=1)]
    examples: tuple[Example, ...] = ()
    without_example: dict[str, str] = {}
