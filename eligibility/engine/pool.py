"""Where a score stands in the Express Entry pool, by the last snapshot of it."""

from eligibility.engine.assessment import BandOfPool, PoolStanding, Score
from programs.rulebook import PoolSnapshot


def standing_in(snapshot: PoolSnapshot, score: Score) -> PoolStanding:
    """How many candidates stood above a score, in its band (or bands, where it is a range), and below.

    The bands are as published: nobody can tell the order inside one. A snapshot taken before the grid in force took
    effect was counted on another scale, and is compared with nothing.
    """
    low, high = score.range
    comparable = snapshot.date >= score.effective_from
    bands = tuple(
        BandOfPool(band.low, band.high, band.candidates, comparable and band.low <= high and low <= band.high)
        for band in snapshot.bands
    )
    yours = [band.candidates for band in bands if band.yours]
    above = sum(band.candidates for band in bands if band.low > high)
    below = sum(band.candidates for band in bands if band.high < low)
    # Bands stand from the highest down: at its best a score is in the first that is its own, at its worst in the last.
    return PoolStanding(
        date=snapshot.date,
        total=snapshot.total,
        bands=bands,
        above=(above, above + sum(yours[:-1])),
        alongside=sum(yours),
        below=(below, below + sum(yours[1:])),
        other_scale=not comparable,
        source=snapshot.source,
    )
