"""The value that a condition compares with: the field for its type, and what was typed as a rule holds it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.admin.editor import choices
from programs.admin.editor.choices import Choices
from programs.admin.editor.parameters import several
from programs.admin.editor.search import (
    CountriesField,
    OccupationsField,
    country_words,
    found_occupation,
    occupation_lines,
    suggesting,
)
from programs.rulebook import FactEntry

NUMBERS = frozenset({"number", "money", "clb"})


class OccupationField(forms.CharField):
    """One unit group, by its code or words of its title."""

    def clean(self, value: Any) -> Any:
        """Make a code of it."""
        text = super().clean(value)
        return found_occupation(text) if text else text


class NumberField(forms.CharField):
    """A number as people write it: `$15,000`, `0.5`. What is none is told by the checks of values."""

    def clean(self, value: Any) -> Any:
        """Read the number."""
        return read_number(super().clean(value))


def read_number(text: str) -> Any:
    """A number that was typed; the text itself where it is none.

    >>> read_number("$15,263"), read_number("7.5"), read_number("eighteen")
    (15263, 7.5, 'eighteen')
    """
    plain = text.strip().lstrip("$").replace(",", "").replace(" ", "").replace("\u00a0", "")
    for number in (int, float):
        try:
            return number(plain)
        except ValueError:
            continue
    return text


def kind_of(measured: str, entry: FactEntry | None) -> str:
    """The type of one value: that of its members for a set."""
    return str(entry.of) if entry is not None and measured == "set" else measured


def offered_values(measured: str, entry: FactEntry | None) -> Choices:
    """All values, where they are a closed list; none where one is typed."""
    match measured:
        case "boolean":
            return choices.YES_OR_NO
        case "clb":
            return choices.benchmarks()
        case "level":
            return choices.levels()
    if entry is not None and entry.unit == "TEER":
        return choices.teer()
    return choices.values_of(entry) if entry is not None else []


def value_field(measured: str, entry: FactEntry | None, more: bool) -> forms.Field:
    """The field for a value, or for several."""
    label = _("values") if more else _("value")
    offered = offered_values(measured, entry)
    if offered:
        return several(label, offered) if more else forms.ChoiceField(label=label, choices=offered)
    kind = kind_of(measured, entry)
    if kind == "country":
        return CountriesField(label=label)
    if kind == "occupation":
        if more:
            return OccupationsField(label=label)
        return OccupationField(label=label, widget=suggesting("occupations", size="30"))
    if kind in NUMBERS and not more:
        return NumberField(label=label, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "rule-number"}))
    return forms.CharField(label=label, help_text=_("Several with commas.") if more else "")


def read_value(typed: Any, measured: str, entry: FactEntry | None, operator: str, more: bool) -> Any:
    """What the field gave, as a rule holds it."""
    kind = kind_of(measured, entry)
    if isinstance(typed, str) and more:
        typed = [part.strip() for part in typed.split(",") if part.strip()]
    if not isinstance(typed, list):
        return _one(typed, kind)
    read = [_one(item, kind) for item in typed]
    # One value that a set must contain is written without a list.
    alone = not more or (len(read) == 1 and operator.startswith("contains"))
    return read[0] if alone and read else read


def _one(item: Any, kind: str) -> Any:
    if kind == "boolean":
        return item == "true"
    return read_number(item) if kind in NUMBERS and isinstance(item, str) else item


def shown_value(value: Any, measured: str, entry: FactEntry | None) -> list[str]:
    """A value as the field shows it."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    told = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
    if offered_values(measured, entry):
        return told
    kind = kind_of(measured, entry)
    if kind == "country":
        return [country_words(told)]
    if kind == "occupation":
        return [occupation_lines(told)]
    return [", ".join(told)]
