"""Count how many people of a population each program would take."""

import csv
import datetime as dt
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.demo.population import POPULATION_FILE
from eligibility.matches import MATCHES, ProgramMatches, as_markdown, match_table
from eligibility.profile import ProfileError
from eligibility.profile.model import Profile
from eligibility.profile.stream import read_profiles
from programs import store
from programs.packs.seed import seed_rulebook


class Command(BaseCommand):
    """`manage.py match_table [FILE]`: profiles in, a table of programs out."""

    help = (
        "Evaluate the profiles in FILE (default: the made-up population of the repository) and print how many people "
        "each program would take. The table in docs/matches.md is made by: match_table --packs > docs/matches.md"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's options."""
        parser.add_argument("file", nargs="?", default=str(POPULATION_FILE), help="profiles, as for `evaluate`")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="evaluate on this day, not the profiles' own")
        parser.add_argument("--format", choices=("md", "csv"), default="md", help="Markdown (default) or CSV")
        parser.add_argument(
            "--packs", action="store_true", help="use the rule packs of the repository, not what is published"
        )

    def handle(self, **options: Any) -> None:
        """Print the table."""
        rulebook = seed_rulebook() if options["packs"] else store.current()
        try:
            with open(options["file"], encoding="utf-8") as source:
                people = list(_readable(read_profiles(source)))
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        if not people:
            raise CommandError(f"There is no profile in {options['file']}.")
        try:
            table = match_table(people, rulebook, options["on"])
        except ProfileError as error:
            raise CommandError(f"A profile cannot be evaluated: {error}") from error
        if options["format"] == "csv":
            self._csv(table)
        else:
            self.stdout.write(as_markdown(table, options["on"] or max(person.as_of for person in people)), ending="")

    def _csv(self, table: list[ProgramMatches]) -> None:
        rows = csv.writer(self.stdout, lineterminator="\n")
        rows.writerow(["program", "authority", "intake", "people", *MATCHES])
        for line in table:
            rows.writerow(
                [line.id, line.authority, line.intake, line.people, *(line.counts[match] for match in MATCHES)]
            )


def _readable(read: Iterator[Profile | ProfileError]) -> Iterator[Profile]:
    for number, outcome in enumerate(read, start=1):
        if isinstance(outcome, ProfileError):
            raise CommandError(f"Profile {number} cannot be read: {outcome}")
        yield outcome
