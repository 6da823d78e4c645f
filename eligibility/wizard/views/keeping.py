"""Starting, coming back, deleting and leaving."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.rate_limits import rate_limited
from eligibility.answers import store
from eligibility.wizard.views.private import PrivateView

# Shows nothing of where the visitor came from, and is as likely as any page to be open at work.
NEUTRAL_PAGE = "https://www.weather.gov/"
# Has the browser forget pages of this site that it still holds.
CLEAR = '"cache", "storage"'


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "eligibility/landing.html", {"kept_days": store.kept_for().days})


@rate_limited("start")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Make room for a person's answers, and go to the first question."""
    store.purge_now_and_then()
    return redirect("eligibility:page", store.start(), "h1b")


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Go where nothing of this is seen, and not say from where."""
    response = redirect(NEUTRAL_PAGE)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Say that everything is gone."""
    return render(request, "eligibility/wizard/deleted.html")


class ReturnView(PrivateView):
    """The secret link itself: to the first question, or to what was answered."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go there."""
        answers = store.visit(self.secret)
        return redirect("eligibility:page", self.secret, "h1b" if answers.are_empty else "check")


class KeepView(PrivateView):
    """How to come back later."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the secret link."""
        answers = store.visit(self.secret)
        link = request.build_absolute_uri(reverse("eligibility:return", args=[self.secret]))
        return self.show("keep", answers, link=link, kept_days=store.kept_for().days)


class DeleteView(PrivateView):
    """Deleting everything now."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self.show("delete", store.visit(self.secret))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Delete. Twice is as good as once."""
        store.delete(self.secret)
        response = redirect("eligibility:deleted")
        response.headers["Clear-Site-Data"] = CLEAR
        return response
