"""Figures: counts and shares that say how things stand. No rule compares with them; people do."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from programs.packs.schema.common import Cited, Confidence, Document, Identifier, NocCode, Period, Text

Topic = Literal[
    "canada_plan", "who_is_invited", "occupations", "h1b_numbers", "h1b_decisions", "h1b_cap", "h1b_payment"
]
ShownAs = Literal["bars", "table", "ranking", "timeline"]


class FigureRow(Document):
    """One figure: a year or a thing, and its value; `value` stays away where only the order or a text is known.

    `confidence` and `source` stand only where they differ from the whole; `occupations` are the unit groups that
    are meant.
    """

    label: Text
    value: float | None = None
    note: Text | None = None
    occupations: tuple[NocCode, ...] = ()
    confidence: Confidence | None = None
    source: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None


class Figures(Period, Cited):
    """A series of figures under one title, in one unit.

    The period is when they are shown; what they count, the title and the labels say. `position` is their place
    within the topic.
    """

    kind: Literal["figures"] = "figures"
    id: Identifier
    authority: Identifier
    topic: Topic
    position: Annotated[int, Field(ge=0, le=1000)] = 0
    title: Text
    unit: Text
    shown_as: ShownAs = "bars"
    note: Text | None = None
    rows: Annotated[tuple[FigureRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _what_is_drawn_has_values(self) -> "Figures":
        if self.shown_as == "bars" and not any(row.value is not None for row in self.rows):
            raise ValueError("bars need figures: give a row a value, or show this as a table, ranking or timeline")
        negative = [row.label.en for row in self.rows if row.value is not None and row.value < 0]
        if negative:
            raise ValueError(f"a figure cannot be below nought: {', '.join(negative)}")
        return self
