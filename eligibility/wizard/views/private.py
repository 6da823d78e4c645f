"""What every private page does: find the answers, keep out of caches, tell calmly when there are none."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from eligibility.answers import store
from eligibility.answers.cipher import CannotDecryptError
from eligibility.answers.document import Answers
from eligibility.wizard import clock, progress, routing, rules
from eligibility.wizard.forms import Context

log = logging.getLogger(__name__)


def gone(request: HttpRequest) -> HttpResponse:
    """The page for a secret under which nothing is kept."""
    return render(request, "eligibility/wizard/gone.html", status=404)


class PrivateView(View):
    """A page behind a secret link."""

    secret: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, and mark the answer as private."""
        store.purge_now_and_then()
        self.secret = kwargs.pop("secret")
        try:
            with rules.one_rulebook():
                response = super().dispatch(request, *args, **kwargs)
        except store.NoSuchApplicationError:
            response = gone(request)
        except CannotDecryptError:
            log.exception("Stored answers cannot be opened; see ANSWERS_KEYS.")
            response = gone(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def context(self, answers: Answers) -> Context:
        """What forms may look at."""
        return Context(answers, clock.today())

    def show(
        self, template: str, answers: Answers, *, slug: str = "", status: int = 200, **context: Any
    ) -> HttpResponse:
        """Draw a page with what surrounds all of them."""
        shared = {
            "application": True,
            "secret": self.secret,
            "known": progress.known_so_far(answers, clock.today()),
        }
        if slug:
            page = routing.BY_SLUG[slug]
            shared |= {
                "page": page,
                "title": routing.title(page),
                "is_asked": page.asked(answers),
                "progress": routing.progress(slug, answers),
                "before": routing.before(slug, answers),
                "after": routing.after(slug, answers),
            }
        return render(self.request, f"eligibility/wizard/{template}.html", shared | context, status=status)
