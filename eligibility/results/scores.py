"""A score as the page shows it: one large figure, a bar by section, and the table it is made of."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import Line, NoticeShown, Score
from eligibility.pictures import bars
from eligibility.results import words
from eligibility.results.doors import score_text
from eligibility.results.draws import GridDraws
from eligibility.results.questions import Question, questions


@dataclass(frozen=True, slots=True)
class SectionBar:
    """A section beside its own small bar."""

    name: str
    points: str
    strip: SafeString


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the breakdown, with its depth in it."""

    line: Line
    depth: int
    points: str
    shows_source: bool

    @property
    def is_heading(self) -> bool:
        """Whether other lines stand under it."""
        return bool(self.line.children)


@dataclass(frozen=True, slots=True)
class Remark:
    """Another reading of a rule, and the factor it belongs to."""

    factor: str
    text: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """Everything the page says of one score."""

    score: Score
    low: str
    high: str
    maximum: str
    is_range: bool
    says_nothing: bool
    settles: tuple[Question, ...]
    standing: str
    chart: SafeString
    sections: tuple[SectionBar, ...]
    rows: tuple[TableRow, ...]
    remarks: tuple[Remark, ...]
    notices: tuple[NoticeShown, ...]
    draws: GridDraws | None


def points_text(line: Line) -> str:
    """A line's points, or the range they lie in."""
    return words.range_text(line.points, line.high)


def _rows(lines: tuple[Line, ...], depth: int, above: str) -> list[TableRow]:
    rows: list[TableRow] = []
    for line in lines:
        shows_source = line.role in ("section", "factor") or line.citation.source != above
        rows.append(TableRow(line, depth, points_text(line), shows_source))
        rows.extend(_rows(line.children, depth + 1, line.citation.source))
    return rows


def _standing(score: Score) -> str:
    if score.pass_mark is None:
        return ""
    low, high = score.range
    if low >= score.pass_mark:
        spare = low - score.pass_mark
        if not spare:
            return gettext("You reach the pass mark of %(mark)d exactly.") % {"mark": score.pass_mark}
        return ngettext(
            "You pass the mark of %(mark)d, with %(count)d point to spare.",
            "You pass the mark of %(mark)d, with %(count)d points to spare.",
            spare,
        ) % {"mark": score.pass_mark, "count": spare}  # fmt: skip
    if high < score.pass_mark:
        short = score.pass_mark - high
        return ngettext(
            "You are %(count)d point short of the pass mark of %(mark)d.",
            "You are %(count)d points short of the pass mark of %(mark)d.",
            short,
        ) % {"mark": score.pass_mark, "count": short}  # fmt: skip
    return gettext("Whether you reach the pass mark of %(mark)d depends on what is still missing.") % {
        "mark": score.pass_mark
    }


def _description(score: Score) -> str:
    parts = [score_text(score.range, score.maximum)]
    parts += [f"{line.name}: {score_text((line.points, line.high), line.cap or line.high)}" for line in score.lines]
    if score.pass_mark is not None:
        parts.append(gettext("Pass mark: %(mark)d") % {"mark": score.pass_mark})
    return "; ".join(parts)


def view(
    score: Score,
    notices: tuple[NoticeShown, ...],
    marks: tuple[bars.MarkLine, ...] = (),
    draws: GridDraws | None = None,
) -> ScoreView:
    """A score made ready for the page. `marks` are figures to compare it with, beside its pass mark."""
    low, high = score.range
    if score.pass_mark is not None:
        label = gettext("Pass mark %(mark)d") % {"mark": score.pass_mark}
        marks = (bars.MarkLine(score.pass_mark, label), *marks)
    shares = _possible_shares(score)
    segments = tuple(
        bars.Segment(line.name, line.points, share) for line, share in zip(score.lines, shares, strict=True)
    )
    sections = tuple(
        SectionBar(
            line.name,
            score_text((line.points, line.high), line.cap) if line.cap else points_text(line),
            bars.strip(line.points, line.high, line.cap, score.maximum, index),
        )
        for index, line in enumerate(score.lines)
        if line.applies
    )
    return ScoreView(
        score=score,
        low=words.number(low),
        high=words.number(high),
        maximum=words.number(score.maximum),
        is_range=low != high,
        says_nothing=low <= 0 and high >= score.maximum,
        settles=questions(score.missing) if low != high else (),
        standing=_standing(score),
        chart=bars.bar(
            key=f"chart-{score.id}",
            title=gettext("%(score)s by section") % {"score": score.name},
            description=_description(score),
            segments=segments,
            maximum=score.maximum,
            marks=marks,
        ),
        sections=sections,
        rows=tuple(_rows(score.lines, 0, score.official_url)),
        remarks=tuple(Remark(line.name, text) for line in score.walk() for text in line.remarks),
        notices=notices,
        draws=draws,
    )


def _possible_shares(score: Score) -> tuple[int, ...]:
    """What missing answers could still add, by section, never more in all than the score's own range."""
    left = score.range[1] - score.range[0]
    shares = []
    for line in score.lines:
        share = min(left, line.high - line.points)
        shares.append(share)
        left -= share
    return tuple(shares)
