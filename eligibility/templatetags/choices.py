"""Choices as a page offers them."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.safestring import SafeString, mark_safe

from config.escaping import as_html

register = template.Library()

_OPTION = '<option value="%s"'
Pairs = tuple[tuple[str, str], ...]


@register.simple_tag
def options_of(choices: Iterable[tuple[object, object]], chosen: str) -> SafeString:
    """The options of a list to choose from, in groups where it has any. One of all countries has hundreds.

    Such a list is the same for everyone but for what is chosen: it is drawn once, and marked where it is chosen.
    In a group, values and labels are text.
    """
    parts = []
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            options = _drawn(tuple(label))
            parts.append(f'<optgroup label="{as_html(str(value))}">{options}</optgroup>')
        else:
            parts.append(_drawn(((str(value), str(label)),)))
    start = _OPTION % as_html(chosen)
    return mark_safe("".join(parts).replace(f"{start}>", f"{start} selected>", 1))  # noqa: S308 (each part was escaped)


# Two languages, and some lists.
@lru_cache(maxsize=256)
def _drawn(pairs: Pairs) -> str:
    return "".join(f"{_OPTION % as_html(value)}>{as_html(label)}</option>" for value, label in pairs)
