"""Write a made-up population of H-1B workers as profiles."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from eligibility.demo.population import AS_OF, SEED, SIZE, as_lines, profiles


class Command(BaseCommand):
    """`manage.py make_population`: profiles out, one a line."""

    help = (
        "Write made-up H-1B workers as JSON Lines, the same for the same seed. "
        "Without options it gives the population kept in eligibility/demo/population.jsonl."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's options."""
        parser.add_argument("--size", type=int, default=SIZE, help=f"how many people (default: {SIZE})")
        parser.add_argument("--seed", type=int, default=SEED, help=f"another seed makes other people (default: {SEED})")
        parser.add_argument(
            "--as-of", type=dt.date.fromisoformat, default=AS_OF, help=f"the day they answer on (default: {AS_OF})"
        )
        parser.add_argument("--output", type=Path, help="a file to write to (default: standard output)")

    def handle(self, **options: Any) -> None:
        """Write them one by one."""
        lines = as_lines(profiles(options["size"], options["seed"], options["as_of"]))
        if options["output"]:
            with options["output"].open("w", encoding="utf-8") as file:
                file.writelines(lines)
            return
        for line in lines:
            self.stdout.write(line, ending="")
