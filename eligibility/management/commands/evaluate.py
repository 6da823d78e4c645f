"""Evaluate profiles from a file or from standard input, as a stream of JSON Lines."""

import gc
import sys
from argparse import ArgumentParser
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from eligibility.evaluation import Evaluation
from eligibility.profile.stream import written_profiles
from programs import store
from programs.packs.schema import Program


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
        parser.add_argument(
            "--jobs", type=int, default=1, metavar="N", help="evaluate in so many processes (default: 1)"
        )
        parser.add_argument("--scores-only", action="store_true", help="leave programs, notices and invitations out")

    def handle(self, **options: Any) -> None:
        """Evaluate everything; exit with status 1 if a profile could not be read."""
        rulebook = store.current()
        program = options["program"]
        if program and program not in {document.id for document in rulebook.of_kind(Program)}:
            raise CommandError(f"There is no program {program!r} in the rulebook.")
        if options["jobs"] < 1:
            raise CommandError("--jobs takes a number of processes, 1 or more.")
        # The rules stay to the end: the garbage collector need not walk through them, and forked processes share them.
        gc.freeze()
        evaluation = Evaluation(rulebook, program, options["scores_only"], 2 if options["indent"] else None)
        if options["file"] == "-":
            failed = self._evaluate(sys.stdin, evaluation, options["jobs"])
        else:
            try:
                with open(options["file"], encoding="utf-8", errors="replace") as source:
                    failed = self._evaluate(source, evaluation, options["jobs"])
            except OSError as problem:
                raise CommandError(f"Cannot read {options['file']}: {problem.strerror}.") from problem
        if failed:
            sys.exit(1)

    def _evaluate(self, source: TextIO, evaluation: Evaluation, jobs: int) -> bool:
        failed = False
        # A stream of bytes where there is one: what is written is long, and already encoded.
        binary = getattr(self.stdout, "buffer", None)
        for lines, succeeded in evaluation.written(written_profiles(source), jobs):
            failed = failed or not succeeded
            if binary is None:
                self.stdout.write(bytes(lines).decode(), ending="")
            else:
                binary.write(lines)
        return failed
