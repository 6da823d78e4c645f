"""The page of what changed since a person last came."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine import assess
from eligibility.results.own_view import EvaluatedView
from eligibility.since.mark import mark, read
from eligibility.since.noticing import remember
from eligibility.since.presentation import since
from eligibility.wizard import clock, rules


class SinceView(EvaluatedView):
    """What changed in rules and rounds since the results were last seen, and what that does to the person."""

    http_method_names = ["get", "head", "options", "post"]

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """Tell it."""
        seen, rulebook, today = read(answers), rules.current(), clock.today()
        found = None
        if seen is not None:
            assessment = assess(to_profile(answers, today), rulebook.on(today), rules.language())
            found = since(seen, answers, assessment, rulebook)
        context |= {"since": found, "today": today}
        return render(self.request, "eligibility/since/page.html", context)

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Take it as seen: from now on is told what changes after this."""
        answers, rulebook, today = store.visit(self.secret), rules.current(), clock.today()
        assessment = assess(to_profile(answers, today), rulebook.on(today), rules.language())
        remember(self.secret, mark(answers, assessment, rulebook, timezone.now()))
        return redirect("eligibility:results", self.secret)
