"""Draws of provinces and territories, beside a grid's score and beside a program.

A draw's score is set beside a person's only where both are on the same grid, in the version in force. That somebody's
score is above it does not say they would have been invited: most draws are for one occupation or group.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from eligibility.engine.assessment import Assessment, Citation, Score
from eligibility.engine.invitations import WINDOW_MONTHS
from eligibility.facts.dates import months_before
from eligibility.results import words
from programs.rulebook import Draw

# How many of a program's draws are shown.
LAST = 5
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DrawRow:
    """One draw in words. `score` is on the scale of `scale`, or of no grid known here where that is empty."""

    day: str
    kind: str
    invitations: str
    score: str
    scale: str
    note: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class KindOfDraw:
    """The draws of one kind whose scores are on a grid."""

    kind: str
    count: int
    last: str
    last_day: str
    lowest: str
    highest: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class GridDraws:
    """What draws of the last months say beside a score."""

    sentence: str
    kinds: tuple[KindOfDraw, ...]


def of_program(assessment: Assessment, program: str) -> tuple[DrawRow, ...]:
    """A program's last draws, newest first."""
    found = assessment.draws.of_program(program, until=assessment.as_of)[:LAST]
    return tuple(row(draw, _scale(draw, assessment)) for draw in found)


def beside(score: Score, assessment: Assessment) -> GridDraws | None:
    """The cut-offs of the last months on the scale of a score; None for a grid that no draw was ever counted on."""
    known = [one for one in assessment.draws.on_grid(score.id, until=assessment.as_of) if one.lowest_score is not None]
    if not known:
        return None
    since = months_before(assessment.as_of, WINDOW_MONTHS) + ONE_DAY
    recent = [draw for draw in known if draw.date >= since]
    comparable = [draw for draw in recent if draw.date >= score.effective_from]
    by_kind: dict[str, list[Draw]] = {}
    for draw in comparable:
        by_kind.setdefault(draw.kind.in_language(_language()), []).append(draw)
    kinds = tuple(_kind(kind, found) for kind, found in by_kind.items())
    return GridDraws(_sentence(score, known[0], recent, comparable), kinds)


def day_text(draw: Draw) -> str:
    """The day of a draw, or the month where no more is known."""
    return date_format(draw.date, "F Y") if draw.precision == "month" else words.day(draw.date)


def score_text(draw: Draw) -> str:
    """The scores that were invited, as the province gave them."""
    if draw.lowest_score is None:
        return ""
    return words.range_text(draw.lowest_score, draw.lowest_score if draw.highest_score is None else draw.highest_score)


def invitations_text(draw: Draw) -> str:
    """How many were invited, or what the province said of it."""
    if draw.invitations is not None:
        return words.number(draw.invitations)
    if draw.fewer_than is not None:
        return gettext("fewer than %(count)d") % {"count": draw.fewer_than}
    return ""


def _scale(draw: Draw, assessment: Assessment) -> str:
    grid = assessment.scores.get(draw.grid or "")
    return grid.name if grid and draw.date >= grid.effective_from else ""


def row(draw: Draw, scale: str) -> DrawRow:
    """A draw in words; `scale` names the grid its score is on, if it is one in force."""
    return DrawRow(
        day=day_text(draw),
        kind=draw.kind.in_language(_language()),
        invitations=invitations_text(draw),
        score=score_text(draw),
        scale=scale,
        note=draw.note.in_language(_language()) if draw.note else "",
        citation=_citation(draw),
    )


def _kind(kind: str, found: Sequence[Draw]) -> KindOfDraw:
    """Draws of one kind, newest first."""
    return KindOfDraw(
        kind=kind,
        count=len(found),
        last=score_text(found[0]),
        last_day=day_text(found[0]),
        lowest=words.number(min(_scores(found))),
        highest=words.number(max(_scores(found))),
        citation=_citation(found[0]),
    )


def _scores(draws: Iterable[Draw]) -> list[int]:
    return [draw.lowest_score for draw in draws if draw.lowest_score is not None]


def _sentence(score: Score, latest: Draw, recent: Sequence[Draw], comparable: Sequence[Draw]) -> str:
    if not recent:
        said = gettext(
            "No provincial draw by this score is known in the last %(months)d months; the last was on %(day)s."
        )
        return said % {"months": WINDOW_MONTHS, "day": day_text(latest)}
    if not comparable:
        return gettext(
            "The draws of the last %(months)d months were held before this grid changed on %(day)s. "
            "Their scores are on another scale, and are not compared with yours."
        ) % {"months": WINDOW_MONTHS, "day": words.day(score.effective_from)}
    said = ngettext(
        "%(count)d draw of the last %(months)d months invited people by this score. Its lowest was %(high)s.",
        "%(count)d draws of the last %(months)d months invited people by this score. "
        "The lowest score invited lay between %(low)s and %(high)s, by who was invited.",
        len(comparable),
    ) % {
        "count": len(comparable),
        "months": WINDOW_MONTHS,
        "low": words.number(min(_scores(comparable))),
        "high": words.number(max(_scores(comparable))),
    }
    if len(recent) > len(comparable):
        said += " " + gettext("Draws before this grid last changed are on another scale and are left out.")
    return said


def _citation(draw: Draw) -> Citation:
    return Citation(draw.source, None, draw.as_of, draw.confidence, None)


def _language() -> str:
    return (get_language() or "en")[:2]
