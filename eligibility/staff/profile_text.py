"""A profile as staff paste it: read, or refused with the line and the field at fault."""

import json
from typing import Any

import yaml

from eligibility.profile import Profile, ProfileError, read_profile


class BadProfileText(ValueError):  # noqa: N818 (a sentence says more)
    """The text is no profile. `line` counts from 1 and is None where no line is at fault."""

    def __init__(self, message: str, field: str = "", line: int | None = None) -> None:
        """Say what is wrong, in which field, on which line."""
        super().__init__(message)
        self.message = message
        self.field = field
        self.line = line


def read(text: str, on: str | None = None) -> Profile:
    """The profile, as of `on` if a day is given.

    Raises:
        BadProfileText: naming line and field.

    """
    try:
        written = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadProfileText(f"{error.msg} (column {error.colno})", line=error.lineno) from None
    except RecursionError:
        raise BadProfileText("nested too deeply") from None
    if not isinstance(written, dict):
        raise BadProfileText("write one profile: an object in braces", line=1)
    if on is not None:
        written["as_of"] = on
    try:
        return read_profile(written)
    except ProfileError as error:
        raise from_profile(error, text) from None


def from_profile(error: ProfileError, text: str) -> BadProfileText:
    """The same error with the line that its field stands on."""
    return BadProfileText(error.message, error.field, line_of(text, error.field))


def line_of(text: str, field: str) -> int | None:
    r"""The line of a field; of one that is not there, the line of what it should be in.

    >>> line_of('{"work": [\n  {"noc": "1"}\n]}', "work[0].noc")
    2
    """
    try:
        # JSON is YAML, and YAML's reader knows where things stand.
        node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    line: int = node.start_mark.line
    for part in field.replace("[", ".[").split("."):
        found = _inside(node, part)
        if found is None:
            break
        line, node = found
    return line + 1


def _inside(node: Any, part: str) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        pairs: list[tuple[Any, Any]] = node.value
        return next(((key.start_mark.line, value) for key, value in pairs if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and part.startswith("["):
        place = int(part.strip("[]"))
        return (node.value[place].start_mark.line, node.value[place]) if place < len(node.value) else None
    return None
