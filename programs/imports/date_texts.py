"""Dates as people write them, for feeds that are typed by hand. A text that could mean two days is refused.

Either the month is a word ("March 5, 2026", "Sept. 3rd 2025"), or the date is in digits from the year down. A day and a
month both in digits ("04/05/2026") are two different days in two countries, so they are never read.
"""

import datetime as dt
import re

from dateutil import parser
from django.utils.translation import gettext as _

_LONGEST = 200
_MONTH = re.compile(
    r"\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\b",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
_MONTH_FIRST = re.compile(r"([a-z]+day,? )?[a-z]+ \d", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"(?<![\d:])\d{4}(?![\d:])", re.ASCII)
_SIGNS = re.compile(r"[A-Za-z0-9 ,:-]*", re.ASCII)
_UTC = re.compile(r"\bUTC\b|(?<=\d)Z\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_OTHER_WORDS = {
    "at",
    "on",
    "of",
    "st",
    "nd",
    "rd",
    "th",
    "am",
    "pm",
    "t",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
}
_NUMBERS = re.compile(r"\d+", re.ASCII)
_DOUBLED = re.compile(r"^(.{6,40}?),? \1(?!\w)", re.IGNORECASE)
# What a text leaves open is filled from these: where the two readings differ, something was left open.
_FILLERS = (dt.datetime(2000, 1, 1), dt.datetime(2003, 2, 2, 1, 1, 1))  # noqa: DTZ001 (the zone is read apart)


def date(text: str) -> dt.date:
    """The day that a text names.

    >>> date("Sept. 3rd,  2025")
    datetime.date(2025, 9, 3)

    Raises:
        ValueError: for a text that names no day, or could be read in two ways.

    """
    first, second = (found.date() for found in _readings(_tidy(text), text))
    if first != second:
        raise _unclear(text)
    return first


def moment(text: str) -> dt.datetime:
    """The day and time in UTC that a text names; what stands after "UTC" is left aside.

    >>> moment("October 18, 2025 at  7:18:52 UTC")
    datetime.datetime(2025, 10, 18, 7, 18, 52, tzinfo=datetime.timezone.utc)

    Raises:
        ValueError: for a text without a day, a time or "UTC", or that could be read in two ways.

    """
    tidy = _tidy(text)
    utc = _UTC.search(tidy)
    if utc is None or ":" not in tidy[: utc.start()]:
        raise _unclear(text)
    first, second = _readings(tidy[: utc.start()].strip(" ,"), text)
    # Seconds that are not written are nought; everything else must be.
    if first.replace(second=0) != second.replace(second=0):
        raise _unclear(text)
    return (first if first.second == second.second else first.replace(second=0)).replace(tzinfo=dt.UTC)


def _tidy(text: str) -> str:
    """The text with single blanks, without the dots of abbreviations, and with a date written twice only once."""
    tidy = " ".join(text[: _LONGEST + 1].split())
    tidy = re.sub(r"\b([ap]) ?\. ?m\b\.?", r"\1m", tidy, flags=re.IGNORECASE)
    tidy = re.sub(r"(?<=[a-z])\.(?= |$|,|\d)", " ", tidy, flags=re.IGNORECASE)
    return _DOUBLED.sub(r"\1", " ".join(tidy.split()))


def _readings(tidy: str, text: str) -> list[dt.datetime]:
    months = len(_MONTH.findall(tidy))
    year_first = bool(_YEAR_FIRST.match(tidy)) and not months
    plain = len(text) <= _LONGEST and _SIGNS.fullmatch(tidy)
    if not plain or not (year_first or months == 1):
        raise _unclear(text)
    words = [word.lower() for word in _WORD.findall(tidy) if not _MONTH.fullmatch(word)]
    strange = any(word not in _OTHER_WORDS and not word.endswith("day") for word in words)
    # A date written with a month has two numbers, one in digits three; a time adds two, or three with seconds.
    count = len(_NUMBERS.findall(tidy)) - (3 if year_first else 2)
    if strange or count != (tidy.count(":") + 1 if ":" in tidy else 0):
        raise _unclear(text)
    # Two digits are a year only where the month opens the text: "15 Jan 05" may begin with either.
    if not year_first and not _YEAR.search(tidy) and not _MONTH_FIRST.match(tidy):
        raise _unclear(text)
    try:
        return [parser.parse(tidy, default=filler, ignoretz=True) for filler in _FILLERS]
    except (ValueError, OverflowError, TypeError) as error:
        raise _unclear(text) from error


def _unclear(text: str) -> ValueError:
    given = text if len(text) <= 60 else f"{text[:60]}…"
    message = _("“%(given)s” cannot be read as one date; write for example March 5, 2026 at 14:39:41 UTC")
    return ValueError(message % {"given": given})
