"""The results page: stored answers, one rulebook, an assessment, and the page that tells of it."""

import datetime as dt
import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine import assess
from eligibility.results.dates import dates
from eligibility.results.presentation import Page, present
from eligibility.wizard import clock, routing, rules
from eligibility.wizard.views.private import PrivateView

log = logging.getLogger(__name__)


def evaluate(answers: Answers, today: dt.date) -> Page:
    """The page for stored answers, under the one rulebook that this request keeps to."""
    rulebook = rules.current()
    language = rules.language()
    profile = to_profile(answers, today)
    assessment = assess(profile, rulebook.on(today), language)
    return present(profile, assessment, dates(profile, rulebook), language)


class ResultsView(PrivateView):
    """What the rules say of a person's answers."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; or, if anything fails, say so and nothing of a verdict."""
        answers = store.visit(self.secret)
        shared = {"application": True, "secret": self.secret, "has_clock": routing.has_told_situation(answers)}
        try:
            page = evaluate(answers, clock.today())
        except Exception:
            log.exception("Answers cannot be evaluated.")
            return render(request, "eligibility/results/unavailable.html", shared, status=503)
        link = request.build_absolute_uri(reverse("eligibility:return", args=[self.secret]))
        context = shared | {"page": page, "link": link, "kept_days": store.kept_for().days}
        return render(request, "eligibility/results/page.html", context)


results = ResultsView.as_view()
