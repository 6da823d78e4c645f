"""Versions as parts of documents: what rows of a version say, as a pack writes it."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from programs.models import (
    Conversion,
    Factor,
    GridVersion,
    OccupationListVersion,
    PointsTable,
    ProgramVersion,
    ReferenceTableVersion,
    Requirement,
    Version,
)
from programs.packs.columns import values
from programs.packs.condition_rows import routes_value
from programs.packs.kinds import Kind
from programs.packs.schema import grids as grid_schema
from programs.packs.schema import tables as table_schema
from programs.packs.schema.conditions import Requirement as RequirementDocument

# What to fetch with a version so that it can be written down in a fixed number of queries.
BELOW: Mapping[type[Version], tuple[str, ...]] = MappingProxyType(
    {
        ProgramVersion: ("requirements__source", "requirements__conditions"),
        GridVersion: (
            "factors__source",
            "factors__conditions",
            "factors__table",
            "factors__cases__conditions",
        ),
        OccupationListVersion: ("entries__occupation",),
        ReferenceTableVersion: ("rows",),
        Conversion: ("abilities",),
    }
)


def version_value(version: Any, kind: Kind) -> dict[str, Any]:
    """A version as a pack writes it."""
    assert kind.version_schema is not None
    return {**_said(values(version, kind.version_schema)), **_BELOW_VALUE[type(version)](version)}


def _said(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}


def _ordered(rows: Any) -> list[Any]:
    return sorted(rows.all(), key=lambda row: (row.position, row.pk))


def requirement_value(row: Requirement) -> dict[str, Any]:
    """A requirement as a pack writes it."""
    return {**_said(values(row, RequirementDocument)), "any_of": routes_value(list(row.conditions.all()))}


def _program_value(version: ProgramVersion) -> dict[str, Any]:
    return {"requirements": [requirement_value(row) for row in _ordered(version.requirements)]}


def _grid_value(version: GridVersion) -> dict[str, Any]:
    children: dict[int | None, list[Factor]] = defaultdict(list)
    for row in _ordered(version.factors):
        children[row.parent_id].append(row)
    return {"factors": [_factor_value(row, children) for row in children[None]]}


def _factor_value(row: Factor, children: Mapping[int | None, list[Factor]]) -> dict[str, Any]:
    value = _said(values(row, grid_schema.Factor))
    if row.cap_when_fact_id is not None:
        value["cap_when"] = {"fact": row.cap_when_fact_id, "is": row.cap_when_is, "cap": row.cap_when_cap}
    value["applies_when"] = routes_value(list(row.conditions.all()))
    value["children"] = [_factor_value(child, children) for child in children.get(row.pk, ())]
    if hasattr(row, "table"):
        value["table"] = table_value(row.table)
    value["cases"] = [
        {**_said(values(case, grid_schema.Case)), "any_of": routes_value(list(case.conditions.all()))}
        for case in _ordered(row.cases)
    ]
    return value


def table_value(table: PointsTable) -> dict[str, Any]:
    """A points table as a pack writes it."""
    value: dict[str, Any] = {
        "rows": {"measure": table.rows_measure, "bands": table.rows_bands},
        "per_ability": table.per_ability,
        "points": table.points,
    }
    if table.columns_measure is not None:
        value["columns"] = {"measure": table.columns_measure, "bands": table.columns_bands}
    return value


def _list_value(version: OccupationListVersion) -> dict[str, Any]:
    return {
        "entries": [
            {**_said(values(row, table_schema.ListEntry)), "noc": row.occupation.code}
            for row in _ordered(version.entries)
        ]
    }


def _table_value(version: ReferenceTableVersion) -> dict[str, Any]:
    return {"rows": [{**_said(values(row, table_schema.TableRow)), "at": row.at} for row in _ordered(version.rows)]}


def _conversion_value(version: Conversion) -> dict[str, Any]:
    return {
        "abilities": {row.ability: _said(values(row, table_schema.AbilityScale)) for row in _ordered(version.abilities)}
    }


_BELOW_VALUE: Mapping[type[Version], Any] = MappingProxyType(
    {
        ProgramVersion: _program_value,
        GridVersion: _grid_value,
        OccupationListVersion: _list_value,
        ReferenceTableVersion: _table_value,
        Conversion: _conversion_value,
    }
)
