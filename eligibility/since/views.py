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

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """Take it as seen: from now on is told what changes after this."""
        return self.safely(store.visit(self.secret), is_seen=True)

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """Tell it, or remember that it was told."""
        seen, rulebook, today = read(answers), rules.current(), clock.today()
        assessment = assess(to_profile(answers, today), rulebook.on(today), rules.language())
        if address.get("is_seen"):
            remember(self.secret, mark(answers, assessment, rulebook, timezone.now()))
            return redirect("eligibility:results", self.secret)
        context |= {"since": since(seen, answers, assessment, rulebook) if seen else None, "today": today}
        return render(self.request, "eligibility/since/page.html", context)
