"""The results: stored answers, one rulebook, an assessment, and the pages that tell of it.

The first page says where the person stands and names every door in a line. Each door has a page of its own with its
reasons, and one page holds everything, for printing and saving.
"""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from config import metrics
from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine import assess
from eligibility.results.dates import dates
from eligibility.results.nomination import nominated
from eligibility.results.own_view import EvaluatedView
from eligibility.results.person import person
from eligibility.results.presentation import Page, present
from eligibility.since.noticing import noticed
from eligibility.wizard import clock, rules

# What a page asks of a door's address when it opens the door in place: the reasons alone.
PART = "part"


def evaluate(answers: Answers, today: dt.date, *, everything: bool = False) -> Page:
    """What the pages say of stored answers, under the one rulebook that this request keeps to."""
    rulebook = rules.current()
    language = rules.language()
    profile = to_profile(answers, today)
    in_force = rulebook.on(today)
    with metrics.EVALUATION_SECONDS.time():
        assessment = assess(profile, in_force, language)
    return present(
        profile,
        assessment,
        dates(profile, rulebook),
        language,
        person=person(profile, in_force),
        nominated=nominated(profile, assessment, in_force, language),
        everything=everything,
    )


class ResultsView(EvaluatedView):
    """What the rules say of a person's answers: where they stand, and every door in a line."""

    template = "page"
    everything = False
    # Whether looking at it counts as having seen the results.
    remembers = True

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """What the rules say today, as the page shows it."""
        page = evaluate(answers, clock.today(), everything=self.everything)
        context |= {"page": page, "everything": self.everything, **self.shown(page, **address)}
        if self.remembers:
            context["since"] = noticed(self.request, self.secret, answers, page.assessment, page.doors)
        return HttpResponse(self._drawn(context))

    def _drawn(self, context: dict[str, Any]) -> str:
        """The page without the empty lines that its templates' tags leave behind."""
        page = render_to_string(f"eligibility/results/{self.template}.html", context, self.request)
        return "\n".join(filter(None, page.split("\n")))

    def shown(self, page: Page) -> dict[str, Any]:
        """What this page shows beside what all of them share."""
        link = self.request.build_absolute_uri(reverse("eligibility:return", args=[self.secret]))
        return {"link": link, "kept_days": store.kept_for().days}


class EverythingView(ResultsView):
    """All of it with every reason on one page, to print or to save."""

    template = "everything"
    everything = True
    remembers = False


class DoorView(ResultsView):
    """One door with its reasons; with `?part=reasons` the reasons alone, to be shown in a page that is open."""

    template = "door_page"
    remembers = False

    def shown(self, page: Page, program: str = "") -> dict[str, Any]:
        """The door's reasons, and where it stands."""
        try:
            place = page.place(program)
        except KeyError:
            raise Http404 from None
        reasons = page.reasons(place.door)
        if self.request.GET.get(PART) == "reasons":
            self.template = "reasons_alone"
            return {"reasons": reasons}
        return {"place": place, "reasons": reasons, "views": page.points_of(reasons)}


results = ResultsView.as_view()
everything = EverythingView.as_view()
door = DoorView.as_view()
