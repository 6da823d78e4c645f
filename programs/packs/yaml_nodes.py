"""Reading YAML into plain values while remembering the line that each value stands on.

Packs are read by the rules of YAML 1.2 where older YAML would surprise: `ON` is Ontario and not true, `00010`
is a code and not a number, and a date stays the text that was written.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from programs.packs.errors import PackError

_INTEGER = re.compile(r"^-?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^-?(0|[1-9][0-9]*)\.[0-9]+$")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[str | int, ...]


@dataclass(slots=True)
class Lines:
    """Where each value of a file stands, by its path from the document's root."""

    by_location: dict[Location, int] = field(default_factory=dict)

    def resolve(self, location: Location) -> tuple[Location, int]:
        """The part of `location` that exists in the file, and its line.

        Steps that are not in the file (a missing key, the name of a kind of condition) are passed over.
        """
        found: Location = ()
        for step in location:
            if (*found, step) in self.by_location:
                found = (*found, step)
        return found, self.by_location.get(found, 1)

    def line_of(self, location: Location) -> int:
        """The line of the value at `location`, or of the nearest one around it."""
        return self.resolve(location)[1]


@dataclass(slots=True)
class _Reader:
    """Turns YAML nodes into values, noting lines and whatever is wrong on the way."""

    file: str
    lines: Lines = field(default_factory=Lines)
    errors: list[PackError] = field(default_factory=list)

    def value(self, node: yaml.Node, location: Location) -> Any:
        self.lines.by_location.setdefault(location, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*location, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return scalar_value(node)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = scalar_value(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            line = key_node.start_mark.line + 1
            if not isinstance(key, str | int) or isinstance(key, bool):
                self.errors.append(PackError(self.file, line, dotted(location), "a key must be a word or a number"))
                continue
            if key in result:
                message = "this key was already given above; keep one of the two"
                self.errors.append(PackError(self.file, line, dotted((*location, key)), message))
            self.lines.by_location[(*location, key)] = line
            result[key] = self.value(value_node, (*location, key))
        return result


def scalar_value(node: yaml.ScalarNode) -> Any:
    """The value of a scalar; what is quoted is always text."""
    text: str = node.value
    if node.style not in (None, ""):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


def dotted(location: Location) -> str:
    """A location as people write it.

    >>> dotted(("versions", 0, "requirements"))
    'versions.0.requirements'
    """
    return ".".join(str(step) for step in location)


def read_yaml(text: str, file: str) -> tuple[Any, Lines, list[PackError]]:
    """The value written in `text`, the lines of its parts, and what is wrong with it as YAML."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = f"this is not well-formed YAML: {getattr(error, 'problem', None) or error}"
        return None, Lines(), [PackError(file, mark.line + 1 if mark else 1, "", message)]
    if node is None:
        return None, Lines(), [PackError(file, 1, "", "the file is empty; a pack begins with its kind")]
    reader = _Reader(file)
    value = reader.value(node, ())
    return value, reader.lines, reader.errors
