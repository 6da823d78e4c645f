"""Write the published rules as rule packs, and the tables of what happened, in the form of the program's own."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programs.imports.tables import TABLES, Table
from programs.packs.from_database import read_documents
from programs.packs.yaml_files import path_of, to_yaml


class Command(BaseCommand):
    """Writes one program, or everything."""

    help = "Write the published rules into a folder as rule packs; loading them gives the same rules."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder is made if it is not there."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--program", help="only this program, by its id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a file for each document, and say how many."""
        identifier = options["program"]
        documents = read_documents() if identifier is None else read_documents(["program"], [identifier])
        if not documents and identifier is not None:
            raise CommandError(f"There is no program “{identifier}”. List them in admin, under Programs.")
        for document in documents:
            path = options["folder"] / path_of(document)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(to_yaml(document), encoding="utf-8")
        if identifier is None:
            for table in TABLES:
                _write_table(options["folder"] / table.file, table)
        self.stdout.write(f"{len(documents)} written to {options['folder']}.")


def _write_table(path: Path, table: Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in table.columns], lineterminator="\n")
        writer.writeheader()
        for row in table.model._default_manager.order_by("date", *table.key):
            writer.writerow(table.write(row))
