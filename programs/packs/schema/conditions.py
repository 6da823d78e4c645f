"""Requirements, routes and conditions.

All requirements of a version must be met. A requirement is met when one of its routes is; a route is met
when all of its conditions are. Nothing nests deeper, so that staff can read it.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StrictBool, StrictFloat, StrictInt, StrictStr, Tag, model_validator

from programs.packs.schema.common import Cited, Document, Identifier, Text
from programs.packs.schema.measures import Experience, Measure, OccupationOf, Relative

Operator = Literal["==", "!=", ">=", "<=", ">", "<", "in", "not_in", "contains", "contains_none"]
Scalar = StrictBool | StrictInt | StrictFloat | StrictStr
Verdict = Literal["eligible", "likely", "unknown", "not_eligible"]


class Compare(Measure):
    """A measure compared with a value, with another fact, with a reference table or with a list's figure.

    `table` and `by`: the figure in the row that the fact `by` picks. `list_figure`, `column` and `of`: the
    figure that an occupation list gives the occupation (a wage floor); where the list gives none, it is met.
    """

    op: Operator
    value: Scalar | tuple[Scalar, ...] | None = None
    other_fact: str | None = None
    table: Identifier | None = None
    by: str | None = None
    list_figure: Identifier | None = None
    column: str | None = None
    of: OccupationOf | None = None

    @model_validator(mode="after")
    def _one_right_side(self) -> "Compare":
        sides = (self.value, self.other_fact, self.table, self.list_figure)
        if sum(side is not None for side in sides) != 1:
            raise ValueError("compare with exactly one of value, other_fact, table, list_figure")
        if (self.table is None) != (self.by is None):
            raise ValueError("a table needs `by` (the fact that picks its row), and nothing else takes `by`")
        if self.list_figure is not None and (self.column is None or self.of is None):
            raise ValueError("list_figure needs `column` (which figure) and `of` (whose occupation)")
        return self


class InList(Document):
    """Whether an occupation stands on an occupation list, or does not."""

    occupation_of: OccupationOf
    in_list: Identifier | None = None
    not_in_list: Identifier | None = None

    @model_validator(mode="after")
    def _one_list(self) -> "InList":
        if (self.in_list is None) == (self.not_in_list is None):
            raise ValueError("name exactly one of in_list, not_in_list")
        return self


class MainTeer(Document):
    """Whether the greater part of an experience lies in these TEER categories."""

    main_teer_of: Experience
    teer: Annotated[tuple[Annotated[int, Field(ge=0, le=5)], ...], Field(min_length=1)]


class HasRelative(Document):
    """Whether the person has such a relative in Canada."""

    relative: Relative
    expected: bool = True


class ProgramVerdict(Document):
    """Another program's verdict."""

    program: Identifier
    verdict: tuple[Verdict, ...] = ("eligible", "likely")


class Judgement(Document):
    """Something only a person can judge: never met by machine, listed as "confirm yourself"."""

    judgement: Text


def _kind(value: Any) -> str:
    """Tell the kinds of condition apart by the key that each alone has."""
    for key in ("occupation_of", "main_teer_of", "relative", "program", "judgement"):
        if (isinstance(value, dict) and key in value) or (not isinstance(value, dict) and hasattr(value, key)):
            return key
    return "compare"


Condition = Annotated[
    Annotated[Compare, Tag("compare")]
    | Annotated[InList, Tag("occupation_of")]
    | Annotated[MainTeer, Tag("main_teer_of")]
    | Annotated[HasRelative, Tag("relative")]
    | Annotated[ProgramVerdict, Tag("program")]
    | Annotated[Judgement, Tag("judgement")],
    Discriminator(_kind),
]
Route = Annotated[tuple[Condition, ...], Field(min_length=1)]


class Requirement(Cited):
    """One thing a program version asks. `any_of` holds its routes."""

    id: Identifier
    text: Text
    any_of: Annotated[tuple[Route, ...], Field(min_length=1)]
    note: Text | None = None
