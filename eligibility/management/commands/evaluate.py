"""Evaluate profiles from a file or from standard input, as a stream of JSON Lines."""

import json
import sys
from argparse import ArgumentParser
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from eligibility.engine import assess
from eligibility.profile import ProfileError
from eligibility.profile.model import Profile
from eligibility.profile.stream import read_profiles
from programs import store
from programs.packs.schema import Program
from programs.rulebook import Rulebook


class Command(BaseCommand):
    """`manage.py evaluate [FILE]`: profiles in, one assessment a line out."""

    help = (
        "Read one profile, a JSON array or JSON Lines from FILE (or standard input) and write one assessment per "
        "profile as JSON Lines. A bad profile writes its error on its own line and makes the exit status 1."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's options."""
        parser.add_argument("file", nargs="?", default="-", help="the profiles (default: standard input)")
        parser.add_argument("--indent", action="store_true", help="write each assessment indented")
        parser.add_argument("--program", metavar="ID", help="keep only this program")
        parser.add_argument("--scores-only", action="store_true", help="leave programs, notices and invitations out")

    def handle(self, **options: Any) -> None:
        """Evaluate everything; exit with status 1 if a profile could not be read."""
        rulebook = store.current()
        program = options["program"]
        if program and program not in {document.id for document in rulebook.of_kind(Program)}:
            raise CommandError(f"There is no program {program!r} in the rulebook.")
        if options["file"] == "-":
            failed = self._evaluate(sys.stdin, rulebook, options)
        else:
            try:
                with open(options["file"], encoding="utf-8", errors="replace") as source:
                    failed = self._evaluate(source, rulebook, options)
            except OSError as problem:
                raise CommandError(f"Cannot read {options['file']}: {problem.strerror}.") from problem
        if failed:
            sys.exit(1)

    def _evaluate(self, source: TextIO, rulebook: Rulebook, options: dict[str, Any]) -> bool:
        indent = 2 if options["indent"] else None
        failed = False
        for outcome in read_profiles(source):
            result = _evaluate_one(outcome, rulebook, options)
            failed = failed or "error" in result
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=indent))
        return failed


def _evaluate_one(outcome: Profile | ProfileError, rulebook: Rulebook, options: dict[str, Any]) -> dict[str, Any]:
    if isinstance(outcome, ProfileError):
        return outcome.as_json()
    wanted = [options["program"]] if options["program"] else None
    try:
        assessment = assess(outcome, rulebook.on(outcome.as_of), programs=wanted, scores_only=options["scores_only"])
    except ProfileError as error:
        error.profile_id = outcome.id
        return error.as_json()
    return assessment.as_json(scores_only=options["scores_only"])
