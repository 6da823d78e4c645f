"""The public page of figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from eligibility.context.presentation import topics
from eligibility.wizard import clock, rules


class ContextView(View):
    """How things stand: plans, invitations, occupations, H-1B numbers."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the figures in force today."""
        with rules.one_rulebook():
            today = clock.today()
            context = {"topics": topics(rules.current(), today, rules.language()), "today": today}
            return render(request, "eligibility/context/page.html", context)
