"""What every picture is: an SVG as wide as there is room, with a title and a description."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def svg(*, key: str, title: str, description: str, height: float, inside: SafeString, kind: str = "") -> SafeString:
    """Put what is drawn into its frame. `key` is its own on the page; `kind` adds a class of the stylesheet."""
    return format_html(
        '<svg class="nb-chart{5}" role="img" width="100%" height="{1}" aria-labelledby="{0}-title {0}-desc" '
        'focusable="false"><title id="{0}-title">{2}</title><desc id="{0}-desc">{3}</desc>{4}</svg>',
        key, f"{height:g}", title, description, inside, f" nb-chart--{kind}" if kind else "",
    )  # fmt: skip
