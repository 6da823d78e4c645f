"""Versions as rows: a version and everything below it, in the order in which the database can take them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from programs.models import (
    AbilityScale,
    Case,
    Condition,
    Conversion,
    Factor,
    GridVersion,
    ListEntry,
    Occupation,
    OccupationListVersion,
    PointsTable,
    ProgramVersion,
    ReferenceTableVersion,
    Requirement,
    Status,
    TableRow,
    Version,
)
from programs.packs.columns import columns, plain_part
from programs.packs.condition_rows import condition_rows
from programs.packs.schema import grids as grid_schema
from programs.packs.schema import programs as program_schema
from programs.packs.schema import tables as table_schema

_BELOW = (Requirement, PointsTable, Case, Condition, ListEntry, TableRow, AbilityScale)


class VersionRows:
    """Gathers the rows of many versions, and saves them together in a few statements."""

    def __init__(self, sources: Mapping[str, int]) -> None:
        """`sources` are the rows of every source that the versions cite, by address."""
        self._sources = sources
        self._occupations: dict[tuple[str, str], int] = {}
        self._versions: dict[type[Version], list[Version]] = defaultdict(list)
        self._factors: dict[int, list[Factor]] = defaultdict(list)
        self._below: dict[type[models.Model], list[Any]] = defaultdict(list)

    def add(self, parent: models.Model, document: Any, model: type[Version], **state: Any) -> Version:
        """Gather one version of `parent`; `state` is its status, origin, author and the like."""
        version = model(**{f"{model.PARENT}_id": parent.pk}, **columns(document, model, self._sources), **state)
        self._versions[model].append(version)
        if isinstance(version, ProgramVersion):
            self._add_requirements(version, document)
        elif isinstance(version, GridVersion):
            self._add_factors(version, document.factors, None, 0)
        elif isinstance(version, OccupationListVersion):
            self._add_entries(version, document, parent.classification_id)  # type: ignore[attr-defined]
        elif isinstance(version, ReferenceTableVersion):
            self._add_rows(version, document)
        elif isinstance(version, Conversion):
            self._add_abilities(version, document)
        return version

    def save(self) -> None:
        """Write what was gathered. The status comes last: nothing can be put below a version once it is published."""
        meant = {id(version): version.status for versions in self._versions.values() for version in versions}
        for model, versions in self._versions.items():
            for version in versions:
                version.status = Status.DRAFT
            model.objects.bulk_create(versions)
        for depth in sorted(self._factors):
            Factor.objects.bulk_create(self._factors[depth])
        for below in _BELOW:
            below.objects.bulk_create(self._below[below], batch_size=2000)
        for model, versions in self._versions.items():
            for version in versions:
                version.status = meant[id(version)]
            for status in {version.status for version in versions} - {Status.DRAFT}:
                written = [version.pk for version in versions if version.status == status]
                model.objects.filter(pk__in=written).update(status=status)

    def _columns(self, document: Any, model: type[models.Model]) -> dict[str, Any]:
        return columns(document, model, self._sources)

    def _add_requirements(self, version: ProgramVersion, document: program_schema.ProgramVersion) -> None:
        for position, item in enumerate(document.requirements):
            row = Requirement(version=version, position=position, **self._columns(item, Requirement))
            self._below[Requirement].append(row)
            self._below[Condition] += condition_rows(item.any_of, requirement=row)

    def _add_factors(
        self, version: GridVersion, factors: Iterable[grid_schema.Factor], parent: Factor | None, depth: int
    ) -> None:
        for position, item in enumerate(factors):
            row = Factor(version=version, parent=parent, position=position, **self._factor_columns(item))
            self._factors[depth].append(row)
            self._below[Condition] += condition_rows(item.applies_when, factor=row)
            self._add_factors(version, item.children, row, depth + 1)
            if item.table is not None:
                self._below[PointsTable].append(PointsTable(factor=row, **table_columns(item.table)))
            for case_position, case in enumerate(item.cases):
                case_row = Case(factor=row, position=case_position, **self._columns(case, Case))
                self._below[Case].append(case_row)
                self._below[Condition] += condition_rows(case.any_of, case=case_row)

    def _factor_columns(self, item: grid_schema.Factor) -> dict[str, Any]:
        result = self._columns(item, Factor)
        result["readings"] = [plain_part(reading) for reading in item.readings]
        if item.cap_when is not None:
            other = item.cap_when
            result |= {"cap_when_fact_id": other.fact, "cap_when_is": other.is_, "cap_when_cap": other.cap}
        return result

    def _add_entries(
        self, version: OccupationListVersion, document: table_schema.OccupationListVersion, classification: str
    ) -> None:
        for position, item in enumerate(document.entries):
            row = ListEntry(
                version=version,
                position=position,
                occupation_id=self._occupation(classification, item.noc),
                **self._columns(item, ListEntry),
            )
            self._below[ListEntry].append(row)

    def _add_rows(self, version: ReferenceTableVersion, document: table_schema.ReferenceTableVersion) -> None:
        for position, item in enumerate(document.rows):
            at: dict[str, Any] = {"at_number": item.at} if isinstance(item.at, int) else {"at_code": item.at}
            row = TableRow(version=version, position=position, **at, **self._columns(item, TableRow))
            self._below[TableRow].append(row)

    def _add_abilities(self, version: Conversion, document: table_schema.Conversion) -> None:
        for position, (ability, item) in enumerate(document.abilities.items()):
            row = AbilityScale(version=version, position=position, ability=ability, **self._columns(item, AbilityScale))
            self._below[AbilityScale].append(row)

    def _occupation(self, classification: str, code: str) -> int:
        if not self._occupations:
            known = Occupation.objects.values_list("classification_id", "code", "pk")
            self._occupations = {(name, number): pk for name, number, pk in known}
        return self._occupations[classification, code]


def table_columns(table: grid_schema.PointsTable) -> dict[str, Any]:
    """The columns of a points table."""
    across = table.columns
    return {
        "rows_measure": plain_part(table.rows.measure),
        "rows_bands": [plain_part(band) for band in table.rows.bands],
        "columns_measure": plain_part(across.measure) if across else None,
        "columns_bands": [plain_part(band) for band in across.bands] if across else None,
        "per_ability": table.per_ability,
        "points": [list(row) for row in table.points],
    }
