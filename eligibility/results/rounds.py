"""The rounds of the last months beside one person's score: which they could have been in and would have reached."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import Assessment, Invitations, KindOfRound, Met, Score
from eligibility.express_entry import CRS
from eligibility.pictures.bars import MarkLine
from eligibility.pictures.kinds import Kind, Kinds, kinds
from eligibility.results import pool, words
from eligibility.results.pool import PoolView

# More lines than this on one bar cannot be told apart on a phone.
MARKS = 3


@dataclass(frozen=True, slots=True)
class RoundsRow:
    """Rounds of one kind, in words."""

    kind: KindOfRound
    could_be_in: str
    last_day: str
    median: str
    reached: str
    scale: str


@dataclass(frozen=True, slots=True)
class RoundsView:
    """What the page says of the rounds."""

    sentence: str
    last_known: dt.date
    rows: tuple[RoundsRow, ...]
    has_other_scale: bool
    pool: PoolView | None
    picture: Kinds | None


def marks(invitations: Invitations | None) -> tuple[MarkLine, ...]:
    """The last cut-offs of the kinds of round the person could be in, as lines to compare their score with.

    A cut-off on another scale is no line on this one.
    """
    if invitations is None:
        return ()
    open_kinds = [
        kind
        for kind in invitations.by_kind
        if kind.eligible_for and kind.last_cutoff is not None and not kind.last_is_on_another_scale
    ]
    return tuple(
        MarkLine(
            kind.last_cutoff or 0,
            gettext("%(kind)s: last cut-off %(cutoff)d") % {"kind": kind.name, "cutoff": kind.last_cutoff},
        )
        for kind in open_kinds[:MARKS]
    )


def view(assessment: Assessment, *, pictured: bool = True) -> RoundsView | None:
    """The rounds made ready for the page; None where none are known. `pictured`: with a picture of them."""
    invitations = assessment.invitations
    if invitations is None or not invitations.by_kind:
        return None
    return RoundsView(
        sentence=_sentence(invitations),
        last_known=max(kind.last_date for kind in invitations.by_kind),
        rows=tuple(map(_row, invitations.by_kind)),
        has_other_scale=any(kind.other_scale for kind in invitations.by_kind),
        pool=pool.view(invitations.pool) if invitations.pool else None,
        picture=_picture(invitations, assessment.scores.get(CRS)) if pictured else None,
    )


def _row(kind: KindOfRound) -> RoundsRow:
    return RoundsRow(
        kind,
        could_be_in=_could_be_in(kind.eligible_for),
        last_day=words.short_day(kind.last_date),
        median=words.median(kind.median_cutoff),
        reached=_reached(kind),
        scale=_scale(kind),
    )


def _picture(invitations: Invitations, score: Score | None) -> Kinds | None:
    """The kinds of round on the scale of the person's score, and that score; nothing where either is not known.

    Cut-offs that contain the points of a nomination are left out: next to them the score would look far away.
    """
    rows = [
        Kind(_in_words(kind), kind.lowest_cutoff, kind.median_cutoff, kind.last_cutoff)
        for kind in invitations.by_kind
        if kind.last_cutoff is not None and kind.lowest_cutoff is not None and kind.median_cutoff is not None
        if not kind.last_is_on_another_scale and not kind.includes_nomination_points
    ]
    if not rows or score is None or score.range == (0, score.maximum):
        return None
    return kinds(rows, score.range, gettext("You: %(points)s") % {"points": words.range_text(*score.range)})


def _in_words(kind: KindOfRound) -> str:
    return gettext("%(kind)s (you could be in it)") % {"kind": kind.name} if kind.eligible_for else kind.name


def _could_be_in(eligible_for: Met) -> str:
    return {True: gettext("yes"), False: gettext("no"), None: gettext("not known")}[eligible_for]


def _reached(kind: KindOfRound) -> str:
    if not kind.eligible_for or kind.last_is_on_another_scale:
        return "–"
    if kind.might_have_reached > kind.would_have_reached:
        return gettext("%(low)d to %(high)d of %(rounds)d") % {
            "low": kind.would_have_reached,
            "high": kind.might_have_reached,
            "rounds": kind.rounds,
        }
    return gettext("%(count)d of %(rounds)d") % {"count": kind.would_have_reached, "rounds": kind.rounds}


def _scale(kind: KindOfRound) -> str:
    """What is said of cut-offs that were counted before the CRS last changed."""
    if not kind.other_scale:
        return ""
    if kind.last_is_on_another_scale:
        return gettext("another scale: before the CRS changed")
    return ngettext(
        "%(count)d of them before the CRS changed, on another scale and not compared",
        "%(count)d of them before the CRS changed, on another scale and not compared",
        kind.other_scale,
    ) % {"count": kind.other_scale}


def _sentence(invitations: Invitations) -> str:
    held = ngettext(
        "Canada held %(count)d round of invitations in the last %(months)d months.",
        "Canada held %(count)d rounds of invitations in the last %(months)d months.",
        invitations.rounds,
    ) % {"count": invitations.rounds, "months": invitations.window_months}
    could = sum(kind.rounds for kind in invitations.by_kind if kind.eligible_for)
    open_ended = any(kind.eligible_for is None for kind in invitations.by_kind)
    if not could:
        rest = (
            gettext("Whether you could have been in any of them is not known yet.")
            if open_ended
            else gettext("You could have been in none of them, at any score.")
        )
        return f"{held} {rest}"
    be_in = ngettext("You could have been in %(count)d of them,", "You could have been in %(count)d of them,", could)
    reached = invitations.could_have_been_invited
    might = sum(kind.might_have_reached for kind in invitations.by_kind)
    if all(kind.last_is_on_another_scale for kind in invitations.by_kind if kind.eligible_for):
        return gettext("%(held)s %(could)s before the CRS changed: their cut-offs are on another scale.") % {
            "held": held,
            "could": be_in % {"count": could},
        }
    if might > reached:
        score = gettext(
            "and your score, as far as it is known, would have reached the cut-off of %(low)d to %(high)d."
        ) % {"low": reached, "high": might}
        return f"{held} {be_in % {'count': could}} {score}"
    score = (
        gettext("and your score would have reached none of their cut-offs.")
        if not reached
        else ngettext(
            "and your score would have reached the cut-off of %(count)s.",
            "and your score would have reached the cut-off of %(count)s.",
            reached,
        )
        % {"count": words.count_word(reached).lower()}
    )
    return f"{held} {be_in % {'count': could}} {score}"
