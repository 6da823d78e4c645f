"""A score as a bar from nought to its maximum, its sections as strips, and how many stand in each band of points."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from eligibility.pictures.svg import svg

BAR = 26
LABEL = 24
AXIS = 24
TONES = 3
# A histogram's rows: their height, and where its bars begin and how far they reach, in per cent of its width.
ROW = 24
BANDS_FROM = 28
BANDS_WIDTH = 52


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the bar: the points that are sure, and those that a missing answer could add."""

    name: str
    points: int
    possible: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A bar of a histogram: what it stands for, how many, and whether the reader is in it."""

    name: str
    count: int
    yours: bool


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A figure to compare with: a pass mark, or the cut-off of a round."""

    value: int
    label: str


def _percent(value: float, maximum: int) -> str:
    return f"{max(0.0, min(100.0, 100 * value / maximum)):.3f}%"


def _rectangles(segments: tuple[Segment, ...], maximum: int, top: int, pattern: str) -> SafeString:
    shapes: list[tuple[str, str, int, int, str]] = []
    start = 0
    for index, segment in enumerate(segments):
        if segment.points > 0:
            tone = f"nb-chart__tone-{index % TONES + 1}"
            shapes.append((_percent(start, maximum), _percent(segment.points, maximum), top, BAR, tone))
            start += segment.points
    possible = sum(segment.possible for segment in segments)
    bars = format_html_join("", '<rect x="{}" width="{}" y="{}" height="{}" class="nb-chart__piece {}"/>', shapes)
    if possible <= 0:
        return bars
    return bars + format_html(
        '<rect x="{}" width="{}" y="{}" height="{}" fill="url(#{})" class="nb-chart__possible"/>',
        _percent(start, maximum), _percent(possible, maximum), top, BAR, pattern,
    )  # fmt: skip


def _mark(mark: MarkLine, row: int, top: int, maximum: int) -> SafeString:
    place = _percent(mark.value, maximum)
    on_the_right = mark.value * 2 > maximum
    baseline = row * LABEL + 17
    return format_html(
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="nb-chart__mark"/>'
        '<text x="{0}" y="{3}" dx="{4}" text-anchor="{5}" class="nb-chart__label">{6}</text>',
        place, row * LABEL + 4, top + BAR + 6, baseline, -8 if on_the_right else 8,
        "end" if on_the_right else "start", mark.label,
    )  # fmt: skip


def bar(
    *,
    key: str,
    title: str,
    description: str,
    segments: tuple[Segment, ...],
    maximum: int,
    marks: tuple[MarkLine, ...] = (),
) -> SafeString:
    """Draw a score as one bar from nought to `maximum`, its sections in a row, and lines to compare it with."""
    top = LABEL * len(marks) + 4
    hatch = format_html(
        '<defs><pattern id="{}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="3" height="8" class="nb-chart__hatch"/></pattern></defs>',
        key,
    )
    track = format_html('<rect x="0" y="{}" width="100%" height="{}" class="nb-chart__track"/>', top, BAR)
    pieces = _rectangles(segments, maximum, top, f"{key}-hatch")
    lines = format_html_join("", "{}", ((_mark(mark, row, top, maximum),) for row, mark in enumerate(marks)))
    axis = format_html(
        '<text x="0" y="{0}" class="nb-chart__axis">0</text>'
        '<text x="100%" y="{0}" text-anchor="end" class="nb-chart__axis">{1}</text>',
        top + BAR + AXIS - 5, number_format(maximum, force_grouping=True),
    )  # fmt: skip
    inside = hatch + track + pieces + lines + axis
    return svg(key=key, title=title, description=description, height=top + BAR + AXIS, inside=inside)


def histogram(*, key: str, title: str, description: str, bands: tuple[Band, ...]) -> SafeString:
    """Draw how many stand in each band, one bar below the other: the reader's own are pointed at, and darker."""
    most = max((band.count for band in bands), default=0) or 1
    bars = format_html_join("", "{}", ((_band(band, row, most),) for row, band in enumerate(bands)))
    return svg(key=key, title=title, description=description, height=ROW * len(bands), inside=bars)


def _band(band: Band, row: int, most: int) -> SafeString:
    top = row * ROW
    pointer = (
        format_html('<path d="M1 {} l8 5 l-8 5 z" class="nb-chart__pointer"/>', top + ROW // 2 - 5)
        if band.yours
        else ""
    )
    width = BANDS_WIDTH * band.count / most
    return format_html(
        '{0}<text x="14" y="{1}" class="{2}">{3}</text>'
        '<rect x="{4}%" y="{5}" width="{6}%" height="{7}" class="{8}"/>'
        '<text x="{9}%" dx="6" y="{1}" class="{2}">{10}</text>',
        pointer, top + ROW - 7, "nb-chart__label" if band.yours else "nb-chart__axis", band.name,
        BANDS_FROM, top + 3, f"{width:.3f}", ROW - 6, "nb-chart__tone-1" if band.yours else "nb-chart__other",
        f"{BANDS_FROM + width:.3f}", number_format(band.count, force_grouping=True),
    )  # fmt: skip


def strip(points: int, high: int, cap: int | None, maximum: int, tone: int) -> SafeString:
    """Draw one section on the same scale as the whole: what is reached, inside what it could reach at most.

    The figures stand beside it, so it is hidden from screen readers.
    """
    reached = _percent(points, maximum)
    possible = _percent(high - points, maximum)
    return format_html(
        '<svg class="nb-chart nb-chart--strip" width="100%" height="10" aria-hidden="true" focusable="false">'
        '<rect x="0" y="0" height="10" width="{}" class="nb-chart__track"/>'
        '<rect x="0" y="0" height="10" width="{}" class="nb-chart__tone-{}"/>'
        '<rect x="{}" y="3" height="4" width="{}" class="nb-chart__maybe"/></svg>',
        _percent(cap if cap is not None else high, maximum), reached, tone % TONES + 1, reached, possible,
    )  # fmt: skip
