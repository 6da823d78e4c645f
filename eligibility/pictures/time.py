"""The axis of days that pictures of what is ahead share: where a day lies, and which days are named below."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

ONE_DAY = dt.timedelta(days=1)
# Half a year apart, names of years and months have room on a phone.
NAMED_MONTHS = (1, 7)


@dataclass(frozen=True, slots=True)
class Time:
    """The days of a picture, from the first to the last, both included."""

    first: dt.date
    last: dt.date

    def share(self, day: dt.date) -> float:
        """How much of the time lies before a day, from 0 to 1."""
        days = (self.last - self.first).days + 1
        return min(max((day - self.first).days / days, 0.0), 1.0)

    def across(self, day: dt.date) -> str:
        """Where a day begins, in per cent."""
        return f"{100 * self.share(day):.3f}%"

    def width(self, first: dt.date, last: dt.date) -> str:
        """How wide the days from `first` to `last` are, both included, in per cent."""
        return f"{100 * (self.share(last + ONE_DAY) - self.share(first)):.3f}%"

    def named(self) -> list[tuple[dt.date, str]]:
        """The days that are named: a year where it begins, a month in its middle."""
        days = [dt.date(y, m, 1) for y in range(self.first.year, self.last.year + 1) for m in NAMED_MONTHS]
        return [(day, date_format(day, "Y" if day.month == 1 else "M")) for day in days if self.first < day < self.last]


def names(time: Time, baseline: int) -> SafeString:
    """The names of days, on a line of text; the last stays inside the picture."""
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}" class="nb-chart__axis">{}</text>',
        (
            (time.across(day), baseline, "end" if time.share(day) > 0.95 else "start", name)
            for day, name in time.named()
        ),
    )


def ticks(time: Time, top: float, bottom: float) -> SafeString:
    """A line on every day that is named."""
    return format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="nb-chart__grid"/>',
        ((time.across(day), f"{top:g}", f"{bottom:g}") for day, _ in time.named()),
    )
