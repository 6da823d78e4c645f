"""Days ahead: so many months or years on."""

import datetime as dt

from eligibility.facts.dates import months_before


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later, or that month's last day.

    >>> months_after(dt.date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    return months_before(day, -months)
