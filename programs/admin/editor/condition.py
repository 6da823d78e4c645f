"""One condition as fields: which ones there are follows from what is looked at, and how it is compared."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter
from pydantic import ValidationError as SchemaError

from programs.admin.editor import choices
from programs.admin.editor.choices import Choices, Offered
from programs.admin.editor.parameters import (
    PARAMETERS,
    parameter_document,
    parameter_fields,
    parameter_values,
    several,
)
from programs.admin.editor.typed_values import NUMBERS, read_value, value_field
from programs.checks.values import comparison_problems
from programs.models import Condition
from programs.packs.schema import conditions as schema
from programs.packs.sentences import condition_sentence
from programs.rulebook import FactEntry, vocabulary
from programs.rulebook.vocabulary import OPERATORS

_CONDITION: TypeAdapter[Any] = TypeAdapter(schema.Condition)
_COMPARED = frozenset({"fact", "experience", "credential", "grid", "list_level"})
_SEVERAL = frozenset({"in", "not_in", "contains", "contains_none"})
# With these fields the others change: pages without scripts have a button for it.
REFRESHING = ("what", "op", "against", "gives")
_EXPERIENCES = ("experience", "main_teer")
_AGAINST: Mapping[str, Any] = {
    "value": _("this value"),
    "fact": _("another answer"),
    "table": _("a reference table's figure"),
    "list": _("an occupation list's figure"),
}
_WHOSE: Choices = [("", _("Choose")), *Condition.OccupationOf.choices]


class ConditionForm(forms.Form):
    """A condition that was typed, `values`, each field's as a list of texts.

    With `check` it is held against the schema and the vocabulary; without, it is only shown.
    """

    compares = True
    asks_what: Any = _("looks at")

    def __init__(self, values: Mapping[str, list[str]], offered: Offered, *, prefix: str, check: bool = False) -> None:
        """Make the fields that the values call for."""
        self.values: MultiValueDict[str, str] = MultiValueDict({key: list(value) for key, value in values.items()})
        self.offered = offered
        self.document: Any = None
        self.kind, _colon, self.fact = (self.values.get("what") or "").partition(":")
        self.entry: FactEntry | None = vocabulary().facts.get(self.fact) if self.kind == "fact" else None
        self._fill_in_usual()
        data = MultiValueDict({f"{prefix}-{key}": value for key, value in self.values.lists()})
        super().__init__(data if check else None, prefix=prefix)
        self.fields["what"] = forms.ChoiceField(
            label=self.asks_what,
            choices=self._offered_kinds(),
            error_messages={"required": _("Choose what is looked at.")},
        )
        self.fields.update(self._fields())
        self._mark()
        if not check:
            self.initial = {
                name: field.widget.value_from_datadict(data, MultiValueDict(), self.add_prefix(name))
                for name, field in self.fields.items()
            }

    def _offered_kinds(self) -> Choices:
        return self.offered.looked_at

    @property
    def _is_compared(self) -> bool:
        return self.compares and self.kind in _COMPARED and (self.kind != "fact" or self.entry is not None)

    def _fill_in_usual(self) -> None:
        """Parameters that have not been on the page yet begin as the schema has them."""
        if self.kind in PARAMETERS and self.values.get("parameters_of") != self.kind:
            for name, value in parameter_values(self.kind, {}).items():
                self.values.setlist(name, value)
            self.values["parameters_of"] = self.kind
        if self._is_compared:
            self.values["op"], self.values["against"] = self.operator, self.against

    def _mark(self) -> None:
        for name, field in self.fields.items():
            if name in REFRESHING:
                field.widget.attrs["data-refreshes"] = ""

    @property
    def is_money(self) -> bool:
        """Whether a dollar sign stands before the value."""
        return self.measured == "money"

    @property
    def value_unit(self) -> str:
        """What the value is counted in, to stand behind its field; a benchmark and a category say so themselves."""
        says_it = self.measured == "clb" or (self.entry is not None and self.entry.unit == "TEER")
        return (self.entry.unit or "") if self.entry is not None and not says_it else ""

    @property
    def measured(self) -> str:
        """The type of what is compared."""
        if self.entry is not None:
            return self.entry.type
        gives_level = self.kind == "credential" and (self.values.get("gives") or "level") == "level"
        return "level" if gives_level else "number"

    @property
    def operator(self) -> str:
        """The comparison that is chosen; where it does not go with the type, the usual one."""
        allowed = OPERATORS[self.measured]
        chosen = self.values.get("op") or ""
        if chosen in allowed:
            return chosen
        return ">=" if ">=" in allowed else allowed[0]

    @property
    def against(self) -> str:
        """What it is compared with."""
        chosen = self.values.get("against") or ""
        return chosen if chosen in dict(self._sides()) else "value"

    @property
    def main_fields(self) -> list[Any]:
        """The fields that make the sentence."""
        return [field for field in self.visible_fields() if field.name not in self._parameter_names()]

    @property
    def parameter_fields(self) -> list[Any]:
        """The fields that narrow down what is counted."""
        names = self._parameter_names()
        return [field for field in self.visible_fields() if field.name in names]

    @property
    def parameters_wrong(self) -> bool:
        """Whether one of the fields that narrow down is wrong."""
        return self.is_bound and any(field.errors for field in self.parameter_fields)

    def _parameter_names(self) -> frozenset[str]:
        if self.kind not in PARAMETERS or self.kind == "relative":
            return frozenset()
        return frozenset(parameter_values(self.kind, {})) - {"gives"}

    # The fields -------------------------------------------------------------------------------

    def _fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        if self.kind in PARAMETERS:
            fields.update(parameter_fields(self.kind, self.offered))
            fields["parameters_of"] = forms.CharField(required=False, widget=forms.HiddenInput())
        own = getattr(self, f"_fields_of_{self.kind}", None)
        if own is not None:
            fields.update(own())
        if self._is_compared:
            fields.update(self._comparison_fields())
        return fields

    def _fields_of_experience(self) -> dict[str, forms.Field]:
        return {"unit": forms.ChoiceField(label=_("counted in"), choices=Condition.Unit.choices)}

    def _fields_of_main_teer(self) -> dict[str, forms.Field]:
        return {"main_teer": several(_("most of it is in"), choices.teer())}

    def _fields_of_grid(self) -> dict[str, forms.Field]:
        return {"grid": forms.ChoiceField(label=_("grid"), choices=self.offered.grids)}

    def _fields_of_list_level(self) -> dict[str, forms.Field]:
        return {
            "occupation_list": forms.ChoiceField(label=_("list"), choices=self.offered.lists),
            "occupation_of": forms.ChoiceField(label=_("for the occupation of"), choices=_WHOSE),
            "column": forms.CharField(label=_("which figure"), required=False, help_text=_("Empty: the level.")),
        }

    def _fields_of_occupation(self) -> dict[str, forms.Field]:
        on_or_not = [("true", _("is on")), ("false", _("is not on"))]
        return {
            "occupation_of": forms.ChoiceField(label=_("the occupation of"), choices=_WHOSE),
            "expected": forms.ChoiceField(label=_("stands"), choices=on_or_not),
            "occupation_list": forms.ChoiceField(label=_("the list"), choices=self.offered.lists),
        }

    def _fields_of_relative(self) -> dict[str, forms.Field]:
        has = [("true", _("has one")), ("false", _("does not have one"))]
        return {"expected": forms.ChoiceField(label=_("the person"), choices=has)}

    def _fields_of_program(self) -> dict[str, forms.Field]:
        return {
            "program": forms.ChoiceField(label=_("program"), choices=self.offered.programs),
            "verdict": several(_("comes out as"), choices.VERDICTS),
        }

    def _fields_of_judgement(self) -> dict[str, forms.Field]:
        box = {"rows": 2, "cols": 60}
        return {
            "judgement_en": forms.CharField(label=_("what to judge (English)"), widget=forms.Textarea(attrs=box)),
            "judgement_fr": forms.CharField(
                label=_("what to judge (French)"), required=False, widget=forms.Textarea(attrs=box)
            ),
        }

    def _comparison_fields(self) -> dict[str, forms.Field]:
        operators = [(op, Condition.Operator(op).label) for op in OPERATORS[self.measured]]
        fields: dict[str, forms.Field] = {}
        if len(operators) > 1:
            fields["op"] = forms.ChoiceField(label=_("comparison"), choices=operators)
        if len(self._sides()) > 1:
            fields["against"] = forms.ChoiceField(label=_("compared with"), choices=self._sides())
        if self.against == "fact":
            fields["other_fact"] = forms.ChoiceField(label=_("the other answer"), choices=self._other_facts())
        elif self.against == "table":
            fields["table"] = forms.ChoiceField(label=_("table"), choices=self.offered.tables)
            fields["by"] = forms.ChoiceField(label=_("its row is picked by"), choices=self.offered.facts())
        elif self.against == "list":
            fields["figure_list"] = forms.ChoiceField(label=_("list"), choices=self.offered.lists)
            fields["figure_column"] = forms.CharField(label=_("which figure"))
            fields["figure_of"] = forms.ChoiceField(label=_("for the occupation of"), choices=_WHOSE)
        else:
            fields["value"] = value_field(self.measured, self.entry, self.operator in _SEVERAL)
        return fields

    def _sides(self) -> Choices:
        names = ["value"]
        if self.kind in ("fact", "credential") and self.measured != "boolean":
            names.append("fact")
        if self.measured in NUMBERS:
            names += ["fact", "table", "list"]
        return [(name, _AGAINST[name]) for name in dict.fromkeys(names)]

    def _other_facts(self) -> Choices:
        if self.measured == "set" and self.entry is not None:
            return self.offered.facts({"set", self.entry.of or "set"})
        return self.offered.facts(NUMBERS if self.measured in NUMBERS else {self.measured})

    # What was typed ---------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Make a condition of what was typed, or say what is wrong in the words of the schema."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        try:
            condition = self._made(data)
        except SchemaError as error:
            for detail in error.errors():
                name = str(detail["loc"][-1]) if detail["loc"] else ""
                message = detail["msg"].removeprefix("Value error, ")
                self.add_error(name if name in self.fields else None, message)
            return data
        if isinstance(condition, schema.Compare):
            for key, message in comparison_problems(condition, vocabulary()):
                self.add_error(key if key in self.fields else None, message)
        if not self.errors:
            self.document = condition
        return data

    def _made(self, data: dict[str, Any]) -> Any:
        """What was typed as a document. Raises pydantic.ValidationError where it makes none."""
        return _CONDITION.validate_python(self._said(data))

    def _said(self, data: dict[str, Any]) -> dict[str, Any]:
        """The condition as a pack would write it."""
        expected = data.get("expected") != "false"
        if self.kind == "occupation":
            side = "in_list" if expected else "not_in_list"
            return {"occupation_of": data["occupation_of"], side: data["occupation_list"]}
        if self.kind == "main_teer":
            teer = [int(category) for category in data["main_teer"]]
            return {"main_teer_of": parameter_document(self.kind, data), "teer": teer}
        if self.kind == "relative":
            return {"relative": {"relations": [], **parameter_document(self.kind, data)}, "expected": expected}
        if self.kind == "program":
            verdicts = {"verdict": data["verdict"]} if data["verdict"] else {}
            return {"program": data["program"], **verdicts}
        if self.kind == "judgement":
            return {"judgement": {"en": data["judgement_en"], "fr": data["judgement_fr"]}}
        return {**self._measure(data), "op": data.get("op") or self.operator, **self._right_side(data)}

    def _measure(self, data: dict[str, Any]) -> dict[str, Any]:
        if self.entry is not None:
            return {"fact": self.entry.key}
        if self.kind == "grid":
            return {"grid": data["grid"]}
        if self.kind == "list_level":
            column = {"column": data["column"]} if data["column"] else {}
            of = {"occupation_list": data["occupation_list"], "of": data["occupation_of"]}
            return {"list_level": {**of, **column}}
        unit = {"unit": data["unit"]} if "unit" in data else {}
        return {self.kind: parameter_document(self.kind, data), **unit}

    def _right_side(self, data: dict[str, Any]) -> dict[str, Any]:
        if self.against == "fact":
            return {"other_fact": data["other_fact"]}
        if self.against == "table":
            return {"table": data["table"], "by": data["by"]}
        if self.against == "list":
            return {"list_figure": data["figure_list"], "column": data["figure_column"], "of": data["figure_of"]}
        more = self.operator in _SEVERAL
        return {"value": read_value(data["value"], self.measured, self.entry, self.operator, more)}

    @property
    def sentence(self) -> str:
        """The condition in plain English; empty while it is not finished."""
        document = self.checked_document
        return self._told(document) if document is not None else ""

    @cached_property
    def checked_document(self) -> Any:
        """What it makes, whether it was to be saved or only to be shown; None while it is not finished."""
        checked = self if self.is_bound else type(self)(self.values_now, self.offered, prefix="read", check=True)
        return checked.document if checked.is_valid() else None

    def _told(self, document: Any) -> str:
        return condition_sentence(document)

    @property
    def values_now(self) -> dict[str, list[str]]:
        """The values, by the names of the fields."""
        return {key: list(value) for key, value in self.values.lists()}
