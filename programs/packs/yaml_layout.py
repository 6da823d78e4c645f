"""How packs are laid out as YAML, so that reviewers read tables as tables.

Short maps and lists of plain values stand on one line, everything else a line each; a matrix is a column of
one-line rows. Strings that older YAML readers would take for something else are quoted.
"""

from typing import Any

import yaml
from yaml.representer import SafeRepresenter

WIDTH = 120
_STEP = 2
_SHORT = 12
_LONGEST_IN_DOUBLE_QUOTES = 60
_REPRESENTER = SafeRepresenter()


class _Layout(yaml.SafeDumper):
    """Indents lists inside maps, leaves dates unquoted and prefers double quotes."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        assert isinstance(self.event, yaml.ScalarEvent)
        text = self.event.value
        short = len(text) <= _LONGEST_IN_DOUBLE_QUOTES and text.isprintable() and '"' not in text and "\\" not in text
        return '"' if style == "'" and short else style


def dump_yaml(document: dict[str, Any]) -> str:
    """`document` in the canonical layout."""
    node = _node(document, 0, 0)
    text: str = yaml.serialize(node, Dumper=_Layout, indent=_STEP, width=WIDTH, allow_unicode=True)
    return text


def _node(value: Any, indent: int, column: int) -> yaml.Node:
    """`value` as a node; `indent` is where its lines begin, `column` where its first character stands."""
    if isinstance(value, dict):
        return _mapping(value, indent, column)
    if isinstance(value, list | tuple):
        return _sequence(value, indent, column)
    return _scalar(value)


def _mapping(value: dict[Any, Any], indent: int, column: int) -> yaml.Node:
    pairs = [(_scalar(key), _node(item, indent + _STEP, indent + len(str(key)) + 2)) for key, item in value.items()]
    one_line = not value or (_is_leafy(value) and column + _length(value) <= WIDTH)
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=one_line)


def _sequence(value: list[Any] | tuple[Any, ...], indent: int, column: int) -> yaml.Node:
    items = [_node(item, indent + _STEP, indent + _STEP) for item in value]
    leafy = _is_leafy(value)
    short = leafy and all(_length(item) <= _SHORT for item in value)
    one_line = not value or short or (leafy and column + _length(value) <= WIDTH)
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=one_line)


def _scalar(value: Any) -> Any:
    node: Any = _REPRESENTER.represent_data(value)
    if isinstance(value, str) and "\n" in value:
        node.style = "|"
    return node


def _is_leafy(value: Any) -> bool:
    """Whether a list holds only plain values, or a map only plain values and leafy things."""
    if isinstance(value, dict):
        return all(
            _is_leafy(item) if isinstance(item, dict | list | tuple) else _one_line(item) for item in value.values()
        )
    return all(not isinstance(item, dict | list | tuple) and _one_line(item) for item in value)


def _one_line(value: Any) -> bool:
    return not isinstance(value, str) or "\n" not in value


def _length(value: Any) -> int:
    """About how many characters `value` takes on one line."""
    if isinstance(value, dict):
        return 2 + sum(len(str(key)) + 4 + _length(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return 2 + sum(2 + _length(item) for item in value)
    return len(str(value))
