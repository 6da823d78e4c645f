"""Where a score stands in the Express Entry pool: a sentence, a picture and the table behind it."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from eligibility.engine.assessment import BandOfPool, PoolStanding
from eligibility.pictures import bars
from eligibility.results import words


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One band, in words."""

    name: str
    candidates: str
    yours: bool


@dataclass(frozen=True, slots=True)
class PoolView:
    """What the page says of the pool."""

    date: dt.date
    sentence: str
    chart: SafeString
    rows: tuple[PoolRow, ...]
    total: str
    marks_yours: bool
    source: str


def view(standing: PoolStanding) -> PoolView:
    """A standing made ready for the page."""
    return _view(standing, get_language())


# Between two snapshots of the pool there are only as many standings as there are bands to be in.
@lru_cache(maxsize=128)
def _view(standing: PoolStanding, _language: str | None) -> PoolView:
    # A score that may be anything is in every band, and then in none worth pointing at.
    marked = not standing.other_scale and not all(band.yours for band in standing.bands)
    sentence, day = _sentence(standing, marked=marked), words.day(standing.date)
    bands = tuple(bars.Band(_name(band), band.candidates, marked and band.yours) for band in standing.bands)
    return PoolView(
        date=standing.date,
        sentence=sentence,
        chart=bars.histogram(
            key="chart-pool",
            title=gettext("Candidates in the Express Entry pool on %(day)s, by score") % {"day": day},
            description=sentence,
            bands=bands,
        ),
        rows=tuple(PoolRow(band.name, words.number(band.count), band.yours) for band in bands),
        total=words.number(standing.total),
        marks_yours=marked,
        source=standing.source,
    )


def _name(band: BandOfPool) -> str:
    return f"{words.number(band.low)}–{words.number(band.high)}"


def _sentence(standing: PoolStanding, *, marked: bool) -> str:
    """How many stood above, alongside and below; or why that cannot be said."""
    held = gettext("On %(day)s there were %(total)s people in the Express Entry pool.") % {
        "day": words.day(standing.date),
        "total": words.number(standing.total),
    }
    if standing.other_scale:
        rest = gettext("That was before the CRS changed: their scores are on another scale, and say nothing of yours.")
        return f"{held} {rest}"
    if not marked:
        return f"{held} {gettext('Where you would stand among them depends on answers that are still missing.')}"
    yours = [band for band in standing.bands if band.yours]
    if len(yours) == 1:
        rest = gettext(
            "%(above)s of them had a score in a higher band than yours, %(alongside)s were in your band "
            "(%(low)s to %(high)s), and %(below)s were below it."
        ) % {
            "above": words.number(standing.above[0]),
            "alongside": words.number(standing.alongside),
            "low": words.number(yours[0].low),
            "high": words.number(yours[0].high),
            "below": words.number(standing.below[0]),
        }
        return f"{held} {rest}"
    rest = ngettext(
        "Your score may be in any of %(count)d band, from %(low)s to %(high)s points: "
        "between %(few)s and %(many)s people stood in a higher one.",
        "Your score may be in any of %(count)d bands, from %(low)s to %(high)s points: "
        "between %(few)s and %(many)s people stood in a higher one.",
        len(yours),
    ) % {
        "count": len(yours),
        "low": words.number(yours[-1].low),
        "high": words.number(yours[0].high),
        "few": words.number(standing.above[0]),
        "many": words.number(standing.above[1]),
    }
    return f"{held} {rest}"
