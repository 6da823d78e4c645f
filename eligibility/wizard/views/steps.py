"""Which view answers for a step, by the routing table."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from eligibility.answers.whose import Whose
from eligibility.wizard import routing
from eligibility.wizard.views.lists import ListView
from eligibility.wizard.views.private import PrivateView
from eligibility.wizard.views.questions import PageView
from eligibility.wizard.views.reading import CheckView, MeaningView

_VIEWS: Mapping[routing.Kind, type[PrivateView]] = {
    "form": PageView,
    "list": ListView,
    "info": MeaningView,
    "check": CheckView,
}
_STEPS = frozenset({"eligibility:page", "eligibility:add", "eligibility:item"})


def step(request: HttpRequest, whose: Whose, slug: str) -> HttpResponseBase:
    """A step of the questionnaire; 404 for a step that does not exist."""
    page = routing.BY_SLUG.get(slug)
    if page is None:
        raise Http404
    return _VIEWS[page.kind].as_view()(request, whose=whose, page=page)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A page that was open too long: show it with everything typed still there, to be sent again."""
    match = request.resolver_match
    if request.method == "POST" and match is not None and match.view_name in _STEPS:
        request.must_resend = True  # type: ignore[attr-defined]
        return match.func(request, *match.args, **match.kwargs)
    return render(request, "403_csrf.html", status=403)
