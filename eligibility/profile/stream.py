"""Reading many profiles as a stream: one object, a JSON array or JSON Lines, told apart by looking.

Memory does not grow with the number of profiles.
"""

import json
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from eligibility.profile.errors import ProfileError
from eligibility.profile.model import Profile
from eligibility.profile.read import read_profile

_CHUNK = 1 << 16
_SPACE = " \t\r\n"
Outcome = Profile | ProfileError
Written = str | ProfileError


def read_profiles(source: TextIO) -> Iterator[Outcome]:
    """Every profile in `source`; a bad one comes as the error that names its field, and the rest go on."""
    return map(read_written, written_profiles(source))


def written_profiles(source: TextIO) -> Iterator[Written]:
    """The text of every profile in `source`, not yet read; an error where the source itself cannot be read on."""
    lines = _with_text(source)
    first = next(lines, None)
    if first is None:
        return
    if first.lstrip().startswith("["):
        yield from _from_array(_Buffer(chain([first], source)))
        return
    if _is_json(first):
        yield from chain([first], lines)
        return
    second = next(lines, None)
    if second is None or not _is_json(second):
        yield "".join(chain([first, second or ""], source))
        return
    yield from chain([first, second], lines)


def _with_text(source: TextIO) -> Iterator[str]:
    return (line for line in source if line.strip(_SPACE + "\ufeff"))


def _is_json(text: str) -> bool:
    try:
        json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


def read_written(text: Written) -> Outcome:
    """One profile, read; or the error that names the field."""
    if isinstance(text, ProfileError):
        return text
    try:
        return read_profile(text.strip().lstrip("\ufeff"))
    except ProfileError as error:
        return error
    except RecursionError:
        return ProfileError("profile", "this is nested too deeply to be a profile")


class _Buffer:
    """Text that is read on as it is needed and let go as it is used."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.text = ""

    def more(self) -> bool:
        """Read on; False at the end."""
        grown: list[str] = []
        size = 0
        for piece in self._pieces:
            grown.append(piece)
            size += len(piece)
            if size >= max(_CHUNK, len(self.text)):
                break
        self.text += "".join(grown)
        return bool(grown)

    def next_character(self) -> str:
        """The next character that is not white space, or nothing at the end."""
        self.text = self.text.lstrip(_SPACE + "\ufeff")
        while not self.text and self.more():
            self.text = self.text.lstrip(_SPACE + "\ufeff")
        return self.text[:1]

    def take(self, count: int) -> None:
        """Let go of what was used."""
        self.text = self.text[count:]


def _from_array(buffer: _Buffer) -> Iterator[Written]:
    decoder = json.JSONDecoder()
    buffer.next_character()
    buffer.take(1)
    while (character := buffer.next_character()) != "]":
        if character == ",":
            buffer.take(1)
            continue
        try:
            _, end = decoder.raw_decode(buffer.text)
        except (ValueError, RecursionError) as problem:
            if isinstance(problem, ValueError) and buffer.more():
                continue
            yield ProfileError("profile", f"the array cannot be read on from here: {problem}")
            return
        yield buffer.text[:end]
        buffer.take(end)
