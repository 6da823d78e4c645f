"""USCIS receipt numbers: how they are made, where they are looked up, and what is mistaken for one."""

import re
from typing import Annotated

from pydantic import Field, model_validator

from programs.packs.schema.common import Cited, Document, Identifier, Text

Prefix = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Office(Document):
    """The three letters at the beginning, and the office that uses them.

    `has_parts`: the digits can be read as fiscal year, working day and case. `is_usual`: seen on H-1B petitions.
    """

    prefix: Prefix
    name: Text
    has_parts: bool = True
    is_usual: bool = False


class DigitPart(Document):
    """What some of the digits stand for."""

    id: Identifier
    name: Text
    digits: Annotated[int, Field(ge=1, le=10)]


class OtherNumber(Document):
    """A number that is often mistaken for a receipt number. `pattern` is for one without spaces and dashes."""

    id: Identifier
    name: Text
    pattern: str | None = None

    @model_validator(mode="after")
    def _pattern_can_be_read(self) -> "OtherNumber":
        if self.pattern is not None:
            try:
                re.compile(self.pattern)
            except re.error as error:
                raise ValueError(f"the pattern cannot be read: {error}") from error
        return self


class StatusTitle(Document):
    """A title that the status page shows, and what it means."""

    title: str
    meaning: Text


class ToldOfReceipts(Cited):
    """Something to know about the status page, with a source of its own."""

    id: Identifier
    text: Text


class ReceiptNumbers(Cited):
    """How a receipt number is made: `letters` and then `digits`.

    `letter_for_digit` holds letters that are typed for a digit (O for 0); read backwards for the letters in
    front. `parts` cited apart: nothing is to be worked out from them.
    """

    letters: Annotated[int, Field(ge=1, le=5)]
    digits: Annotated[int, Field(ge=5, le=15)]
    most_at_once: Annotated[int, Field(ge=1, le=50)]
    status_page: Annotated[str, Field(pattern=r"^https://\S+$")]
    text: Text
    where: Text
    offices: Annotated[tuple[Office, ...], Field(min_length=1)]
    parts: tuple[DigitPart, ...] = ()
    letter_for_digit: dict[Annotated[str, Field(pattern=r"^[A-Z]$")], Annotated[str, Field(pattern=r"^\d$")]] = Field(
        default_factory=dict
    )
    other_numbers: tuple[OtherNumber, ...] = ()
    told: tuple[ToldOfReceipts, ...] = ()
    statuses: tuple[StatusTitle, ...] = ()

    @model_validator(mode="after")
    def _parts_fill_the_digits(self) -> "ReceiptNumbers":
        filled = sum(part.digits for part in self.parts)
        if self.parts and filled != self.digits:
            raise ValueError(f"the parts have {filled} digits together, and a receipt number has {self.digits}")
        return self

    @model_validator(mode="after")
    def _prefixes_once(self) -> "ReceiptNumbers":
        prefixes = [office.prefix for office in self.offices]
        twice = sorted({prefix for prefix in prefixes if prefixes.count(prefix) > 1})
        if twice:
            raise ValueError(f"these prefixes stand twice: {', '.join(twice)}")
        return self
