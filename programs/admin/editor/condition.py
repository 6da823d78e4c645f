"""One condition as fields: which ones there are follows from what is looked at, and how it is compared."""

from collections.abc import Mapping
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
    codes_of,
    parameter_document,
    parameter_fields,
    parameter_values,
    several,
)
from programs.checks.values import comparison_problems
from programs.models import Condition
from programs.packs.schema import conditions as schema
from programs.packs.sentences import condition_sentence
from programs.rulebook import FactEntry, vocabulary
from programs.rulebook.vocabulary import OPERATORS

_CONDITION: TypeAdapter[Any] = TypeAdapter(schema.Condition)
_COMPARED = frozenset({"fact", "experience", "credential", "grid", "list_level"})
_NUMBERS = frozenset({"number", "money", "clb"})
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

    def __init__(self, values: Mapping[str, list[str]], offered: Offered, *, prefix: str, check: bool = False) -> None:
        """Make the fields that the values call for."""
        self.values: MultiValueDict[str, str] = MultiValueDict({key: list(value) for key, value in values.items()})
        self.offered = offered
        self.document: Any = None
        self.kind, _colon, fact = (self.values.get("what") or "").partition(":")
        self.entry: FactEntry | None = vocabulary().facts.get(fact) if self.kind == "fact" else None
        self._fill_in_usual()
        data = MultiValueDict({f"{prefix}-{key}": value for key, value in self.values.lists()})
        super().__init__(data if check else None, prefix=prefix)
        self.fields["what"] = forms.ChoiceField(
            label=_("looks at"), choices=offered.looked_at, error_messages={"required": _("Choose what is looked at.")}
        )
        self.fields.update(self._fields())
        self._mark()
        if not check:
            self.initial = {
                name: field.widget.value_from_datadict(data, MultiValueDict(), self.add_prefix(name))
                for name, field in self.fields.items()
            }

    def _fill_in_usual(self) -> None:
        """Parameters that have not been on the page yet begin as the schema has them."""
        if self.kind in PARAMETERS and self.values.get("parameters_of") != self.kind:
            for name, value in parameter_values(self.kind, {}).items():
                self.values.setlist(name, value)
            self.values["parameters_of"] = self.kind
        if self.kind in _COMPARED and (self.kind != "fact" or self.entry is not None):
            self.values["op"], self.values["against"] = self.operator, self.against

    def _mark(self) -> None:
        for name, field in self.fields.items():
            if name in REFRESHING:
                field.widget.attrs["data-refreshes"] = ""

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
        if self.kind in _COMPARED and (self.kind != "fact" or self.entry is not None):
            fields.update(self._comparison_fields())
        return fields

    def _fields_of_experience(self) -> dict[str, forms.Field]:
        return {"unit": forms.ChoiceField(label=_("counted in"), choices=Condition.Unit.choices)}

    def _fields_of_main_teer(self) -> dict[str, forms.Field]:
        return {"main_teer": several(_("most of it is in"), choices.TEER)}

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
            fields["value"] = self._value_field()
        return fields

    def _sides(self) -> Choices:
        names = ["value"]
        if self.kind in ("fact", "credential") and self.measured != "boolean":
            names.append("fact")
        if self.measured in _NUMBERS:
            names += ["fact", "table", "list"]
        return [(name, _AGAINST[name]) for name in dict.fromkeys(names)]

    def _other_facts(self) -> Choices:
        if self.measured == "set" and self.entry is not None:
            return self.offered.facts({"set", self.entry.of or "set"})
        return self.offered.facts(_NUMBERS if self.measured in _NUMBERS else {self.measured})

    def _value_field(self) -> forms.Field:
        kind, more = self.measured, self.operator in _SEVERAL
        label = _("values") if more else _("value")
        offered = self._offered_values()
        if offered:
            return several(label, offered) if more else forms.ChoiceField(label=label, choices=offered)
        attributes: dict[str, str] = {}
        if kind in _NUMBERS and not more:
            attributes = {"inputmode": "decimal", "class": "rule-number"}
        if kind == "occupation":
            attributes = {"list": "rule-occupations"}
        help_text = _("Several with commas.") if more else ""
        if kind == "country" or (self.entry is not None and self.entry.of == "country"):
            help_text = _("Two letters each, with commas: IN, US.")
        return forms.CharField(label=label, help_text=help_text, widget=forms.TextInput(attrs=attributes))

    def _offered_values(self) -> Choices:
        if self.measured == "boolean":
            return choices.YES_OR_NO
        if self.measured == "clb":
            return choices.BENCHMARKS
        if self.measured == "level":
            return choices.levels()
        return choices.values_of(self.entry) if self.entry is not None else []

    @property
    def value_unit(self) -> str:
        """What the value is counted in, to stand behind its field; a benchmark says so itself."""
        return (self.entry.unit or "") if self.entry is not None and self.measured != "clb" else ""

    @property
    def is_money(self) -> bool:
        """Whether a dollar sign stands before the value."""
        return self.measured == "money"

    # What was typed ---------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Make a condition of what was typed, or say what is wrong in the words of the schema."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        if self.kind == "fact" and self.entry is None:
            self.add_error("what", _("There is no such fact."))
            return data
        try:
            condition = _CONDITION.validate_python(self._said(data))
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
        return {"value": self._read(data["value"])}

    def _read(self, typed: Any) -> Any:
        if self.operator in _SEVERAL:
            items = typed if isinstance(typed, list) else [part.strip() for part in typed.split(",") if part.strip()]
            read = [self._one(item) for item in items]
            # One value that a set must contain is written without a list.
            alone = len(read) == 1 and self.operator.startswith("contains")
            return read[0] if alone else read
        return self._one(typed)

    def _one(self, text: str) -> Any:
        text = text.strip()
        if self.measured == "boolean":
            return text == "true"
        if self.measured in _NUMBERS:
            plain = text.lstrip("$").replace(",", "").replace(" ", "")
            for number in (int, float):
                try:
                    return number(plain)
                except ValueError:
                    continue
            return text
        of = self.entry.of if self.entry is not None and self.measured == "set" else self.measured
        return (codes_of(text) or [text])[0] if of == "country" else text

    @property
    def sentence(self) -> str:
        """The condition in plain English; empty while it is not finished."""
        checked = self if self.is_bound else ConditionForm(self.values_now, self.offered, prefix="read", check=True)
        return condition_sentence(checked.document) if checked.is_valid() and checked.document is not None else ""

    @property
    def values_now(self) -> dict[str, list[str]]:
        """The values, by the names of the fields."""
        return {key: list(value) for key, value in self.values.lists()}


