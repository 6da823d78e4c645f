"""The timeline as its page shows it: what waiting costs, the two pictures, the days, and the tables behind them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from eligibility.pictures.periods import axis
from eligibility.pictures.time import Time
from eligibility.planning.timeline import Timeline
from eligibility.results import rounds
from eligibility.results.rounds import RoundsView
from eligibility.timeline import score as over_time
from eligibility.timeline import waiting
from eligibility.timeline.days import Day, day_of
from eligibility.timeline.happenings import Happening
from eligibility.timeline.programs import Bar, Unchanged, bars
from eligibility.timeline.score import StepRow


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Everything the page says."""

    since: dt.date
    until: dt.date
    lead: str
    costs: tuple[str, ...]
    picture: SafeString
    rows: tuple[StepRow, ...]
    bars: tuple[Bar, ...]
    axis: SafeString
    unchanged: tuple[Unchanged, ...]
    days: tuple[Day, ...]
    score_name: str
    rounds: RoundsView | None


def present(found: Timeline, grid: str, happenings: Mapping[dt.date, tuple[Happening, ...]]) -> TimelinePage:
    """The page of a timeline. `grid` is the score that it follows, `happenings` are what each day brings."""
    time = Time(found.since, found.until)
    days = tuple(day_of(found, grid, day, said) for day, said in happenings.items())
    shown, rest = bars(found, time)
    score, is_known = found.now.scores.get(grid), over_time.is_known(found, grid)
    return TimelinePage(
        since=found.since,
        until=found.until,
        lead=waiting.lead(found, grid) if is_known else _not_known(has_score=score is not None),
        costs=waiting.costs(found, grid, {day.day: day for day in days}) if is_known else (),
        picture=over_time.picture(found, grid, time, happenings) if is_known else SafeString(""),
        rows=over_time.rows(found, grid) if is_known else (),
        bars=shown,
        axis=axis(time),
        unchanged=rest,
        days=days,
        score_name=score.name if score else "",
        rounds=rounds.view(found.now),
    )


def _not_known(*, has_score: bool) -> str:
    if not has_score:
        return gettext("No score is known for you. These are the dates that follow from your answers.")
    return gettext(
        "Your score is not known yet: too many answers are missing. These are the dates that follow from them."
    )
