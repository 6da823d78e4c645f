"""The pages of the US side: the person's own clock, the clock for anyone, and the form of receipt numbers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from config.rate_limits import rate_limited
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine.requirements import cite
from eligibility.h1b import receipts
from eligibility.h1b.clock import clock as days_that_count
from eligibility.h1b.forms import ClockForm, ReceiptsForm
from eligibility.h1b.presentation import ClockPage, present
from eligibility.profile import Profile, read_profile
from eligibility.results.own_view import EvaluatedView
from eligibility.wizard import clock, routing, rules


def clock_page(profile: Profile, asked: frozenset[str] = frozenset()) -> ClockPage:
    """The page for a profile, under the one rulebook that this request keeps to."""
    rulebook, today = rules.current(), clock.today()
    entries = days_that_count(profile, rulebook, today, asked)
    book = rulebook.on(today)
    return present(
        entries,
        rules.h1b().clock,
        today=today,
        language=rules.language(),
        book=book,
        children=len(profile.children or ()),
        citizenships=profile.citizenships or (),
    )


class OwnClockView(EvaluatedView):
    """The days that count for a person, from their own answers."""

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """The days, of those facts that are asked of somebody in this situation."""
        questions = rules.h1b_questions(answers.value("h1b", "situation"))
        asked = frozenset(f"h1b.{name}" for name in questions if name in routing.H1B_FACTS)
        page = clock_page(to_profile(answers, clock.today()), asked)
        context |= {"page": page, "is_told": routing.has_told_situation(answers)}
        return render(self.request, "eligibility/h1b/own_clock.html", context)


@rate_limited("forms")
class ForgetfulView(View):
    """A public page whose form is answered at once: nothing typed is stored, logged or sent on.

    Since nothing is changed either, a forged request gains nothing: no CSRF token is asked for, and so no cookie
    is needed.
    """

    @method_decorator(csrf_exempt)
    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, and keep what was typed out of caches."""
        with rules.one_rulebook():
            response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Cache-Control"] = "no-store"
        return response


class ClockFormView(ForgetfulView):
    """The clock for anyone who types dates."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for the dates."""
        return self._show(request, ClockForm(clock.today()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show the days that follow from them, above the form."""
        form = ClockForm(clock.today(), request.POST)
        if not form.is_valid():
            return self._show(request, form)
        return self._show(request, form, clock_page(read_profile(form.profile())))

    def _show(self, request: HttpRequest, form: ClockForm, page: ClockPage | None = None) -> HttpResponse:
        return render(request, "eligibility/h1b/clock.html", {"form": form, "page": page})


class CaseStatusView(ForgetfulView):
    """Receipt numbers, checked for their form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for them."""
        return self._show(request, ReceiptsForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say what is right and what is not, above the form."""
        form = ReceiptsForm(request.POST)
        found = rules.h1b().receipt_numbers
        if not form.is_valid() or found is None:
            return self._show(request, form)
        return self._show(request, form, receipts.check(form.cleaned_data["numbers"], found))

    def _show(self, request: HttpRequest, form: ReceiptsForm, report: receipts.Report | None = None) -> HttpResponse:
        rule = rules.h1b().receipt_numbers
        language, book = rules.language(), rules.in_force()
        context = {
            "form": form,
            "report": report,
            "rule": rule,
            "citation": cite(rule, book, language) if rule else None,
            "told": [(told.text, cite(told, book, language)) for told in rule.told] if rule else [],
        }
        return render(request, "eligibility/h1b/case_status.html", context)
