"""The kinds of question. Each reads what people really type, and says what would be right when it cannot.

A question that may honestly be unknown carries that as a choice among the others (radios) or as a box below
(dates, numbers). Whether an answer is needed is decided by the form, which knows what was asked.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import BaseChoiceIterator
from django.utils.dates import MONTHS
from django.utils.formats import date_format, localize, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words: TypeAlias = str | _StrPromise
else:
    Words = str | Promise
UNKNOWN = "unknown"
DONT_KNOW_YET = _("I don't know yet")
RATHER_NOT_SAY = _("I'd rather not say")
_THOUSANDS = re.compile(r"^\d{1,3}([ ,\u00a0\u202f'’]\d{3})+(\.\d*)?$")
_SPACES = re.compile(r"[\s\u00a0\u202f'’_]")
# What stands on the page for each question, whatever is answered.
_SAID = ("label", "help_text", "why", "unknown_label")


class Question:
    """What all questions have.

    Attributes:
        kind: how the template draws it.
        why: one line on why it is asked.
        missing: what to say when it was left empty.
        optional: it may be left empty without a word.
        may_be_unknown: there is a box below it for "I don't know yet", or for what `unknown_label` says.
        finds_occupations: there is a button to look for occupations below it.

    """

    kind = "text"
    why: Words = ""
    missing: Words = ""
    optional = False
    may_be_unknown = False
    unknown_label: Words = DONT_KNOW_YET
    finds_occupations = False
    widget: Any

    def ask(
        self,
        *,
        why: Words = "",
        missing: Words = "",
        optional: bool = False,
        may_be_unknown: bool | Words = False,
    ) -> None:
        """Set what the question says of itself. `may_be_unknown` may be the words of the box."""
        self.why, self.missing, self.optional = why, missing, optional
        self.may_be_unknown = bool(may_be_unknown)
        if not isinstance(may_be_unknown, bool):
            self.unknown_label = may_be_unknown

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """A copy for a form of its own, which may set other words, limits and choices. Nothing else is changed."""
        twin = memo[id(self)] = copy(self)
        twin.widget = copy(self.widget)
        twin.widget.attrs = self.widget.attrs.copy()
        return twin

    def speak(self) -> None:
        """Put what the question says into the reader's language, for as long as it is asked in that one."""
        for name in _SAID:
            said = getattr(self, name, None)
            if isinstance(said, Promise):
                setattr(self, name, str(said))

    def to_json(self, value: Any) -> Any:
        """The answer as it is stored."""
        return value

    def in_words(self, value: Any) -> str:
        """The stored answer as a person reads it."""
        return str(value)


class DayMonthYear(forms.MultiWidget):
    """A date as day, name of the month and year, in that order."""

    use_fieldset = True

    def __init__(self) -> None:
        months = [("", _("Month")), *((str(number), name) for number, name in MONTHS.items())]
        short = {"class": "nb-input", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            widgets={
                "day": forms.TextInput({**short, "maxlength": 10}),
                "month": forms.Select({"class": "nb-select"}, choices=months),
                "year": forms.TextInput({**short, "maxlength": 10}),
            }
        )

    def decompress(self, value: Any) -> list[str]:
        """Take a stored date apart."""
        if not value:
            return ["", "", ""]
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        return [str(day.day), str(day.month), str(day.year)]


