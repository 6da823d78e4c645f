"""A series of figures as columns, upright or each in a row of its own."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from eligibility.pictures.svg import svg

HEIGHT = 150
TOP = 22
BOTTOM = 24
# How much of its share of the width a column takes.
FILL = 0.62


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands below it, its value, and the value in words above it."""

    label: str
    value: float
    said: str


def columns(*, key: str, title: str, description: str, series: tuple[Column, ...]) -> SafeString:
    """Draw upright columns from nought to the highest value."""
    highest = max((column.value for column in series), default=0) or 1
    share = 100 / len(series)
    shapes, texts = [], []
    for index, column in enumerate(series):
        height = max(1.0, column.value / highest * HEIGHT)
        left = share * (index + (1 - FILL) / 2)
        middle = share * (index + 0.5)
        shapes.append((f"{left:.3f}%", f"{share * FILL:.3f}%", f"{TOP + HEIGHT - height:.1f}", f"{height:.1f}"))
        texts.append((f"{middle:.3f}%", f"{TOP + HEIGHT - height - 6:.1f}", "nb-chart__label", column.said))
        texts.append((f"{middle:.3f}%", str(TOP + HEIGHT + 17), "nb-chart__axis", column.label))
    bars = format_html_join("", '<rect x="{}" width="{}" y="{}" height="{}" class="nb-chart__tone-3"/>', shapes)
    words = format_html_join("", '<text x="{}" y="{}" text-anchor="middle" class="{}">{}</text>', texts)
    floor = format_html('<line x1="0" x2="100%" y1="{0}" y2="{0}" class="nb-chart__floor"/>', TOP + HEIGHT)
    height = TOP + HEIGHT + BOTTOM
    return svg(key=key, title=title, description=description, height=height, inside=bars + floor + words)


def strip(value: float, highest: float) -> SafeString:
    """Draw one bar that lies below its words; the words say the figure, so it is hidden from screen readers."""
    return format_html(
        '<svg class="nb-chart nb-chart--strip" width="100%" height="10" aria-hidden="true" focusable="false">'
        '<rect x="0" y="0" height="10" width="{}" class="nb-chart__tone-3"/></svg>',
        f"{100 * value / highest if highest else 0:.3f}%",
    )
