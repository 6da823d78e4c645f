"""The page of the timeline."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.facts.dates import years_after
from eligibility.h1b.presentation import Item
from eligibility.h1b.views import clock_page
from eligibility.planning import timeline
from eligibility.planning.timeline import Timeline
from eligibility.profile import Profile
from eligibility.results.nomination import CRS
from eligibility.results.own_view import EvaluatedView
from eligibility.timeline.happenings import Happening, Happenings
from eligibility.timeline.page import present
from eligibility.wizard import clock, rules

YEARS = 3


def ahead(profile: Profile) -> Timeline:
    """What time does in the years that the pages look ahead, under the one rulebook that this request keeps to."""
    today = clock.today()
    return timeline(profile, rules.current(), today, years_after(today, YEARS))


def happenings(profile: Profile, found: Timeline) -> dict[dt.date, tuple[Happening, ...]]:
    """What happens on each day, in the reader's language."""
    return Happenings(profile, rules.current(), rules.language(), _clock(profile)).by_day(found.events)


def _clock(profile: Profile) -> dict[dt.date, Sequence[Item]]:
    if profile.h1b is None:
        return {}
    return {day.day: day.items for day in clock_page(profile).ahead}


class TimelineView(EvaluatedView):
    """Every day of the next years on which something changes for a person."""

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """What time does by itself, from today on."""
        profile = to_profile(answers, clock.today())
        found = ahead(profile)
        context |= {"page": present(found, CRS, happenings(profile, found))}
        return render(self.request, "eligibility/timeline/page.html", context)
