"""Choices as a page offers them."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SELECTED = mark_safe(" selected")


@register.simple_tag
def options_of(options: Iterable[Any]) -> SafeString:
    """The options of a list to choose from. One of all countries has hundreds, too many for a template's loop."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((option["value"], _SELECTED if option["selected"] else "", option["label"]) for option in options),
    )
