"""My plan: the page, the calendar file, and the assessment as JSON."""

import json
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine import assess
from eligibility.my_plan import programs
from eligibility.my_plan.calendar_file import calendar
from eligibility.my_plan.page import Chosen, deadlines, present
from eligibility.planning import chosen as chosen_plan
from eligibility.results.own_view import EvaluatedView
from eligibility.results.views import evaluate
from eligibility.timeline.page import TimelinePage
from eligibility.timeline.views import timeline_page
from eligibility.wizard import clock, rules


def _ahead(answers: Answers) -> TimelinePage:
    return timeline_page(to_profile(answers, clock.today()))


def _chosen(answers: Answers) -> Chosen:
    return Chosen(programs.chosen(answers.beside), chosen_plan.chosen(answers.beside))


class MyPlanView(EvaluatedView):
    """One page to print: position, programs and steps chosen, days, papers, official pages."""

    http_method_names = ["get", "head", "options", "post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the programs ticked, or add one to those kept; say so where they are too many, and show the ticks."""
        known = {program.document.id for program in rules.in_force().programs}
        ticked = [key for key in request.POST.getlist("program") if key in known]
        try:
            with store.change(self.secret) as answers:
                wanted = [*programs.chosen(answers.beside), *ticked] if "add" in request.POST else ticked
                programs.choose(answers.beside, wanted)
        except programs.TooManyProgramsError:
            return self.safely(store.visit(self.secret), ticked=tuple(dict.fromkeys(wanted)))
        return redirect("eligibility:my_plan", self.secret)

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """The page, with what could not be kept if there is any."""
        ticked = address.get("ticked")
        chosen = replace(_chosen(answers), ticked=ticked)
        page = present(evaluate(answers, clock.today()), _ahead(answers), chosen, rules.current())
        context |= {"page": page, "most": programs.MOST, "ticked": len(ticked or ())}
        return render(self.request, "eligibility/my_plan/page.html", context, status=422 if ticked else 200)


class CalendarView(EvaluatedView):
    """The days of the plan as a calendar file."""

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """The file, to be saved."""
        days = deadlines(_ahead(answers), _chosen(answers), rules.current())
        return _file(calendar(days, self.secret, timezone.now()), "text/calendar; charset=utf-8", "northbound.ics")


class AssessmentView(EvaluatedView):
    """The assessment as `manage.py evaluate` writes it."""

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """The file, to be saved."""
        today = clock.today()
        found = assess(to_profile(answers, today), rules.current().on(today)).as_json()
        written = json.dumps(found, ensure_ascii=False, indent=2).encode()
        return _file(written, "application/json", "northbound-assessment.json")


def _file(contents: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(contents, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
