"""What every page does that evaluates a person's answers: open them, evaluate, and never show half a verdict."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from config import metrics
from config.rate_limits import rate_limited
from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.own_pages import own_pages
from eligibility.wizard import routing
from eligibility.wizard.views.private import PrivateView

log = logging.getLogger(__name__)


@rate_limited("results")
class EvaluatedView(PrivateView):
    """A page that needs an assessment. If anything fails it says so, and nothing of a verdict."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show it."""
        return self.safely(store.visit(self.secret), **address)

    def safely(self, answers: Answers, **address: Any) -> HttpResponse:
        """Evaluate and draw the page, or say that it cannot be done now."""
        context = self.surroundings(answers)
        try:
            return self.evaluated(answers, context, **address)
        except Http404:
            return render(self.request, "404.html", {"application": True}, status=404)
        except Exception:
            log.exception("Answers cannot be evaluated.")
            metrics.EVALUATIONS_FAILED.inc()
            return render(self.request, "eligibility/results/unavailable.html", context, status=503)

    def surroundings(self, answers: Answers) -> dict[str, Any]:
        """What surrounds every page of this kind."""
        return {
            "application": True,
            "secret": self.secret,
            "here": reverse("eligibility:results", args=[self.secret]),
            "own_pages": own_pages(self.secret, self.request.path),
            "has_clock": routing.has_told_situation(answers),
        }

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """Evaluate the answers, and draw the page with this context."""
        raise NotImplementedError
