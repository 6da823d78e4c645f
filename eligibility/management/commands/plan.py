"""Find what people could do to reach a goal, as a stream of JSON Lines."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.management.reading import answer_profiles
from eligibility.planning import GoalError, plan, read_goal
from eligibility.profile.model import Profile
from programs import store


class Command(BaseCommand):
    """`manage.py plan [FILE] --goal GOAL`: profiles in, the plans of one person a line out."""

    help = (
        "Read profiles as evaluate does, and write for each every smallest set of changes that reaches the goal, best "
        "first: the levers used, their effort and cost, the predicted figures and the changed profile."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's options."""
        parser.add_argument("file", nargs="?", default="-", help="the profiles (default: standard input)")
        parser.add_argument(
            "--goal", required=True, help="crs:500 (any grid and its points), round, program:ID or door"
        )
        parser.add_argument("--language", choices=("en", "fr"), default="en", help="of the texts (default: en)")

    def handle(self, **options: Any) -> None:
        """Plan for everyone; exit with status 1 if a profile could not be read."""
        rulebook = store.current()
        written, language = options["goal"], options["language"]

        def answer(profile: Profile) -> dict[str, Any]:
            goal = read_goal(written, profile, rulebook)
            return plan(profile, rulebook, profile.as_of, goal).as_json(language)

        try:
            failed = answer_profiles(options["file"], answer, self.stdout, self.stderr)
        except GoalError as error:
            raise CommandError(f"--goal: {error}.") from error
        if failed:
            sys.exit(1)
