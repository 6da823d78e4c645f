"""Write the whole database to one file, while the site goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from eligibility.backup.write import write


class Command(BaseCommand):
    """Write a backup."""

    help = "Write the whole database to one file. Answers stay encrypted; their keys are not in it (keep those apart)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where to."""
        parser.add_argument("file", type=Path, help="for example northbound-2026-11-22.gz")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, choices=tuple(connections))

    def handle(self, *_args: Any, file: Path, database: str, **_options: Any) -> None:
        """Write it."""
        try:
            rows = write(connections[database], file)
        except OSError as error:
            raise CommandError(f"{file} could not be written: {error}") from error
        self.stdout.write(f"{rows} rows are in {file}.")
