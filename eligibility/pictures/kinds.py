"""The cut-offs of rounds by kind on one scale of points, and the reader's own score as a line through all of them.

Names stand above their strips as ordinary text, which breaks where a screen is narrow. The strips are hidden from
screen readers: the table beside them says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from eligibility.results import words

HEIGHT = 24
MIDDLE = 13
LINE = 22
# The scale begins and ends on a round figure.
ROUND = 50
# Words that begin further right than this, in per cent, stand left of what they name.
FAR = 80
LATE = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """The rounds of one kind: what they are called, their lowest, middle and last cut-off."""

    name: str
    lowest: int
    middle: float
    last: int

    @property
    def figures(self) -> tuple[float, ...]:
        """Its three cut-offs."""
        return (self.lowest, self.middle, self.last)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The picture in its parts: the words on the reader's line, a strip for each kind by its name, the scale."""

    head: SafeString
    strips: tuple[tuple[str, SafeString], ...]
    scale: SafeString


@dataclass(frozen=True, slots=True)
class _Scale:
    low: int
    high: int

    @classmethod
    def around(cls, figures: Sequence[float]) -> "_Scale":
        low, high = int(min(figures)) // ROUND * ROUND, -int(-max(figures) // ROUND) * ROUND
        return cls(low, max(high, low + ROUND))

    def across(self, figure: float) -> float:
        return round(100 * (figure - self.low) / (self.high - self.low), 3)


def kinds(rows: Sequence[Kind], yours: tuple[int, int], label: str) -> Kinds:
    """Draw each kind as a line between its cut-offs, the last as a dot; `yours` is a score, or the range it lies in."""
    scale = _Scale.around([*(figure for row in rows for figure in row.figures), *yours])
    low, high = (scale.across(figure) for figure in yours)
    own = format_html(
        '<rect x="{0}%" width="{1}%" y="0" height="{2}" class="nb-chart__best"/>'
        '<line x1="{0}%" x2="{0}%" y1="0" y2="{2}" class="nb-chart__mark"/>',
        low, round(high - low, 3), HEIGHT,
    )  # fmt: skip
    is_late = low > LATE
    head = format_html(
        '<text x="{}%" y="15" text-anchor="{}" class="nb-chart__label">{}</text>',
        high if is_late else low, "end" if is_late else "start", label,
    )  # fmt: skip
    ends = format_html(
        '<line x1="0" x2="100%" y1="1" y2="1" class="nb-chart__floor"/>'
        '<text x="0" y="18" class="nb-chart__axis">{}</text>'
        '<text x="100%" y="18" text-anchor="end" class="nb-chart__axis">{}</text>',
        words.number(scale.low), words.number(scale.high),
    )  # fmt: skip
    return Kinds(
        head=_strip(head, LINE),
        strips=tuple((row.name, _strip(own + _cutoffs(row, scale), HEIGHT)) for row in rows),
        scale=_strip(ends, LINE),
    )


def _cutoffs(row: Kind, scale: _Scale) -> SafeString:
    last = scale.across(row.last)
    is_far = last > FAR
    return format_html(
        '<line x1="{low}%" x2="{high}%" y1="{line}" y2="{line}" class="nb-chart__path"/>'
        '<line x1="{middle}%" x2="{middle}%" y1="{above}" y2="{below}" class="nb-chart__path"/>'
        '<circle cx="{last}%" cy="{line}" r="5" class="nb-chart__dot"/>'
        '<text x="{last}%" dx="{gap}" y="{text}" text-anchor="{anchor}" class="nb-chart__label">{figure}</text>',
        low=scale.across(min(row.figures)), high=scale.across(max(row.figures)), line=MIDDLE,
        middle=scale.across(row.middle), above=MIDDLE - 5, below=MIDDLE + 5, last=last, gap=-10 if is_far else 10,
        text=MIDDLE + 5, anchor="end" if is_far else "start", figure=words.number(row.last),
    )  # fmt: skip


def _strip(inside: SafeString, height: int) -> SafeString:
    return format_html(
        '<svg class="nb-chart nb-chart--kinds" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        height, inside,
    )  # fmt: skip
