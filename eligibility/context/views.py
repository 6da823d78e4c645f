"""The public page of figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from eligibility.catalogue.public import public_page
from eligibility.context.presentation import topics
from eligibility.wizard import clock, rules


@public_page
def figures(request: HttpRequest) -> HttpResponse:
    """How things stand: plans, invitations, occupations, H-1B numbers; the figures in force today."""
    today = clock.today()
    context = {"topics": topics(rules.current(), today, rules.language()), "today": today}
    return render(request, "eligibility/context/page.html", context)
