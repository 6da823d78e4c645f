"""The days of a plan as a calendar file: whole days with reminders, which calendars bring up to date by their UIDs."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from eligibility.timeline.days import Day
from eligibility.timeline.happenings import Happening

# Read when the first file is made: a server that starts has no use for it, and it takes a while.
if TYPE_CHECKING:
    from icalendar import Event

ONE_DAY = dt.timedelta(days=1)
# Reminders come at nine in the morning, so many days before: early enough to act on what ends, else a fortnight.
NINE = dt.timedelta(hours=9)
REMINDERS = {
    "h1b": (90, 30, 7),
    "date": (90, 30),
    "language_result_lapses": (90, 30),
    "credential_assessment_lapses": (90, 30),
}
A_FORTNIGHT = (14,)


def calendar(days: Iterable[Day], secret: str, now: dt.datetime) -> bytes:
    """A calendar file (RFC 5545) with one event for each thing that happens on the days.

    Args:
        days: the days of the plan.
        secret: makes the UIDs this person's own; it cannot be read from them, and stands nowhere in the file.
        now: when the file is made.

    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Northbound//My plan//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", gettext("Northbound: my plan"))
    for day in days:
        for happening in day.happenings:
            made.add_component(_event(day, happening, secret, now))
    return bytes(made.to_ical())


def _event(day: Day, happening: Happening, secret: str, now: dt.datetime) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", _uid(happening, secret))
    event.add("dtstamp", now)
    event.add("dtstart", day.day)
    event.add("dtend", day.day + ONE_DAY)
    event.add("summary", happening.title)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("description", _described(day, happening))
    if happening.item is not None:
        event.add("url", happening.item.citation.source)
    for before in REMINDERS.get(happening.kind, A_FORTNIGHT):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", happening.title)
        alarm.add("trigger", NINE - before * ONE_DAY)
        event.add_component(alarm)
    return event


def _uid(happening: Happening, secret: str) -> str:
    """The same for the same thing whenever the file is made, so that a day that moves does not stand there twice."""
    made = salted_hmac("eligibility.my_plan.calendar", f"{secret} {happening.key}", algorithm="sha256")
    return f"{made.hexdigest()[:40]}@northbound"


def _described(day: Day, happening: Happening) -> str:
    lines = [happening.item.text] if happening.item else []
    lines += [f"{move.name}: {move.said}" for move in day.moves]
    lines.append(gettext("By your answers and the rules in force when this was made. Check before you rely on it."))
    return "\n".join(lines)
