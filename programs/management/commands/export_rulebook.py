"""Write the published rules as rule packs, and the tables of what happened, in the form of the program's own."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programs.packs.archive import rule_files
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
        """Write a file for each document and table, and say how many."""
        identifier = options["program"]
        if identifier is None:
            files = list(rule_files())
        else:
            files = [(path_of(each).as_posix(), to_yaml(each)) for each in read_documents(["program"], [identifier])]
        if not files:
            raise CommandError(f"There is no program “{identifier}”. List them in admin, under Programs.")
        for name, text in files:
            path = options["folder"] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        self.stdout.write(f"{len(files)} written to {options['folder']}.")
