"""Import rounds of invitations, and the pool printed with them, from a file. The program itself fetches nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from programs.imports.files import FileRefused
from programs.imports.plan import Plan, carry_out, plan_import
from programs.imports.tables import POOL, ROUNDS


class Command(BaseCommand):
    """Imports a file, or says what importing it would do."""

    help = "Import Express Entry rounds from CSV (the columns of export_rulebook) or from Canada's own JSON feed."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether to write."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--source", default="", help="the address the feed was read from")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import all of it, or name every error and import nothing."""
        path: Path = options["file"]
        try:
            with transaction.atomic():
                plan = plan_import(path.read_bytes(), path.name, (ROUNDS, POOL), options["source"])
                if plan.can_be_done and not options["dry_run"]:
                    carry_out(plan)
        except (FileRefused, OSError) as error:
            self.stderr.write(f"{path.name}: {error}")
            raise SystemExit(1) from error
        self._tell(plan, dry=options["dry_run"])

    def _tell(self, plan: Plan, *, dry: bool) -> None:
        for row in plan.of("wrong"):
            for problem in row.problems:
                self.stderr.write(f"{plan.file_name}: {row.place} ({row.subject}): {problem.column}: {problem.message}")
        for row in plan.of("changed"):
            for change in row.changes:
                self.stdout.write(f"{row.table.name} {row.subject}: {change.column}: {change.before} > {change.after}")
        counts = ", ".join(f"{plan.counts[state]} {state}" for state in ("new", "changed", "same", "wrong"))
        if not plan.can_be_done:
            self.stderr.write(f"Nothing was imported: {counts}.")
            raise SystemExit(1)
        self.stdout.write(f"{'Nothing was written; it would be' if dry else 'Imported'}: {counts}.")
