"""Check the rules: bands, periods, names, values, worked examples."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from programs import store
from programs.checks.documents import check_documents
from programs.checks.problems import Problem
from programs.loading.rulebook import RULE_PACKS
from programs.packs.errors import PackErrors
from programs.packs.yaml_files import PackFile, pack_paths, read_packs


class Command(BaseCommand):
    """Checks what is published, or packs before they are loaded."""

    help = "Check the published rules, or with --packs the rule packs of a folder. Errors end with status 1."

    def add_arguments(self, parser: CommandParser) -> None:
        """Packs are checked only when asked for."""
        parser.add_argument(
            "--packs", nargs="?", type=Path, const=RULE_PACKS, help="check packs (of the program, or of a folder)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every problem, and end with status 1 if one is an error."""
        packs: list[PackFile] = []
        if options["packs"]:
            try:
                packs = read_packs(pack_paths(options["packs"]))
            except PackErrors as failure:
                for error in failure.errors:
                    self.stderr.write(f"error: {error}")
                raise SystemExit(1) from failure
        documents = [pack.document for pack in packs] if options["packs"] else store.documents()
        found = check_documents(documents, store.occupations())
        files: dict[tuple[str, str], PackFile] = {(pack.document.kind, pack.document.id): pack for pack in packs}
        for problem in found:
            self.stderr.write(_line(problem, files.get((problem.kind, problem.identifier))))
        errors = sum(problem.severity == "error" for problem in found)
        self.stdout.write(f"{len(documents)} documents: {errors} errors, {len(found) - errors} warnings.")
        if errors:
            raise SystemExit(1)


def _line(problem: Problem, pack: PackFile | None) -> str:
    if pack is None:
        return str(problem)
    return f"{problem.severity}: {pack.error_at(problem.location, problem.message)}"
