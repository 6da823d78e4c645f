"""What the results page says of changes since the person last came: one sentence that leads to their page."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from eligibility.results import words
from eligibility.since.mark import Mark
from programs.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Notice:
    """What the results page says of it, in a sentence."""

    day: dt.date
    text: str


def notice(seen: Mark, now: Mark, rulebook: Rulebook) -> Notice:
    """In one sentence: what there is to read."""
    rounds = len(seen.new_rounds(rulebook, now.day))
    programs = sum(
        seen.outcome.programs.get(key) != now.outcome.programs.get(key)
        for key in {*seen.outcome.programs, *now.outcome.programs}
    )
    parts = []
    if seen.rules != now.rules:
        parts.append(gettext("the rules changed"))
    if rounds:
        parts.append(ngettext("%(count)d round was held", "%(count)d rounds were held", rounds) % {"count": rounds})
    if programs:
        parts.append(
            ngettext(
                "%(count)d program comes out otherwise for you",
                "%(count)d programs come out otherwise for you",
                programs,
            )
            % {"count": programs}
        )
    elif seen.outcome.scores != now.outcome.scores:
        parts.append(gettext("your points are others"))
    said = words.join(parts) if parts else gettext("something changed")
    return Notice(
        seen.day, gettext("Since you last came, on %(day)s: %(said)s.") % {"day": words.day(seen.day), "said": said}
    )
