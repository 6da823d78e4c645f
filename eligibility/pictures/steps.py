"""A figure over time as a stepped line, its highest stretch marked, and what it could be at most above it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from eligibility.pictures.svg import svg
from eligibility.pictures.time import ONE_DAY, Time, names, ticks

HEIGHT, TOP, BOTTOM = 230, 44, 28
# Where the line begins and how wide it is; to its left stand the figures of the lines across.
LEFT, WIDTH = "11%", "88%"
LINES = 4
STEPS = (5, 10, 20, 25, 50, 100, 200, 250, 500)
# A figure takes so much of the width on a phone.
FIGURE = 0.1


@dataclass(frozen=True, slots=True)
class Level:
    """The figure from one day to another, both included: what is sure, and the most it could be."""

    first: dt.date
    last: dt.date
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch to mark, and the words on it."""

    first: dt.date
    last: dt.date
    label: str


@dataclass(frozen=True, slots=True)
class _Scale:
    low: int
    high: int
    step: int

    @classmethod
    def around(cls, levels: Sequence[Level]) -> "_Scale":
        low, high = min(one.low for one in levels), max(one.high for one in levels)
        step = next((one for one in STEPS if (high - low) / one <= LINES), STEPS[-1])
        bottom, top = low // step * step, -(-high // step) * step
        return cls(bottom, max(top, bottom + step), step)

    def down(self, figure: int) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (self.high - figure) / (self.high - self.low), 1)


def steps(
    *,
    key: str,
    title: str,
    description: str,
    levels: Sequence[Level],
    window: Window | None,
    days: Sequence[dt.date],
    time: Time,
) -> SafeString:
    """Draw levels that follow each other without a gap. `days` are marked on the axis."""
    scale = _Scale.around(levels)
    figures = format_html_join(
        "",
        '<text x="0" y="{}" dy="4" class="nb-chart__axis">{}</text>',
        ((scale.down(line), line) for line in range(scale.low, scale.high + 1, scale.step)),
    )
    across = format_html_join(
        "",
        '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="nb-chart__grid"/>',
        ((scale.down(line),) for line in range(scale.low, scale.high + 1, scale.step)),
    )
    parts = (
        _window(window, time) if window else "",
        ticks(time, TOP, HEIGHT - BOTTOM),
        across,
        _days(days, time),
        _line(levels, time, [scale.down(one.high) for one in levels], "could") if _is_unsure(levels) else "",
        _line(levels, time, [scale.down(one.low) for one in levels], "sure"),
        _figures(levels, window, time, scale),
        names(time, HEIGHT - 6),
    )
    inside = format_html_join("", "{}", ((part,) for part in parts))
    plot = format_html('<svg x="{}" width="{}" height="{}" overflow="visible">{}</svg>', LEFT, WIDTH, HEIGHT, inside)
    return svg(key=key, title=title, description=description, height=HEIGHT, inside=figures + plot, kind="steps")


def _is_unsure(levels: Sequence[Level]) -> bool:
    return any(one.low != one.high for one in levels)


def _window(window: Window, time: Time) -> SafeString:
    """The marked stretch, its words above it: at its beginning, or at its end where it begins late."""
    is_late = time.share(window.first) > 0.5
    return format_html(
        '<rect x="{}" width="{}" y="{}" height="{}" class="nb-chart__best"/>'
        '<text x="{}" y="14" text-anchor="{}" class="nb-chart__label">{}</text>',
        time.across(window.first), time.width(window.first, window.last), TOP - 22, HEIGHT - TOP - BOTTOM + 22,
        time.across(window.last + ONE_DAY if is_late else window.first), "end" if is_late else "start", window.label,
    )  # fmt: skip


def _days(days: Sequence[dt.date], time: Time) -> SafeString:
    floor = HEIGHT - BOTTOM
    return format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="nb-chart__day"/>',
        ((time.across(day), floor - 5, floor + 4) for day in days),
    )


def _line(levels: Sequence[Level], time: Time, heights: Sequence[float], kind: str) -> SafeString:
    pieces: list[tuple[str, str, float, float, str]] = []
    before: float | None = None
    for level, height in zip(levels, heights, strict=True):
        begins, ends = time.across(level.first), time.across(level.last + ONE_DAY)
        if before is not None and before != height:
            pieces.append((begins, begins, before, height, kind))
        pieces.append((begins, ends, height, height, kind))
        before = height
    return format_html_join(
        "", '<line x1="{}" x2="{}" y1="{}" y2="{}" class="nb-chart__step nb-chart__step--{}"/>', pieces
    )


def _figures(levels: Sequence[Level], window: Window | None, time: Time, scale: _Scale) -> SafeString:
    """The figure where a level begins: the marked one, the first and the last surely, others where there is room."""
    first_of_all = [one for one in levels if window and one.first == window.first]
    wanted = dict.fromkeys(
        (*first_of_all, levels[-1], levels[0], *sorted(levels, key=lambda one: one.first - one.last))
    )
    placed: list[float] = []
    shown: list[tuple[str, float, str, int]] = []
    for level in wanted:
        place = min(time.share(level.first), 1 - FIGURE)
        if all(abs(place - other) >= FIGURE for other in placed):
            placed.append(place)
            shown.append((f"{100 * place:.3f}%", round(scale.down(level.low) - 6, 1), "start", level.low))
    return format_html_join("", '<text x="{}" dx="4" y="{}" text-anchor="{}" class="nb-chart__label">{}</text>', shown)
