"""Load the rules that come with the program; what staff changed is never overwritten."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from programs.loading.rulebook import RULE_PACKS, load_rulebook
from programs.packs.errors import PackErrors


class Command(BaseCommand):
    """Loads what has changed since the last time."""

    help = "Load rule packs, occupations, rounds, the pool and draws that have changed. Staff's own work is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another folder than the program's own may be named."""
        parser.add_argument("folder", nargs="?", type=Path, default=RULE_PACKS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, say what was done, or name every error and load nothing."""
        try:
            said = load_rulebook(options["folder"].resolve())
        except PackErrors as failure:
            for error in failure.errors:
                self.stderr.write(str(error))
            self.stderr.write(f"Nothing was loaded: {len(failure.errors)} to put right.")
            raise SystemExit(1) from failure
        for line in said or ["The rules are up to date."]:
            if options["verbosity"] > 0:
                self.stdout.write(line)
