"""What every private page does: find the answers, and tell calmly when there are none."""

import logging
from contextlib import AbstractContextManager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from config import rate_limits
from eligibility.answers import store
from eligibility.answers.cipher import CannotDecryptError
from eligibility.answers.document import Answers
from eligibility.answers.scenarios import NoSuchScenarioError, Scenario
from eligibility.answers.whose import Whose
from eligibility.wizard import clock, progress, routing, rules
from eligibility.wizard.forms import Context

log = logging.getLogger(__name__)


def gone(request: HttpRequest) -> HttpResponse:
    """The page for a secret under which nothing is kept."""
    return render(request, "eligibility/wizard/gone.html", status=404)


class PrivateView(View):
    """A page behind a secret link. `whose` says which answers it works on: the person's own, or a scenario's."""

    whose: Whose
    secret: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer. `config.middleware.PrivatePages` keeps it out of caches."""
        store.purge_now_and_then()
        self.whose = kwargs.pop("whose", None) or Whose(kwargs.pop("secret"))
        self.secret = self.whose.secret
        # Whoever has tried too many links gets this answer to every link, right or wrong, and learns nothing from it.
        if not rate_limits.is_left(request, "links"):
            return rate_limits.refusal(request, "links")
        try:
            with rules.one_rulebook():
                response = super().dispatch(request, *args, **kwargs)
        except store.NoSuchApplicationError:
            rate_limits.take(request, "links")
            response = gone(request)
        except NoSuchScenarioError:
            response = render(request, "eligibility/what_if/gone.html", {"secret": self.secret}, status=404)
        except CannotDecryptError:
            log.exception("Stored answers cannot be opened; see ANSWERS_KEYS.")
            response = gone(request)
        return response

    def visit(self) -> Answers:
        """Read the answers that this page works on."""
        return store.visit(self.secret, self.whose.scenario)

    def change(self) -> AbstractContextManager[Answers]:
        """Change the answers that this page works on."""
        return store.change(self.secret, self.whose.scenario)

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
            "whose": self.whose,
            "scenario": answers if isinstance(answers, Scenario) else None,
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
