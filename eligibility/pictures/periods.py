"""A verdict over time as a bar: taller the surer, hatched where an answer is missing, a thin line where it is a no.

Bars stand below their words, which say the same with dates, so they are hidden from screen readers.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from eligibility.pictures.time import Time, names, ticks

HEIGHT = 18
AXIS = 20
# How tall each verdict's part is, and its class; None is a program without rules.
LOOKS: dict[str | None, tuple[int, str]] = {
    "eligible": (18, "nb-chart__tone-1"),
    "likely": (12, "nb-chart__tone-3"),
    "unknown": (8, "nb-chart__unsure"),
    "not_eligible": (2, "nb-chart__other"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A verdict from one day to another, both included."""

    first: dt.date
    last: dt.date
    verdict: str | None


def periods(spans: Sequence[Period], time: Time) -> SafeString:
    """Draw one program's verdicts."""
    parts = [(*LOOKS[one.verdict], one) for one in spans if one.verdict in LOOKS]
    bars = format_html_join(
        "",
        '<rect x="{}" width="{}" y="{}" height="{}" class="{}"/>',
        (
            (time.across(one.first), time.width(one.first, one.last), HEIGHT - height, height, look)
            for height, look, one in parts
        ),
    )
    return format_html(
        '<svg class="nb-chart" width="100%" height="{}" aria-hidden="true" focusable="false">{}{}</svg>',
        HEIGHT, ticks(time, 0, HEIGHT), bars,
    )  # fmt: skip


def axis(time: Time) -> SafeString:
    """Draw the names of days, above or below bars of the same time."""
    return format_html(
        '<svg class="nb-chart" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        AXIS, names(time, AXIS - 6),
    )  # fmt: skip
