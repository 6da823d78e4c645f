"""What a person could do, and how long it takes them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from eligibility.planning.dates import months_after
from programs.packs.schema import levers as schema


@dataclass(frozen=True, slots=True)
class Option:
    """A lever offered to a person: in one province, occupation or program, where it could be in several."""

    id: str
    lever: schema.Lever
    province: str | None = None
    program: str | None = None
    noc: str | None = None

    @property
    def change(self) -> schema.Change:
        """What it changes."""
        return self.lever.change

    def asks_less_than(self, other: "Option") -> bool:
        """Whether it is the same, or less of the same."""
        return self == other or (self.lever.family == other.lever.family and self.lever.step < other.lever.step)


def months_taken(options: Sequence[Option]) -> int:
    """How many months pass until everything is done.

    What fills a person's days (work in Canada, study that is not beside work) comes one after the other; all else
    goes on at the same time.
    """
    waited = [0]
    filled = {"applicant": 0, "partner": 0}
    for option in options:
        change = option.change
        match change:
            case schema.Wait():
                waited.append(change.months)
            case schema.FurtherCredential(beside_work=True):
                waited.append(change.months)
            case schema.FurtherCredential() | schema.CanadianWork():
                filled[change.person] += change.months
    return max(*waited, *filled.values())


def day_done(options: Sequence[Option], begun: dt.date) -> dt.date:
    """The day on which everything is done that is begun on a day.

    Neither before the months that must pass, nor before the weeks of work that it takes, one thing after the other.
    """
    work = dt.timedelta(weeks=sum(option.lever.effort_weeks for option in options))
    return max(months_after(begun, months_taken(options)), begun + work)