def condition_values(said: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the fields hold for a condition as a pack writes it (which may be unfinished)."""
    values = _values_of_kind(said)
    values.update(_values_of_comparison(said) if "op" in said else {})
    return {key: value for key, value in values.items() if value not in ([""], ["None"])}


def _values_of_kind(said: Mapping[str, Any]) -> dict[str, list[str]]:
    if "occupation_of" in said:
        named = said.get("in_list") or said.get("not_in_list") or ""
        on = "true" if said.get("in_list") else "false"
        return {
            "what": ["occupation"],
            "occupation_of": [str(said["occupation_of"])],
            "expected": [on],
            "occupation_list": [named],
        }
    if "main_teer_of" in said:
        teer = [str(category) for category in said.get("teer", ())]
        return {"what": ["main_teer"], **_parameters("main_teer", said["main_teer_of"]), "main_teer": teer}
    if "relative" in said:
        expected = "true" if said.get("expected", True) else "false"
        return {"what": ["relative"], **_parameters("relative", said["relative"]), "expected": [expected]}
    if "program" in said:
        verdicts = said.get("verdict", schema.ProgramVerdict.model_fields["verdict"].default)
        return {"what": ["program"], "program": [said["program"]], "verdict": list(verdicts)}
    if "judgement" in said:
        text = said["judgement"]
        english, french = (text, "") if isinstance(text, str) else (text.get("en", ""), text.get("fr", ""))
        return {"what": ["judgement"], "judgement_en": [english], "judgement_fr": [french]}
    return _values_of_measure(said)


def _values_of_measure(said: Mapping[str, Any]) -> dict[str, list[str]]:
    if "grid" in said:
        return {"what": ["grid"], "grid": [said["grid"]]}
    if "list_level" in said:
        level = said["list_level"]
        return {
            "what": ["list_level"],
            "occupation_list": [level["occupation_list"]],
            "occupation_of": [level["of"]],
            "column": [level.get("column", "")],
        }
    for kind in ("experience", "credential"):
        if kind in said:
            return {"what": [kind], **_parameters(kind, said[kind]), "unit": [str(said.get("unit") or "")]}
    return {"what": [f"fact:{said.get('fact') or ''}"]}


def _parameters(kind: str, said: Mapping[str, Any]) -> dict[str, list[str]]:
    return {"parameters_of": [kind], **parameter_values(kind, said)}


def _values_of_comparison(said: Mapping[str, Any]) -> dict[str, list[str]]:
    value = said.get("value")
    against = "value"
    for key, name in (("other_fact", "fact"), ("table", "table"), ("list_figure", "list")):
        if said.get(key) is not None:
            against = name
    return {
        "op": [said["op"]],
        "against": [against],
        "value": _told(value, said),
        "other_fact": [str(said.get("other_fact"))],
        "table": [str(said.get("table"))],
        "by": [str(said.get("by"))],
        "figure_list": [str(said.get("list_figure"))],
        "figure_column": [str(said.get("column"))],
        "figure_of": [str(said.get("of"))],
    }


def _told(value: Any, said: Mapping[str, Any]) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if not isinstance(value, list | tuple):
        return [str(value)]
    told = [str(each) for each in value]
    form = ConditionForm({"what": [f"fact:{said.get('fact') or ''}"]}, Offered(), prefix="read")
    # What has no closed list of values is typed in one field, with commas.
    closed = form._offered_values() if form.entry is not None else "credential" in said
    return told if closed else [", ".join(told)]
