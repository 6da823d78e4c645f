"""Choices as a page offers them."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SELECTED = mark_safe(" selected")
Pairs = tuple[tuple[str, str], ...]


@register.simple_tag
def options_of(choices: Iterable[tuple[object, object]], chosen: str) -> SafeString:
    """The options of a list to choose from, in groups where it has any. One of all countries has hundreds.

    Such a list is the same for everyone but for what is chosen, so groups without that are drawn once and kept.
    """
    parts = []
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            parts.append(_group(str(value), tuple((str(one), str(name)) for one, name in label), chosen))
        else:
            parts.append(_options(((str(value), str(label)),), chosen))
    return mark_safe("\n".join(parts))  # noqa: S308 (each part was escaped)


def _group(name: str, pairs: Pairs, chosen: str) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, _options(pairs, chosen))


def _options(pairs: Pairs, chosen: str) -> SafeString:
    return _drawn(pairs, chosen if any(value == chosen for value, _label in pairs) else None)


# Two languages, some lists, and the countries that most choose.
@lru_cache(maxsize=512)
def _drawn(pairs: Pairs, chosen: str | None) -> SafeString:
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if value == chosen else "", label) for value, label in pairs),
    )
