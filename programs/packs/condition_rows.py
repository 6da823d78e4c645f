"""Conditions as rows, and rows as conditions."""

from typing import Any

from pydantic import TypeAdapter

from programs.models import Condition
from programs.packs.columns import plain_part, text_columns, text_value
from programs.packs.schema import conditions as schema
from programs.packs.schema.conditions import Route

_CONDITION: TypeAdapter[Any] = TypeAdapter(schema.Condition)


def condition_rows(routes: tuple[Route, ...], **owner: Any) -> list[Condition]:
    """The rows of some routes, numbered from 1, for a requirement, a factor or a case."""
    return [
        Condition(route=number, position=position, **owner, **condition_columns(condition))
        for number, route in enumerate(routes, start=1)
        for position, condition in enumerate(route)
    ]


def routes_value(rows: list[Condition]) -> list[list[dict[str, Any]]]:
    """Routes as a pack writes them, from rows in any order."""
    routes: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (row.route, row.position)):
        routes.setdefault(row.route, []).append(condition_value(row))
    return list(routes.values())


def condition_columns(condition: Any) -> dict[str, Any]:
    """The columns of one condition."""
    match condition:
        case schema.InList():
            return {
                "kind": Condition.Kind.OCCUPATION,
                "occupation_of": condition.occupation_of,
                "occupation_list_id": condition.in_list or condition.not_in_list,
                "expected": condition.in_list is not None,
            }
        case schema.MainTeer():
            return {"kind": Condition.Kind.MAIN_TEER, "parameters": plain_part(condition)}
        case schema.HasRelative():
            return {
                "kind": Condition.Kind.RELATIVE,
                "parameters": plain_part(condition.relative),
                "expected": condition.expected,
            }
        case schema.ProgramVerdict():
            return {
                "kind": Condition.Kind.PROGRAM,
                "program_id": condition.program,
                "parameters": {"verdict": list(condition.verdict)},
            }
        case schema.Judgement():
            return {"kind": Condition.Kind.JUDGEMENT, **text_columns("judgement", condition.judgement)}
        case _:
            return {**_measure_columns(condition), **_comparison_columns(condition)}


def _measure_columns(condition: schema.Compare) -> dict[str, Any]:
    if condition.fact is not None:
        return {"kind": Condition.Kind.FACT, "fact_id": condition.fact}
    if condition.grid is not None:
        return {"kind": Condition.Kind.GRID, "grid_id": condition.grid}
    if condition.list_level is not None:
        level = condition.list_level
        return {
            "kind": Condition.Kind.LIST_LEVEL,
            "occupation_list_id": level.occupation_list,
            "occupation_of": level.of,
            "parameters": {"column": level.column},
        }
    kind = Condition.Kind.EXPERIENCE if condition.experience is not None else Condition.Kind.CREDENTIAL
    return {
        "kind": kind,
        "parameters": plain_part(condition.experience or condition.credential),  # type: ignore[arg-type]
        "unit": condition.unit or "",
    }


def _comparison_columns(condition: schema.Compare) -> dict[str, Any]:
    return {
        "op": condition.op,
        "value": list(condition.value) if isinstance(condition.value, tuple) else condition.value,
        "other_fact_id": condition.other_fact,
        "table_id": condition.table,
        "by_id": condition.by,
        "figure_list_id": condition.list_figure,
        "figure_column": condition.column or "",
        "figure_of": condition.of or "",
    }


def condition_value(row: Condition) -> dict[str, Any]:
    """One condition as a pack writes it."""
    kind, parameters = row.kind, row.parameters or {}
    if kind == Condition.Kind.OCCUPATION:
        side = "in_list" if row.expected else "not_in_list"
        return {"occupation_of": row.occupation_of, side: row.occupation_list_id}
    if kind == Condition.Kind.MAIN_TEER:
        return dict(parameters)
    if kind == Condition.Kind.RELATIVE:
        return {"relative": parameters, "expected": row.expected}
    if kind == Condition.Kind.PROGRAM:
        return {"program": row.program_id, **parameters}
    if kind == Condition.Kind.JUDGEMENT:
        return {"judgement": text_value(row, "judgement") or ""}
    return {**_measure_value(row, parameters), **_comparison_value(row)}


def _measure_value(row: Condition, parameters: dict[str, Any]) -> dict[str, Any]:
    if row.kind == Condition.Kind.FACT:
        return {"fact": row.fact_id}
    if row.kind == Condition.Kind.GRID:
        return {"grid": row.grid_id}
    if row.kind == Condition.Kind.LIST_LEVEL:
        return {"list_level": {"occupation_list": row.occupation_list_id, "of": row.occupation_of, **parameters}}
    measure = {row.kind: parameters}
    return {**measure, "unit": row.unit} if row.unit else measure


def _comparison_value(row: Condition) -> dict[str, Any]:
    sides = {
        "value": row.value,
        "other_fact": row.other_fact_id,
        "table": row.table_id,
        "by": row.by_id,
        "list_figure": row.figure_list_id,
        "column": row.figure_column or None,
        "of": row.figure_of or None,
    }
    return {"op": row.op, **{key: value for key, value in sides.items() if value is not None}}


def condition_document(row: Condition) -> Any:
    """One condition as a document.

    Raises:
        pydantic.ValidationError: if the row's columns do not make a condition.

    """
    return _CONDITION.validate_python(condition_value(row))
