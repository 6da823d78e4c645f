"""The rounds of the last months beside one person's score: which they could have been in and would have reached."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import Assessment, Invitations, KindOfRound, Met
from eligibility.results import words
from eligibility.results.charts import MarkLine

# More lines than this on one bar cannot be told apart on a phone.
MARKS = 3


@dataclass(frozen=True, slots=True)
class RoundsRow:
    """Rounds of one kind, in words."""

    kind: KindOfRound
    could_be_in: str
    reached: str


@dataclass(frozen=True, slots=True)
class RoundsView:
    """What the page says of the rounds."""

    sentence: str
    last_known: dt.date
    rows: tuple[RoundsRow, ...]
    has_other_scale: bool


def marks(invitations: Invitations | None) -> tuple[MarkLine, ...]:
    """The last cut-offs of the kinds of round the person could be in, as lines to compare their score with."""
    if invitations is None:
        return ()
    open_kinds = [kind for kind in invitations.by_kind if kind.eligible_for and kind.last_cutoff is not None]
    return tuple(
        MarkLine(
            kind.last_cutoff or 0,
            gettext("%(kind)s: last cut-off %(cutoff)d") % {"kind": kind.name, "cutoff": kind.last_cutoff},
        )
        for kind in open_kinds[:MARKS]
    )


def view(assessment: Assessment) -> RoundsView | None:
    """The rounds made ready for the page; None where none are known."""
    invitations = assessment.invitations
    if invitations is None or not invitations.by_kind:
        return None
    return RoundsView(
        sentence=_sentence(invitations),
        last_known=max(kind.last_date for kind in invitations.by_kind),
        rows=tuple(RoundsRow(kind, _could_be_in(kind.eligible_for), _reached(kind)) for kind in invitations.by_kind),
        has_other_scale=any(kind.other_scale for kind in invitations.by_kind),
    )


def _could_be_in(eligible_for: Met) -> str:
    return {True: gettext("yes"), False: gettext("no"), None: gettext("not known")}[eligible_for]


def _reached(kind: KindOfRound) -> str:
    if not kind.eligible_for:
        return "–"
    return gettext("%(count)d of %(rounds)d") % {"count": kind.would_have_reached, "rounds": kind.rounds}


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
