"""The public pages and the applicant's own. The secret stands in the path; `config.log` keeps it out of the logs."""

from django.urls import include, path, register_converter

from eligibility import health
from eligibility.answers.whose import WhoseConverter
from eligibility.context.views import figures
from eligibility.h1b.views import CaseStatusView, ClockFormView, OwnClockView
from eligibility.my_plan.views import AssessmentView, CalendarView, MyPlanView
from eligibility.plans.views import PlanView
from eligibility.results.views import door, everything, results
from eligibility.since.views import SinceView
from eligibility.timeline.views import TimelineView
from eligibility.two_of_us.views import TwoOfUsView
from eligibility.what_if.views import (
    CompareView,
    RemoveScenarioView,
    ScenarioResultsView,
    ScenarioView,
    UseScenarioView,
)
from eligibility.wizard.views.keeping import DeleteView, KeepView, ReturnView, deleted, landing, leave, start
from eligibility.wizard.views.occupation_help import OccupationHelpView
from eligibility.wizard.views.questions import WAYS_TO_FIND, ItemView, RemoveItemView
from eligibility.wizard.views.steps import step

app_name = "eligibility"
register_converter(WhoseConverter, "whose")

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", landing, name="landing"),
    path("", include("eligibility.catalogue.urls")),
    path("start/", start, name="start"),
    path("leave/", leave, name="leave"),
    path("deleted/", deleted, name="deleted"),
    path("h1b/clock/", ClockFormView.as_view(), name="h1b_clock"),
    path("h1b/case-status/", CaseStatusView.as_view(), name="case_status"),
    path("context/", figures, name="context"),
    path("occupations/", include("eligibility.occupations.urls")),
    path("a/<str:secret>/", ReturnView.as_view(), name="return"),
    path("a/<str:secret>/clock/", OwnClockView.as_view(), name="clock"),
    path("a/<str:secret>/timeline/", TimelineView.as_view(), name="timeline"),
    path("a/<str:secret>/my-plan/", MyPlanView.as_view(), name="my_plan"),
    path("a/<str:secret>/my-plan/calendar.ics", CalendarView.as_view(), name="my_plan_calendar"),
    path("a/<str:secret>/my-plan/assessment.json", AssessmentView.as_view(), name="my_plan_assessment"),
    path("a/<str:secret>/results/", results, name="results"),
    path("a/<str:secret>/results/all/", everything, name="everything"),
    path("a/<str:secret>/results/<slug:program>/", door, name="door"),
    path("a/<str:secret>/plan/", PlanView.as_view(), name="plan"),
    path("a/<str:secret>/keep/", KeepView.as_view(), name="keep"),
    path("a/<str:secret>/delete/", DeleteView.as_view(), name="delete"),
    path("a/<str:secret>/since/", SinceView.as_view(), name="since"),
    path("a/<str:secret>/two-of-us/", TwoOfUsView.as_view(), name="two_of_us"),
    path("a/<str:secret>/what-if/", CompareView.as_view(), name="what_if"),
    path("a/<str:secret>/what-if/<int:scenario>/", ScenarioView.as_view(), name="scenario"),
    path("a/<str:secret>/what-if/<int:scenario>/results/", ScenarioResultsView.as_view(), name="scenario_results"),
    path("a/<str:secret>/what-if/<int:scenario>/use/", UseScenarioView.as_view(), name="use_scenario"),
    path("a/<str:secret>/what-if/<int:scenario>/remove/", RemoveScenarioView.as_view(), name="remove_scenario"),
    path("a/<whose:whose>/check/", step, {"slug": "check"}, name="check"),
    path("a/<whose:whose>/<slug:slug>/", step, name="page"),
    path("a/<whose:whose>/<slug:slug>/add/", ItemView.as_view(), name="add"),
    path("a/<whose:whose>/<slug:slug>/<int:item>/", ItemView.as_view(), name="item"),
    path("a/<whose:whose>/<slug:slug>/<int:item>/remove/", RemoveItemView.as_view(), name="remove"),
    *(
        path(
            f"a/<whose:whose>/<slug:slug>/{place}{way}/",
            OccupationHelpView.as_view(),
            {"way": way},
            name=f"{name}_find",
        )
        for way in sorted(WAYS_TO_FIND)
        for place, name in (("", "page"), ("<int:item>/", "item"))
    ),
]
