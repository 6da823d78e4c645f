"""Counting days, years and birthdays."""

import datetime as dt


def years_before(day: dt.date, years: int) -> dt.date:
    """The same calendar day so many years earlier; 29 February becomes 28 February.

    >>> years_before(dt.date(2024, 2, 29), 1)
    datetime.date(2023, 2, 28)
    """
    if day.year - years < dt.MINYEAR:
        return dt.date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def years_after(day: dt.date, years: int) -> dt.date:
    """The same calendar day so many years later; 29 February becomes 1 March.

    >>> years_after(dt.date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    """
    if day.year + years > dt.MAXYEAR:
        return dt.date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months earlier, or that month's last day; never outside the calendar.

    >>> months_before(dt.date(9999, 12, 31), -1)
    datetime.date(9999, 12, 31)
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    if year > dt.MAXYEAR:
        return dt.date.max
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def completed_years(start: dt.date, day: dt.date) -> int:
    """Completed years from `start` to `day`: someone's age.

    >>> completed_years(dt.date(1996, 11, 22), dt.date(2026, 11, 21))
    29
    """
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def completed_months(start: dt.date, day: dt.date) -> int:
    """Completed months from `start` to `day`, none where `day` comes first.

    >>> completed_months(dt.date(2026, 11, 21), dt.date(2027, 3, 20))
    3
    """
    return max(0, (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day))


def still_counts(start: dt.date, day: dt.date, years: int) -> bool:
    """Whether something from `start` is less than so many years old; on the very anniversary it no longer is.

    >>> still_counts(dt.date(2024, 11, 21), dt.date(2026, 11, 21), 2)
    False
    """
    return completed_years(start, day) < years
