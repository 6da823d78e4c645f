"""The rows or columns of a points table while they are edited, and what is wrong with them.

A band is a range of whole numbers (`low` to `high`, both included, empty for no end) or some named values. Everything
is kept as it was typed until it is saved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError as SchemaError

from programs.admin.editor.choices import Choices
from programs.checks.bands import axis_problems
from programs.packs.schema.grids import Axis, Band
from programs.packs.schema.measures import Measure
from programs.rulebook import vocabulary


@dataclass(frozen=True, slots=True)
class TypedBand:
    """A band as it was typed."""

    low: str = ""
    high: str = ""
    values: tuple[str, ...] = ()
    english: str = ""
    french: str = ""

    @classmethod
    def of(cls, band: Mapping[str, Any]) -> "TypedBand":
        """A band of the database."""
        label = band.get("label") or ""
        said = label if isinstance(label, dict) else {"en": label}
        values = tuple(_typed(value) for value in band.get("values") or ())
        low, high = ("" if band.get(end) is None else str(band[end]) for end in ("min", "max"))
        return cls(low, high, values, said.get("en", ""), said.get("fr", ""))

    def document(self, offered: Choices) -> Band:
        """The band as rules hold it.

        Raises:
            ValueError: with what is wrong, for people.

        """
        label: Any = {"en": self.english, "fr": self.french} if self.french else self.english
        named = {"label": label} if self.english else {}
        try:
            if offered:
                return Band.model_validate({"values": [_value(each, offered) for each in self.values], **named})
            ends = {key: _whole(end) for key, end in (("min", self.low), ("max", self.high)) if end.strip()}
            return Band.model_validate({**ends, **named})
        except SchemaError as error:
            raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from error

    def split(self) -> tuple["TypedBand", "TypedBand"]:
        """Two bands in place of this one: half the range each, half the values each, else an empty one behind it.

        >>> [(band.low, band.high) for band in TypedBand("30", "34").split()]
        [('30', '32'), ('33', '34')]
        """
        low, high = _number(self.low), _number(self.high)
        if low is not None and high is not None and high > low:
            middle = (low + high) // 2
            return replace(self, high=str(middle)), TypedBand(str(middle + 1), self.high)
        if low is not None and high is None:
            return replace(self, high=str(low)), TypedBand(str(low + 1))
        if low is None and high is not None:
            return replace(self, high=str(high - 1)), TypedBand(str(high), str(high))
        if len(self.values) > 1:
            half = len(self.values) // 2
            return replace(self, values=self.values[:half]), TypedBand(values=self.values[half:])
        return self, TypedBand()

    def joined(self, following: "TypedBand") -> "TypedBand":
        """One band in place of this one and the one after it."""
        return replace(self, high=following.high, values=(*self.values, *following.values))


@dataclass(slots=True)
class TypedAxis:
    """The rows or the columns as they were typed, and what they stand for (None where that is not chosen yet)."""

    bands: list[TypedBand] = field(default_factory=list)
    measure: Measure | None = None
    offered: Choices = field(default_factory=list)

    def documents(self) -> list[Band]:
        """The bands as rules hold them. Raises ValueError for the first that is wrong."""
        return [band.document(self.offered) for band in self.bands]

    def wrong(self) -> dict[int, str]:
        """What is wrong with single bands, by their places."""
        found: dict[int, str] = {}
        for place, band in enumerate(self.bands):
            try:
                band.document(self.offered)
            except ValueError as error:
                found[place] = str(error)
        return found

    def problems(self) -> Iterator[str]:
        """Gaps, overlaps and forgotten values."""
        if self.measure is None or not self.bands or self.wrong():
            return
        yield from axis_problems(Axis(measure=self.measure, bands=tuple(self.documents())), vocabulary())

    def words(self, place: int) -> str:
        """What a band is called."""
        band = self.bands[place]
        if band.english:
            return band.english
        if band.values:
            labels = dict(self.offered)
            return ", ".join(str(labels.get(value, value)) for value in band.values)
        if not band.low or not band.high:
            return f"{band.low or band.high}{'+' if band.low else ' −'}" if band.low or band.high else "…"
        return band.low if band.low == band.high else f"{band.low}–{band.high}"

    def following(self) -> TypedBand:
        """An empty band to stand behind the last one: it begins where that ends."""
        last = _number(self.bands[-1].high) if self.bands else None
        return TypedBand() if last is None else TypedBand(str(last + 1))


def _typed(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(typed: str, offered: Choices) -> Any:
    if {key for key, _label in offered} == {"true", "false"}:
        return typed == "true"
    by_label = {str(label).casefold(): key for key, label in offered}
    return by_label.get(typed.casefold(), typed)


def _number(text: str) -> int | None:
    try:
        return int(text.replace(",", "").replace(" ", ""))
    except ValueError:
        return None


def _whole(text: str) -> int:
    number = _number(text)
    if number is None:
        raise ValueError(_("“%(text)s” is not a whole number, such as 30.") % {"text": text})
    return number