class DayField(Question, forms.Field):
    """A date. `wrong` says what would be right, with an example."""

    kind = "date"
    widget = DayMonthYear

    def __init__(
        self,
        *,
        wrong: Words,
        past: bool = False,
        future: bool = False,
        autocomplete: str = "",
        why: Words = "",
        optional: bool = False,
        may_be_unknown: bool | Words = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(required=False, **kwargs)
        self.ask(why=why, missing=wrong, optional=optional, may_be_unknown=may_be_unknown)
        self.wrong, self.past, self.future = wrong, past, future
        self.autocomplete = autocomplete
        self.today: dt.date | None = None

    def to_python(self, value: Any) -> dt.date | None:
        """Read the three parts. All empty is no date; anything else that is no day is an error."""
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(parts):
            return None
        try:
            day, month, year = (int(part) for part in parts if part.isascii() and part.isdecimal())
            read = dt.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.wrong, code="wrong") from None
        if not 1900 <= read.year <= 2200 or self._is_on_the_wrong_side(read):
            raise ValidationError(self.wrong, code="wrong")
        return read

    def _is_on_the_wrong_side(self, read: dt.date) -> bool:
        if self.today is None:
            return False
        return (self.past and read > self.today) or (self.future and read < self.today)

    def to_json(self, value: dt.date | None) -> str | None:
        """The date as ISO text."""
        return value.isoformat() if value else None

    def in_words(self, value: Any) -> str:
        """The date with the month's name."""
        return date_format(dt.date.fromisoformat(value), "j F Y")


class _SomeOffered(Question):
    """What questions with choices share."""

    choices: Any

    def speak(self) -> None:
        """Put the choices into the reader's language too."""
        super().speak()
        if not isinstance(self.choices, _Offered):
            self.choices = [(value, str(label)) for value, label in self.choices]


class _OneOfSome(_SomeOffered, forms.ChoiceField):
    """What radios and selects share."""

    def in_words(self, value: Any) -> str:
        """The label of the choice."""
        return str(dict(_flat(self.choices)).get(value, value))


class ChoiceQuestion(_OneOfSome):
    """One of a few: radios. `unknown` adds "I don't know yet" as the last of them."""

    kind = "radios"
    widget = forms.RadioSelect

    def __init__(
        self,
        *,
        choices: Iterable[tuple[str, Words]],
        missing: Words,
        unknown: bool = False,
        why: Words = "",
        optional: bool = False,
        hints: Mapping[str, Words] | None = None,
        **kwargs: Any,
    ) -> None:
        offered = [*choices, *([(UNKNOWN, DONT_KNOW_YET)] if unknown else [])]
        super().__init__(choices=offered, required=False, error_messages={"invalid_choice": missing}, **kwargs)
        self.ask(why=why, missing=missing, optional=optional)
        self.hints: Mapping[str, Words] = hints or {}


class SeveralQuestion(_SomeOffered, forms.MultipleChoiceField):
    """Any number of a few: boxes. A value that says "not sure" or "none of these" stands alone.

    `unknown` adds "I don't know yet" as the last of them, which stands alone too.
    """

    kind = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        *,
        choices: Iterable[tuple[str, Words]],
        missing: Words,
        alone: str,
        unknown: bool = False,
        why: Words = "",
        optional: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=[], required=False, error_messages={"invalid_choice": missing}, **kwargs)
        self.ask(why=why, missing=missing, optional=optional)
        self.alone = (alone, UNKNOWN)
        self.has_unknown = unknown
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[str, Words]]) -> None:
        """Set what can be chosen."""
        self.choices = [*choices, *([(UNKNOWN, DONT_KNOW_YET)] if self.has_unknown else [])]

    def clean(self, value: Any) -> list[str]:
        """Refuse "not sure" beside something that is sure."""
        chosen: list[str] = super().clean(value)
        alone = next((each for each in chosen if each in self.alone), None)
        if alone is not None and len(chosen) > 1:
            raise ValidationError(
                _("You chose “%(alone)s” and something else. Keep one or the other."),
                params={"alone": dict(_flat(self.choices))[alone]},
            )
        return chosen

    def in_words(self, value: Any) -> str:
        """The labels, one after the other."""
        labels = dict(_flat(self.choices))
        return ", ".join(str(labels.get(each, each)) for each in value)


class _Offered(BaseChoiceIterator):
    """Choices as a function gives them: Django would copy a list of all countries each time it looks at it."""

    def __init__(self, source: Callable[[], Sequence[Any]]) -> None:
        self._source = source

    def __iter__(self) -> Iterator[Any]:
        return iter(self._source())


