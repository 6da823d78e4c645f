"""A person's own answers and their scenarios, evaluated under one rulebook and set side by side."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from eligibility.answers.document import Answers
from eligibility.answers.scenarios import Scenario
from eligibility.answers.to_profile import to_profile
from eligibility.engine import assess
from eligibility.express_entry import CRS
from eligibility.pictures.differences import FEWEST, MOST, Total, differences
from eligibility.profile import ProfileError
from eligibility.side_by_side import programs, scores
from eligibility.side_by_side.columns import Column, Row
from eligibility.side_by_side.scores import Breakdown, Totals
from eligibility.what_if import facts
from eligibility.wizard import rules
from eligibility.wizard.forms import Context

# Names beside bars: as many letters as fit on a phone.
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. `left_out` are scenarios that cannot be evaluated as they stand."""

    columns: tuple[Column, ...]
    facts: tuple[Row, ...]
    totals: Totals
    crs: Breakdown | None
    picture: SafeString | None
    programs: tuple[Row, ...]
    same: tuple[str, ...]
    left_out: tuple[str, ...]


def compare(person: Answers, found: Sequence[Scenario], own_name: str, today: dt.date) -> Comparison:
    """Set them side by side, the person's own answers first.

    Raises:
        ProfileError: if the person's own answers make no profile.

    """
    book, language = rules.in_force(), rules.language()
    columns = [Column("own", own_name, assess(to_profile(person, today), book, language))]
    told = [facts.told(own_name, Context(person, today))]
    left_out = []
    for one in found:
        try:
            assessment = assess(to_profile(one, today), book, language)
        except ProfileError:
            left_out.append(one.name)
            continue
        columns.append(Column(str(one.number), one.name, assessment))
        told.append(facts.told(one.name, Context(one, today)))
    return Comparison(
        columns=tuple(columns),
        facts=facts.rows(told),
        totals=scores.totals(columns),
        crs=scores.breakdown(columns, CRS),
        picture=_picture(columns),
        programs=programs.rows(columns),
        same=tuple(one.name for one in found if facts.are_the_same(person, one)),
        left_out=tuple(left_out),
    )


def _picture(columns: Sequence[Column]) -> SafeString | None:
    """The points and the factors that differ as bars; None where there is nothing to compare."""
    held = [(column, column.assessment.scores.get(CRS)) for column in columns]
    totals = [Total.of_score(Truncator(column.name).chars(_SHORT), score) for column, score in held if score]
    if not FEWEST <= len(totals) <= MOST:
        return None
    title = gettext("Points for Express Entry, and the factors that differ")
    return differences(key="what-if", title=title, totals=totals).picture
