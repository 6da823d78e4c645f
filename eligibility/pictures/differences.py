"""Two to four totals side by side, and below them every factor in which they differ.

    shown = differences(
        key="what-if",
        title=gettext("Your score now and with French"),
        totals=[Total.of_score(gettext("Now"), before), Total.of_score(gettext("With French"), after)],
    )

The first total is the one that the others are compared with. Templates show the result, the picture and the table
behind it, with `{% include "eligibility/pictures/differences.html" with shown=... %}` and the stylesheet
`css/timeline.css`. Names of totals stand beside bars: two or three short words each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from eligibility.engine.assessment import Score
from eligibility.pictures.svg import svg
from eligibility.results import words

FEWEST, MOST = 2, 4
NAME = 24
ROW = 22
BAR = 14
SPACE = 10
# How far the longest bar reaches, in per cent: what is right of it is for its words.
REACH = 46
SIGNS = {True: "+", False: "−"}


@dataclass(frozen=True, slots=True)
class Total:
    """One of the totals: its name, its points, the most it could be, and the points of each factor by its name."""

    name: str
    points: int
    high: int
    factors: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of_score(cls, name: str, score: Score) -> "Total":
        """The total of a grid's result."""
        factors = {line.name: (line.points, line.high) for line in score.walk() if line.role == "factor"}
        return cls(name, score.range[0], score.range[1], factors)


@dataclass(frozen=True, slots=True)
class Bar:
    """One total's figure in a row: the points, the most they could be, and how much more than the first's."""

    name: str
    points: int
    high: int
    more: int | None

    @property
    def figure(self) -> str:
        """The points, or the range they lie in."""
        if self.points == self.high:
            return words.number(self.points)
        return gettext("%(low)s to %(high)s") % {"low": words.number(self.points), "high": words.number(self.high)}

    @property
    def change(self) -> str:
        """How much more or less than the first: +25, −3; nothing where it is the same or is the first."""
        return f"{SIGNS[self.more > 0]}{words.number(abs(self.more))}" if self.more else ""

    @property
    def said(self) -> str:
        """The figure with its change and its name."""
        with_change = f"{self.figure} ({self.change})" if self.change else self.figure
        return f"{with_change} {self.name}"


@dataclass(frozen=True, slots=True)
class Row:
    """What is compared, and each total's figure for it."""

    name: str
    bars: tuple[Bar, ...]

    @property
    def differs(self) -> bool:
        """Whether not all figures are the same."""
        return len({(bar.points, bar.high) for bar in self.bars}) > 1


@dataclass(frozen=True, slots=True)
class Differences:
    """The picture, and the figures of the table behind it: the totals first, then every factor."""

    key: str
    title: str
    picture: SafeString
    total: Row
    rows: tuple[Row, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the totals."""
        return tuple(bar.name for bar in self.total.bars)


def differences(*, key: str, title: str, totals: Sequence[Total], heading: str = "") -> Differences:
    """Draw two to four totals of one grid side by side, and each factor in which they differ.

    `key` is the picture's own on its page; `heading` stands above the totals ("Total" where it is empty).

    Raises:
        ValueError: for fewer than two or more than four totals.

    """
    if not FEWEST <= len(totals) <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} totals can be compared, not {len(totals)}")
    total = Row(heading or gettext("Total"), _bars(totals, [(one.points, one.high) for one in totals]))
    names = dict.fromkeys(name for one in totals for name in one.factors)
    rows = tuple(Row(name, _bars(totals, [one.factors.get(name, (0, 0)) for one in totals])) for name in names)
    drawn = [row for row in rows if row.differs]
    picture = _draw(key, title, total, drawn)
    return Differences(key, title, picture, total, rows)


def _bars(totals: Sequence[Total], figures: Sequence[tuple[int, int]]) -> tuple[Bar, ...]:
    first = figures[0][0]
    return tuple(
        Bar(one.name, points, high, points - first if place else None)
        for place, (one, (points, high)) in enumerate(zip(totals, figures, strict=True))
    )


def _draw(key: str, title: str, total: Row, rows: Sequence[Row]) -> SafeString:
    height = NAME + ROW * len(total.bars) + SPACE
    longest = max((bar.high for row in rows for bar in row.bars), default=0)
    parts = [_group(total, 0, max(bar.high for bar in total.bars))]
    parts += [_group(row, (place + 1) * height, longest) for place, row in enumerate(rows)]
    described = "; ".join(f"{row.name}: {', '.join(bar.said for bar in row.bars)}" for row in (total, *rows))
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return svg(key=key, title=title, description=described, height=height * len(parts) - SPACE, inside=inside)


def _group(row: Row, top: int, longest: int) -> SafeString:
    """A name, and below it one bar for each total."""
    bars = format_html_join(
        "", "{}", ((_bar(bar, top + NAME + ROW * n, longest, n),) for n, bar in enumerate(row.bars))
    )
    return format_html('<text x="0" y="{}" class="nb-chart__label">{}</text>{}', top + NAME - 8, row.name, bars)


def _bar(bar: Bar, top: int, longest: int, place: int) -> SafeString:
    sure = REACH * max(bar.points, 0) / (longest or 1)
    could = REACH * max(bar.high, 0) / (longest or 1)
    return format_html(
        '<rect x="0" y="{top}" width="{sure}%" height="{bar}" class="{tone}"/>'
        '<rect x="{sure}%" y="{thin}" width="{more}%" height="4" class="nb-chart__maybe"/>'
        '<text x="{could}%" dx="{gap}" y="{line}" class="nb-chart__axis">'
        '<tspan class="nb-chart__label">{figure}</tspan> {change}{name}</text>',
        top=top, bar=BAR, tone="nb-chart__tone-1" if place else "nb-chart__other", thin=top + 5,
        sure=f"{sure:.3f}", more=f"{could - sure:.3f}", could=f"{could:.3f}", gap=8 if could else 0,
        line=top + BAR - 2, figure=bar.figure, change=f"({bar.change}) " if bar.change else "", name=bar.name,
    )  # fmt: skip