class SelectQuestion(_OneOfSome):
    """One of many: a select that begins empty. `source` gives the choices in the reader's language."""

    kind = "select"

    def __init__(
        self,
        *,
        source: Callable[[], Sequence[Any]],
        missing: Words,
        why: Words = "",
        optional: bool = False,
        may_be_unknown: bool | Words = False,
        autocomplete: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=_Offered(source), required=False, error_messages={"invalid_choice": missing}, **kwargs)
        self.autocomplete = autocomplete
        self.ask(why=why, missing=missing, optional=optional, may_be_unknown=may_be_unknown)


class NumberField(Question, forms.Field):
    """A number between two limits, in steps. A decimal comma is understood."""

    def __init__(
        self,
        *,
        wrong: Words,
        low: float = 0,
        high: float = 1e9,
        step: float = 1,
        why: Words = "",
        optional: bool = False,
        may_be_unknown: bool | Words = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(required=False, widget=forms.TextInput({"class": "nb-input nb-input--short"}), **kwargs)
        self.ask(why=why, missing=wrong, optional=optional, may_be_unknown=may_be_unknown)
        self.set_limits(wrong=wrong, low=low, high=high, step=step)

    def set_limits(self, *, wrong: Words, low: float, high: float, step: float) -> None:
        """Say which numbers there can be."""
        self.wrong = self.missing = wrong
        self.low, self.high, self.step = Decimal(str(low)), Decimal(str(high)), Decimal(str(step))
        whole = self.step == self.step.to_integral_value()
        self.widget.attrs |= {
            "inputmode": "numeric" if whole else "decimal",
            "autocomplete": "off",
            "maxlength": 20,
        }

    def to_python(self, value: Any) -> Decimal | None:
        """Read the number."""
        text = self.plain(str(value or "").strip())
        if not text:
            return None
        try:
            number = Decimal(text)
            is_right = number.is_finite() and self.low <= number <= self.high and number % self.step == 0
        except InvalidOperation:
            is_right = False
        if not is_right:
            raise ValidationError(self.wrong, code="wrong")
        return number

    def plain(self, text: str) -> str:
        """The text with the comma that some write for a point."""
        return _SPACES.sub("", text).replace(",", ".")

    def to_json(self, value: Decimal | None) -> str | None:
        """The number as text, without zeros at the end."""
        if value is None:
            return None
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def in_words(self, value: Any) -> str:
        """The number in the reader's way of writing."""
        return str(localize(Decimal(value)))


class MoneyField(NumberField):
    """An amount of money. Thousands may be set apart, and a currency sign is not minded."""

    def __init__(self, *, wrong: Words, unit: Words, **kwargs: Any) -> None:
        super().__init__(wrong=wrong, high=1e10, step=0.01, **kwargs)
        self.unit = unit
        self.widget.attrs |= {"class": "nb-input nb-input--money", "inputmode": "decimal"}

    def plain(self, text: str) -> str:
        """The text without currency signs and the marks between thousands."""
        bare = re.sub(r"(?i)cad|usd|ca?\$|\$", "", text).strip()
        if _THOUSANDS.match(bare):
            return re.sub(r"[ ,\u00a0\u202f'’]", "", bare)
        return super().plain(bare)

    def in_words(self, value: Any) -> str:
        """The amount with its unit."""
        amount = Decimal(value)
        places = 0 if amount == amount.to_integral_value() else 2
        return f"{number_format(amount, decimal_pos=places, force_grouping=True)} {self.unit}"


class TextField(Question, forms.CharField):
    """A few words."""

    def __init__(
        self,
        *,
        missing: Words = "",
        why: Words = "",
        optional: bool = False,
        may_be_unknown: bool | Words = False,
        attrs: dict[str, str] | None = None,
        max_length: int = 120,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            required=False,
            max_length=max_length,
            widget=forms.TextInput({"class": "nb-input", **(attrs or {})}),
            **kwargs,
        )
        self.ask(why=why, missing=missing, optional=optional, may_be_unknown=may_be_unknown)


def _flat(choices: Any) -> Iterable[tuple[str, Words]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label
