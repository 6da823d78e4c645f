"""The page of the timeline."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.express_entry import CRS
from eligibility.facts.dates import years_after
from eligibility.h1b.clock import Entry
from eligibility.h1b.clock import clock as days_that_count
from eligibility.h1b.views import clock_page
from eligibility.planning import timeline
from eligibility.planning.timeline import Timeline
from eligibility.profile import Profile
from eligibility.results.own_view import EvaluatedView
from eligibility.timeline.happenings import Happenings, OfTheClock
from eligibility.timeline.page import TimelinePage, present
from eligibility.wizard import clock, rules

YEARS = 3


def ahead(profile: Profile) -> Timeline:
    """What time does in the years that the pages look ahead, under the one rulebook that this request keeps to."""
    today = clock.today()
    return timeline(profile, rules.current(), today, years_after(today, YEARS))


def timeline_page(profile: Profile) -> TimelinePage:
    """What the pages say of the years ahead."""
    found = ahead(profile)
    said = Happenings(profile, rules.current(), rules.language(), _clock(profile))
    return present(found, CRS, said.by_day(found.events))


def _clock(profile: Profile) -> dict[dt.date, list[OfTheClock]]:
    """The days to come of the H-1B clock, with the id that each thing has there."""
    today = clock.today()
    entries = (entry for entry in days_that_count(profile, rules.current(), today) if not entry.is_over(today))
    found: dict[dt.date, list[OfTheClock]] = {}
    for day in clock_page(profile).ahead:
        found[day.day] = [(_id(next(entries)), item) for item in day.items]
    return found


def _id(entry: Entry) -> str:
    return f"{entry.id} {entry.child}" if entry.child else entry.id


class TimelineView(EvaluatedView):
    """Every day of the next years on which something changes for a person."""

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """What time does by itself, from today on."""
        context |= {"page": timeline_page(to_profile(answers, clock.today()))}
        return render(self.request, "eligibility/timeline/page.html", context)
