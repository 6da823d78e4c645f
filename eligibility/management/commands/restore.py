"""Read a backup into this database, whichever kind it is."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from eligibility.answers import store
from eligibility.backup.read import CannotRestore, restore


class Command(BaseCommand):
    """Restore a backup."""

    help = "Read a backup into this database, and bring it to this release. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say from where, and whether what is there may be lost."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="lose what the database holds now")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, choices=tuple(connections))

    def handle(self, *_args: Any, file: Path, replace: bool, database: str, **_options: Any) -> None:
        """Restore it; then roles get their rights and published rules their locks, and what has expired goes."""
        try:
            rows = restore(connections[database], file, replace=replace)
        except CannotRestore as error:
            raise CommandError(str(error)) from error
        call_command("migrate", database=database, interactive=False, verbosity=0)
        store.purge_expired(database)
        self.stdout.write(f"{rows} rows were restored.")
