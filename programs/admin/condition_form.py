"""The form of a condition: values are typed as people write them, and checked against the vocabulary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from programs.checks.values import comparison_problems
from programs.models import Condition
from programs.packs.schema.conditions import Compare
from programs.rulebook import vocabulary

_SEVERAL = frozenset({"in", "not_in"})
_YES = {"true": True, "yes": True, "false": False, "no": False}
_NUMBERS = frozenset({"number", "money", "clb"})


def read_value(text: str, op: str, kind: str | None) -> Any:
    """What was typed, as the value that a condition holds.

    >>> read_value("18", ">=", "number")
    18
    >>> read_value("ON, BC", "in", "province")
    ['ON', 'BC']
    """
    if op in _SEVERAL or "," in text:
        return [_one(part.strip(), kind) for part in text.split(",") if part.strip()]
    return _one(text.strip(), kind)


def _one(text: str, kind: str | None) -> Any:
    if kind == "boolean":
        return _YES.get(text.lower(), text)
    if kind is None or kind in _NUMBERS:
        for number in (int, float):
            try:
                return number(text)
            except ValueError:
                continue
    return text


def told_value(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, list):
        return ", ".join(told_value(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


class ConditionForm(forms.ModelForm):
    """One condition."""

    value = forms.CharField(
        label=_("value"),
        required=False,
        help_text=_("A number, a word, true or false; several with commas: ON, BC."),
    )

    class Meta:
        model = Condition
        exclude = ("requirement", "factor", "case")  # noqa: DJ006 (the page knows which one it edits)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the value as it is typed."""
        super().__init__(*args, **kwargs)
        self.initial["value"] = told_value(self.initial.get("value"))

    def clean(self) -> dict[str, Any]:
        """Read the value by the type of what it is compared with."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        text = data.get("value") or ""
        data["value"] = read_value(text, data.get("op") or "", self._type(data)) if text else None
        return data

    def _type(self, data: dict[str, Any]) -> str | None:
        fact = data.get("fact")
        if data.get("kind") == Condition.Kind.FACT and fact is not None:
            return str(fact.type)
        return None

    def _post_clean(self) -> None:
        """After the model has made a condition of it, check that the comparison can be made."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            condition: Any = self.instance.document()
        except SchemaError:
            return  # The model's own check has said so.
        if isinstance(condition, Compare):
            for key, message in comparison_problems(condition, vocabulary()):
                self.add_error(key if key in self.fields else None, message)
