"""What the fields of a condition hold, from a condition as a pack writes it (which may be unfinished)."""

from collections.abc import Mapping
from typing import Any

from programs.admin.editor.parameters import parameter_values
from programs.admin.editor.typed_values import shown_value
from programs.packs.schema import conditions as schema
from programs.rulebook import vocabulary


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
    return measure_values(said)


def measure_values(said: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the fields hold for what is looked at, without what it is compared with."""
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
        "value": _shown(value, said),
        "other_fact": [str(said.get("other_fact"))],
        "table": [str(said.get("table"))],
        "by": [str(said.get("by"))],
        "figure_list": [str(said.get("list_figure"))],
        "figure_column": [str(said.get("column"))],
        "figure_of": [str(said.get("of"))],
    }


def _shown(value: Any, said: Mapping[str, Any]) -> list[str]:
    entry = vocabulary().facts.get(said.get("fact") or "")
    measured = entry.type if entry is not None else "level" if "credential" in said else "number"
    return shown_value(value, measured, entry)
