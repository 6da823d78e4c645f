"""Cut-offs over time, one small picture for each kind of round, each spanning as many points as the others.

Each picture has one kind, so that no colour needs a legend; the figures stand in a table on the page.
"""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from eligibility.pictures.svg import svg

HEIGHT = 120
TOP = 20
BOTTOM = 24
# Where the picture proper begins and how wide it is; to its left stand the figures of the lines.
LEFT, WIDTH = "11%", "86%"
STEPS = (5, 10, 20, 25, 50, 100, 200, 250)
LINES = 3
# Up to so many months the axis names months, above it years.
MONTHS_NAMED = 30
NAMES = 4
LABEL_BELOW = 17


@dataclass(frozen=True, slots=True)
class Dot:
    """One round."""

    day: dt.date
    cutoff: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pictures of a set share: the time, how many points each spans, the days another scale began."""

    first: dt.date
    last: dt.date
    span: int
    step: int
    changes: tuple[dt.date, ...]

    @classmethod
    def around(
        cls, kinds: Sequence[Sequence[int]], days: tuple[dt.date, dt.date], changes: tuple[dt.date, ...]
    ) -> "Frame":
        """A frame wide enough for the kind whose cut-offs vary most."""
        widest = max(max(cutoffs) - min(cutoffs) for cutoffs in kinds)
        step = next((one for one in STEPS if widest / one <= LINES - 1), STEPS[-1])
        span = max(-(-max(cutoffs) // step) - min(cutoffs) // step for cutoffs in kinds) * step
        return cls(days[0], days[1], max(span, 2 * step), step, changes)

    def across(self, day: dt.date) -> str:
        """A day's place along the time."""
        return f"{100 * self.share(day):.2f}%"

    def share(self, day: dt.date) -> float:
        """How much of the time lies before a day."""
        return (day - self.first).days / max((self.last - self.first).days, 1)

    def scale(self, cutoffs: Sequence[int]) -> "Scale":
        """The stretch of points in which one kind's cut-offs lie, as near the middle as round figures allow."""
        low, high = min(cutoffs) // self.step * self.step, -(-max(cutoffs) // self.step) * self.step
        below = (self.span - (high - low)) // (2 * self.step) * self.step
        low = max(0, low - below)
        return Scale(low, low + self.span, tuple(range(low, low + self.span + 1, self.step)))


@dataclass(frozen=True, slots=True)
class Scale:
    """The points that one picture spans, and the figures of its lines."""

    low: int
    high: int
    lines: tuple[int, ...]

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
    firsts = firsts[:: max(1, -(-len(firsts) // NAMES))]
    if months > MONTHS_NAMED:
        return [(day, date_format(day, "Y")) for day in firsts]
    # The year is named once, and again where it turns.
    return [(day, date_format(day, "M Y" if day in (firsts[0], day.replace(month=1)) else "M")) for day in firsts]


def panel(key: str, title: str, description: str, dots: Sequence[Dot], frame: Frame) -> SafeString:
    """Draw the rounds of one kind as dots, joined where the same scale held, with the last cut-off beside its dot."""
    scale = frame.scale([dot.cutoff for dot in dots])
    figures = format_html_join(
        "",
        '<text x="0" y="{}" dy="4" class="nb-chart__axis">{}</text>',
        ((scale.down(line), line) for line in scale.lines),
    )
    parts = (_lines(scale), _time(frame), _changes(frame), _path(dots, frame, scale), _last(dots, frame, scale))
    over_time = format_html(
        '<svg x="{}" width="{}" height="{}" overflow="visible">{}</svg>',
        LEFT, WIDTH, HEIGHT, format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip
    inside = figures + over_time
    return svg(key=key, title=title, description=description, height=HEIGHT, inside=inside, kind="rounds")


def _lines(scale: Scale) -> SafeString:
    return format_html_join(
        "",
        '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="nb-chart__grid"/>',
        ((scale.down(line),) for line in scale.lines),
    )


def _time(frame: Frame) -> SafeString:
    return format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="nb-chart__tick"/>'
        '<text x="{0}" y="{3}" text-anchor="{4}" class="nb-chart__axis">{5}</text>',
        (
            (frame.across(day), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 5, HEIGHT - 5, _anchor(frame, day), name)
            for day, name in _ticks(frame)
        ),
    )


def _changes(frame: Frame) -> SafeString:
    """Lines on the days another scale began; only the last is named, because there is room for one name."""
    lines = format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="0" y2="{1}" class="nb-chart__change"/>',
        ((frame.across(day), HEIGHT - BOTTOM) for day in frame.changes),
    )
    if not frame.changes:
        return lines
    day = frame.changes[-1]
    at_the_end = frame.share(day) > 0.5
    return lines + format_html(
        '<text x="{}" y="10" dx="{}" text-anchor="{}" class="nb-chart__axis">{}</text>',
        frame.across(day), -5 if at_the_end else 5, "end" if at_the_end else "start", gettext("another scale"),
    )  # fmt: skip


def _path(dots: Sequence[Dot], frame: Frame, scale: Scale) -> SafeString:
    joined = format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="nb-chart__path"/>',
        (
            (frame.across(one.day), scale.down(one.cutoff), frame.across(other.day), scale.down(other.cutoff))
            for one, other in itertools.pairwise(dots)
            if not any(one.day < day <= other.day for day in frame.changes)
        ),
    )
    circles = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="3.5" class="nb-chart__dot"/>',
        ((frame.across(dot.day), scale.down(dot.cutoff)) for dot in dots),
    )
    return joined + circles


def _last(dots: Sequence[Dot], frame: Frame, scale: Scale) -> SafeString:
    """The last cut-off beside its dot: below where the line comes down to it, above otherwise."""
    dot = dots[-1]
    comes_down = len(dots) > 1 and dots[-2].cutoff > dot.cutoff
    has_room = scale.down(dot.cutoff) + LABEL_BELOW < HEIGHT - BOTTOM
    return format_html(
        '<text x="{}" y="{}" dy="{}" text-anchor="{}" class="nb-chart__label">{}</text>',
        frame.across(dot.day), scale.down(dot.cutoff), LABEL_BELOW if comes_down and has_room else -8,
        _anchor(frame, dot.day), dot.cutoff,
    )  # fmt: skip


def _anchor(frame: Frame, day: dt.date) -> str:
    """Where a text stands to the place it names, so that it stays inside the picture."""
    share = frame.share(day)
    return "start" if share < 0.1 else "end" if share > 0.85 else "middle"
