"""Cut-offs over time, one small picture for each kind of round, all on the same scale.

Drawn as SVG on the server. Places along the time are percentages, so that the picture stretches and its words do
not. Each picture has one kind, so that no colour needs a legend; the figures stand in a table on the page.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

HEIGHT = 96
TOP = 14
BOTTOM = 22
STEPS = (5, 10, 20, 25, 50, 100, 200, 250)
LINES = 3
# Up to so many months the axis names months, above it years.
MONTHS_NAMED = 30


@dataclass(frozen=True, slots=True)
class Dot:
    """One round."""

    day: dt.date
    cutoff: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pictures of a set share: the time, the scale, the lines across, the days another scale began."""

    first: dt.date
    last: dt.date
    low: int
    high: int
    lines: tuple[int, ...]
    changes: tuple[dt.date, ...]

    @classmethod
    def around(cls, cutoffs: Sequence[int], days: tuple[dt.date, dt.date], changes: tuple[dt.date, ...]) -> "Frame":
        """A frame that holds these cut-offs, with round figures for its lines."""
        lowest, highest = min(cutoffs), max(cutoffs)
        step = next((one for one in STEPS if (highest - lowest) / one <= LINES), STEPS[-1])
        low, high = lowest // step * step, -(-highest // step) * step
        high = max(high, low + step)
        return cls(days[0], days[1], low, high, tuple(range(low, high + 1, step)), changes)

    def across(self, day: dt.date) -> str:
        """A day's place along the time."""
        return f"{100 * (day - self.first).days / max((self.last - self.first).days, 1):.2f}%"

    def down(self, cutoff: int) -> float:
        """A cut-off's place from the top."""
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (self.high - cutoff) / (self.high - self.low), 1)


def _ticks(frame: Frame) -> list[tuple[dt.date, str]]:
    """Days to name below: quarters in a short time, years in a long one."""
    months = (frame.last.year - frame.first.year) * 12 + frame.last.month - frame.first.month
    firsts = [
        dt.date(year, month, 1)
        for year in range(frame.first.year, frame.last.year + 1)
        for month in ((1, 4, 7, 10) if months <= MONTHS_NAMED else (1,))
        if frame.first <= dt.date(year, month, 1) <= frame.last
    ]
    # Four or five names fit on a phone.
    firsts = firsts[:: max(1, -(-len(firsts) // 5))]
    return [(day, date_format(day, "M Y" if months <= MONTHS_NAMED else "Y")) for day in firsts]


def panel(key: str, title: str, description: str, dots: Sequence[Dot], frame: Frame) -> SafeString:
    """Draw the rounds of one kind as dots, joined where the same scale held."""
    names = format_html('<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>', key, title, description)
    lines = format_html_join(
        "",
        '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="nb-chart__grid"/>'
        '<text x="0" y="{0}" dy="-3" class="nb-chart__axis">{1}</text>',
        ((frame.down(line), line) for line in frame.lines),
    )
    ticks = format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="nb-chart__tick"/>'
        '<text x="{0}" y="{3}" dx="{4}" text-anchor="{5}" class="nb-chart__axis">{6}</text>',
        (
            (frame.across(day), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4, HEIGHT - 5, *_place(frame, day), name)
            for day, name in _ticks(frame)
        ),
    )
    changes = format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="0" y2="{1}" class="nb-chart__change"/>'
        '<text x="{0}" y="10" dx="{2}" text-anchor="{3}" class="nb-chart__axis">{4}</text>',
        (
            (frame.across(day), HEIGHT - BOTTOM, *_place(frame, day, 4), gettext("another scale"))
            for day in frame.changes[-1:]
        ),
    )
    joined = format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="nb-chart__path"/>',
        (
            (frame.across(one.day), frame.down(one.cutoff), frame.across(other.day), frame.down(other.cutoff))
            for one, other in zip(dots, dots[1:], strict=False)
            if not any(one.day < day <= other.day for day in frame.changes)
        ),
    )
    circles = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="3" class="nb-chart__dot"/>',
        ((frame.across(dot.day), frame.down(dot.cutoff)) for dot in dots),
    )
    return format_html(
        '<svg class="nb-chart nb-chart--rounds" role="img" width="100%" height="{1}" '
        'aria-labelledby="{0}-title {0}-desc" focusable="false">{2}{3}{4}{5}{6}{7}</svg>',
        key, HEIGHT, names, lines, ticks, changes, joined, circles,
    )  # fmt: skip


def _place(frame: Frame, day: dt.date, gap: int = 0) -> tuple[int, str]:
    """Where the name of a day is written: inside the picture, whichever end it is near."""
    share = (day - frame.first).days / max((frame.last - frame.first).days, 1)
    if share < 0.08:
        return gap, "start"
    return (-gap, "end") if share > 0.75 else (gap, "start" if gap else "middle")
