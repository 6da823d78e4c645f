"""Tell what time does by itself, as a stream of JSON Lines."""

import datetime as dt
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.management.reading import answer_profiles
from eligibility.planning import timeline
from eligibility.profile import ProfileError
from eligibility.profile.model import Profile
from programs import store


class Command(BaseCommand):
    """`manage.py timeline [FILE] --until DATE`: profiles in, the timeline of one person a line out."""

    help = (
        "Read profiles as evaluate does, and write for each every day up to DATE on which something changes while "
        "nothing but time passes: scores as steps, verdicts as periods, and what happens on which day."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's options."""
        parser.add_argument("file", nargs="?", default="-", help="the profiles (default: standard input)")
        parser.add_argument("--until", required=True, metavar="DATE", help="the last day, as YYYY-MM-DD")
        parser.add_argument("--since", metavar="DATE", help="the first day (default: the profile's own)")

    def handle(self, **options: Any) -> None:
        """Tell everyone's timeline; exit with status 1 if a profile could not be read."""
        rulebook = store.current()
        until = _day("--until", options["until"])
        since = _day("--since", options["since"]) if options["since"] else None

        def answer(profile: Profile) -> dict[str, Any]:
            try:
                return timeline(profile, rulebook, since or profile.as_of, until).as_json()
            except ProfileError:
                raise
            except ValueError as problem:
                raise ProfileError("as_of", str(problem), profile.id) from problem

        if answer_profiles(options["file"], answer, self.stdout, self.stderr):
            sys.exit(1)


def _day(option: str, written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise CommandError(f"{option}: {written!r} is not a date; write YYYY-MM-DD, for example 2027-11-21.") from None
