"""What the commands that read profiles share: a file or standard input, and an answer a line."""

import json
import sys
from collections.abc import Callable
from typing import Any, TextIO

from django.core.management.base import CommandError, OutputWrapper

from eligibility.profile import ProfileError
from eligibility.profile.model import Profile
from eligibility.profile.stream import read_profiles

Answer = Callable[[Profile], dict[str, Any]]


def answer_profiles(name: str, answer: Answer, out: OutputWrapper, err: OutputWrapper) -> bool:
    """Read the profiles in the file `name` ("-": standard input) and write an answer a line; True if one failed.

    What is wrong with a profile is written in its place, and told on `err` as well.

    Raises:
        CommandError: if the file cannot be read.

    """
    if name == "-":
        return _answer_all(sys.stdin, answer, out, err)
    try:
        with open(name, encoding="utf-8", errors="replace") as source:
            return _answer_all(source, answer, out, err)
    except OSError as problem:
        raise CommandError(f"Cannot read {name}: {problem.strerror}.") from problem


def _answer_all(source: TextIO, answer: Answer, out: OutputWrapper, err: OutputWrapper) -> bool:
    failed = False
    for outcome in read_profiles(source):
        told = _told(outcome, answer)
        if isinstance(told, ProfileError):
            failed = True
            err.write(f"{told.field}: {told.message}")
            out.write(json.dumps(told.as_json(), ensure_ascii=False))
        else:
            out.write(json.dumps(told, ensure_ascii=False))
    return failed


def _told(outcome: Profile | ProfileError, answer: Answer) -> dict[str, Any] | ProfileError:
    if isinstance(outcome, ProfileError):
        return outcome
    try:
        return answer(outcome)
    except ProfileError as error:
        error.profile_id = outcome.id
        return error
