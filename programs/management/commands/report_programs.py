"""The report of programs, for the command line."""

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from programs import store
from programs.report import COLUMNS, FLAGS, ProgramLine, arranged, plain, report, write_csv

_SHOWN = (
    "id",
    "intake",
    "version",
    "lowest_confidence",
    "oldest_check",
    "requirements",
    "matches",
    "misses",
    "unknowns",
)


class Command(BaseCommand):
    """Lists every published program with how it stands and what asks for attention."""

    help = "List every program: version in force, sources, confidence, examples, intake, and what asks for attention."

    def add_arguments(self, parser: CommandParser) -> None:
        """The form, the day, and what to show."""
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="as of this day (default: today)")
        parser.add_argument("--flag", choices=FLAGS, help="only programs with this flag")
        parser.add_argument("--sort", default="", metavar="COLUMN", help="by this column; -COLUMN from the end")

    def handle(self, **options: Any) -> None:
        """Print the report."""
        if options["sort"].removeprefix("-") not in ("", *COLUMNS):
            raise CommandError(f"There is no column {options['sort']!r}. There are: {', '.join(COLUMNS)}.")
        lines = report(store.current().documents, options["on"] or timezone.localdate())
        lines = arranged(lines, sort=options["sort"], flag=options["flag"] or "")
        if options["format"] == "json":
            self.stdout.write(json.dumps([plain(line) for line in lines], ensure_ascii=False, indent=1))
        elif options["format"] == "csv":
            write_csv(lines, self.stdout)
        else:
            for row in _table(lines):
                self.stdout.write(row)


def _table(lines: list[ProgramLine]) -> list[str]:
    cells = [_SHOWN, *([str(getattr(line, name) or "-") for name in _SHOWN] for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_SHOWN))]
    flags = ["flags", *(" ".join(line.flags) for line in lines)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=True)), flag]).rstrip()
        for row, flag in zip(cells, flags, strict=True)
    ]
