"""What every rule document is built from: texts in two languages, periods of effect, citations."""

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    model_serializer,
    model_validator,
)

PARTIAL_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
IDENTIFIER = r"^[a-z0-9]+([-_][a-z0-9]+)*$"

Confidence = Literal["confirmed", "single", "memory", "judgement"]
Identifier = Annotated[str, Field(pattern=IDENTIFIER, max_length=100)]
NocCode = Annotated[str, Field(pattern=r"^\d{5}$")]
Province = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


def _partial_date(value: str) -> str:
    if not PARTIAL_DATE.match(value):
        raise ValueError("write the date as YYYY, YYYY-MM or YYYY-MM-DD")
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]


class Document(BaseModel):
    """Base of everything written in a pack: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Document):
    """A text people read. A pack may write a plain string, which is the English."""

    en: Annotated[str, Field(min_length=1)]
    fr: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"en": value} if isinstance(value, str) else value

    @model_serializer
    def _to_plain(self) -> str | dict[str, str]:
        return {"en": self.en, "fr": self.fr} if self.fr else self.en

    def in_language(self, language: str) -> str:
        """The text in `language` ("en" or "fr"); English where no French was written."""
        return self.fr if language == "fr" and self.fr else self.en


class Cited(Document):
    """Something that rests on a source.

    `as_of` is the day (or month, or year) of the text that was read; `confidence` says how sure
    we are: confirmed (official text or two independent ones), single, memory, judgement.
    `caution` is what a person should check before relying on it.
    """

    source: Annotated[str, Field(pattern=r"^https?://\S+$")]
    provision: str | None = None
    as_of: PartialDate
    confidence: Confidence = "confirmed"
    caution: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _dates_as_text(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("as_of"), (dt.date, int)):
            return {**value, "as_of": str(value["as_of"])}
        return value


class Period(Document):
    """A period of effect. Both days belong to it; an open end is null."""

    effective_from: dt.date
    effective_to: dt.date | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Period":
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError("effective_to is before effective_from")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Whether `day` lies in the period."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)
