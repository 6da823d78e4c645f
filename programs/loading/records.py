"""Rounds, the pool and draws, from the tables that come with the program."""

from django.db import models

from programs.imports.tables import TABLES, Table
from programs.loading.files import RuleFile, RuleFiles, csv_rows
from programs.models import Origin
from programs.packs.errors import PackError, PackErrors


def load_records(files: RuleFiles) -> list[str]:
    """Load the tables that have changed, and say so. A row that staff entered or changed stays as they left it.

    Raises:
        PackErrors: naming the lines that cannot be read.

    """
    return [_load(table, file) for table in TABLES for file in files.existing(table.file) if file.has_changed]


def _load(table: Table, file: RuleFile) -> str:
    rows: list[models.Model] = []
    errors: list[PackError] = []
    for line, row in csv_rows(file.path, table.needed):
        values, problems = table.read(row)
        errors += [PackError(file.name, line, problem.column, problem.message) for problem in problems]
        if not problems:
            rows.append(table.model(**values, origin=Origin.PACK))
    if errors:
        raise PackErrors(errors)
    kept = set(table.model._default_manager.filter(origin=Origin.STAFF).values_list(*table.key))
    fresh = [row for row in rows if tuple(getattr(row, name) for name in table.key) not in kept]
    table.save(fresh)
    file.remember()
    said = f"{file.name}: {len(fresh)} {table.name}"
    return f"{said}; {len(rows) - len(fresh)} kept as staff entered them" if len(rows) > len(fresh) else said
