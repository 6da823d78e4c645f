"""A profile as staff paste it: read, or refused with the lines and fields at fault, all at once."""

import json
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from eligibility.profile import Profile, ProfileError, read_profile


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `line` counts from 1 and is None where no line is at fault."""

    message: str
    field: str = ""
    line: int | None = None


class BadProfileText(ValueError):  # noqa: N818 (a sentence says more)
    """The text is no profile; `faults` says everything that is wrong with it, from the top down."""

    def __init__(self, *faults: Fault) -> None:
        """Name what is wrong."""
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


def read(text: str, on: str | None = None) -> Profile:
    """The profile, as of `on` if a day is given.

    Raises:
        BadProfileText: naming line and field of everything that is wrong.

    """
    try:
        written = json.loads(text)
    except json.JSONDecodeError as error:
        said = _("This is not well-formed JSON: %(why)s (column %(column)d)")
        raise BadProfileText(Fault(said % {"why": error.msg, "column": error.colno}, line=error.lineno)) from None
    except RecursionError:
        raise BadProfileText(Fault(_("This is nested too deeply to be a profile."))) from None
    if not isinstance(written, dict):
        raise BadProfileText(Fault(_("Write one profile: an object in braces."), line=1))
    if on is not None:
        written["as_of"] = on
    try:
        return read_profile(written)
    except ProfileError as error:
        raise from_profile(error, text) from None


def from_profile(error: ProfileError, text: str) -> BadProfileText:
    """The same errors, each with the line that its field stands on."""
    faults = [Fault(each.message, each.field, line_of(text, each.field)) for each in error.all]
    return BadProfileText(*sorted(faults, key=lambda fault: fault.line or 0))


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
