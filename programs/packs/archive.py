"""The published rules as files, in the form of the program's own: for a folder, or zipped for a browser."""

import csv
import io
import zipfile
from collections.abc import Iterator

from programs.imports.tables import TABLES, Table
from programs.packs.from_database import read_documents
from programs.packs.yaml_files import path_of, to_yaml


def rule_files() -> Iterator[tuple[str, str]]:
    """Every pack and every table of what happened: its path below the folder of rules, and its text."""
    for document in read_documents():
        yield path_of(document).as_posix(), to_yaml(document)
    for table in TABLES:
        yield table.file, _table(table)


def zipped(files: Iterator[tuple[str, str]]) -> bytes:
    """Files in one zip file; the same files make the same zip file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files:
            archive.writestr(zipfile.ZipInfo(path), text, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _table(table: Table) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, [column.name for column in table.columns], lineterminator="\n")
    writer.writeheader()
    for row in table.model._default_manager.order_by("date", *table.key):
        writer.writerow(table.write(row))
    return file.getvalue()
