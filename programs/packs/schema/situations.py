"""Where an H-1B worker can stand in the United States, and what that means for Canada.

It says what to ask and how urgent it is: background for sorting people and warning them. No Canadian
program is decided by it.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from programs.packs.schema.common import Cited, Confidence, Document, Identifier, PartialDate, Text
from programs.packs.schema.h1b_clock import ClockRules
from programs.packs.schema.receipts import ReceiptNumbers

H1BStatus = Literal["employed", "laid_off", "denied", "not_selected", "max_out", "expired", "none"]
Urgency = Literal["low", "medium", "high", "critical"]
Answer = Literal["date", "yes_no", "number", "country", "choice", "text"]
ProfileField = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")]


def _repeated(values: Iterable[str]) -> list[str]:
    return sorted(value for value, times in Counter(values).items() if times > 1)


class Question(Document):
    """Something a situation asks. `fills` is the place in a profile that the answer goes to, if any."""

    id: Identifier
    label: Text
    answer: Answer
    fills: ProfileField | None = None


class Situation(Cited):
    """One answer to "where do you stand?".

    `h1b_status` is what it is in a profile. `stands_for_status` marks the situation whose text is shown
    where a profile gives nothing but that status. `lives_in_us` and `extension_pending` are set where the
    situation settles them. `ask` holds ids of questions.
    """

    id: Identifier
    label: Text
    h1b_status: H1BStatus
    stands_for_status: bool = False
    lives_in_us: bool | None = None
    extension_pending: bool | None = None
    urgency: Urgency
    ask: tuple[Identifier, ...] = ()
    meaning_for_canada: Text
    note: Text | None = None


class CitedText(Cited):
    """A sentence with a source of its own."""

    text: Text


class GracePeriod(Cited):
    """How long a person may stay after the job ends.

    `days` after the day in `counted_from`, and never past the day in `not_after` (places in a profile).
    """

    days: Annotated[int, Field(ge=1, le=366)]
    counted_from: ProfileField
    not_after: ProfileField
    text: Text
    work_allowed: bool
    discretionary: bool
    options: tuple[Text, ...] = ()
    warnings: tuple[CitedText, ...] = ()


class Extension(CitedText):
    """A way past the limit, or what does not count towards it.

    `years` at a time: where `needs` is true, or from `after_days` after the day in `counted_from` on, which has a
    `title` in the list of days.
    """

    years: Annotated[int, Field(ge=1, le=20)] | None = None
    needs: ProfileField | None = None
    title: Text | None = None
    after_days: Annotated[int, Field(ge=1, le=1000)] | None = None
    counted_from: ProfileField | None = None

    @model_validator(mode="after")
    def _day_is_whole(self) -> "Extension":
        parts = (self.title, self.after_days, self.counted_from)
        if any(part is None for part in parts) and any(part is not None for part in parts):
            raise ValueError("title, after_days and counted_from go together")
        return self


class SixYearLimit(Cited):
    """How long H-1B status can last: `years` from the day in `counted_from`, and the days in `days_abroad` more.

    A person who knows the last day itself gives it in `last_day`.
    """

    years: Annotated[int, Field(ge=1, le=20)]
    counted_from: ProfileField
    days_abroad: ProfileField | None = None
    last_day: ProfileField | None = None
    warn_months_before: Annotated[int, Field(ge=1, le=60)]
    months_abroad_for_new_years: Annotated[int, Field(ge=1, le=60)]
    text: Text
    exceptions: tuple[Extension, ...] = ()
    to_do: tuple[Text, ...] = ()


class Link(Document):
    """A page worth opening."""

    id: Identifier
    label: Text
    url: Annotated[str, Field(pattern=r"^https://\S+$")]
    as_of: PartialDate
    confidence: Confidence = "confirmed"


class Advice(Document):
    """Something everybody is told."""

    id: Identifier
    text: Text


class H1BSituations(Document):
    """All situations, with the US time limits, receipt numbers, links and what everybody is told."""

    kind: Literal["h1b_situations"] = "h1b_situations"
    id: Identifier
    authority: Identifier = "h1b"
    name: Text
    as_of: PartialDate
    note: Text | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    situations: Annotated[tuple[Situation, ...], Field(min_length=1)]
    grace_period: GracePeriod
    six_year_limit: SixYearLimit
    clock: ClockRules | None = None
    receipt_numbers: ReceiptNumbers | None = None
    links: tuple[Link, ...] = ()
    tell_the_user: tuple[Advice, ...] = ()

    @model_validator(mode="after")
    def _ids_once(self) -> "H1BSituations":
        for what, items in (
            ("questions", self.questions),
            ("situations", self.situations),
            ("links", self.links),
            ("tell_the_user", self.tell_the_user),
        ):
            twice = _repeated(item.id for item in items)
            if twice:
                raise ValueError(f"{what}: these ids stand twice: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _asks_known_questions(self) -> "H1BSituations":
        known = {question.id for question in self.questions}
        for situation in self.situations:
            unknown = sorted(set(situation.ask) - known)
            if unknown:
                raise ValueError(f"situation {situation.id} asks what is no question: {', '.join(unknown)}")
        return self

    @model_validator(mode="after")
    def _one_situation_stands_for_a_status(self) -> "H1BSituations":
        twice = _repeated(one.h1b_status for one in self.situations if one.stands_for_status)
        if twice:
            raise ValueError(f"more than one situation stands for {', '.join(twice)}")
        return self

    def for_status(self, status: str) -> Situation | None:
        """The situation whose text is shown where only the status is known."""
        standing = (one for one in self.situations if one.stands_for_status)
        return next((one for one in standing if one.h1b_status == status), None)
