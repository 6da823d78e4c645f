"""The public pages and the applicant's own. The secret stands in the path; `config.log` keeps it out of the logs."""

from django.urls import include, path

from eligibility import health
from eligibility.context.views import ContextView
from eligibility.h1b.views import CaseStatusView, ClockFormView, OwnClockView
from eligibility.results.views import door, everything, results
from eligibility.wizard.views.keeping import DeleteView, KeepView, ReturnView, deleted, landing, leave, start
from eligibility.wizard.views.occupation_help import OccupationHelpView
from eligibility.wizard.views.questions import WAYS_TO_FIND, ItemView, RemoveItemView
from eligibility.wizard.views.steps import step

app_name = "eligibility"

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
    path("context/", ContextView.as_view(), name="context"),
    path("occupations/", include("eligibility.occupations.urls")),
    path("a/<str:secret>/", ReturnView.as_view(), name="return"),
    path("a/<str:secret>/clock/", OwnClockView.as_view(), name="clock"),
    path("a/<str:secret>/results/", results, name="results"),
    path("a/<str:secret>/results/all/", everything, name="everything"),
    path("a/<str:secret>/results/<slug:program>/", door, name="door"),
    path("a/<str:secret>/keep/", KeepView.as_view(), name="keep"),
    path("a/<str:secret>/delete/", DeleteView.as_view(), name="delete"),
    path("a/<str:secret>/check/", step, {"slug": "check"}, name="check"),
    path("a/<str:secret>/<slug:slug>/", step, name="page"),
    path("a/<str:secret>/<slug:slug>/add/", ItemView.as_view(), name="add"),
    path("a/<str:secret>/<slug:slug>/<int:item>/", ItemView.as_view(), name="item"),
    path("a/<str:secret>/<slug:slug>/<int:item>/remove/", RemoveItemView.as_view(), name="remove"),
    *(
        path(
            f"a/<str:secret>/<slug:slug>/{place}{way}/", OccupationHelpView.as_view(), {"way": way}, name=f"{name}_find"
        )
        for way in sorted(WAYS_TO_FIND)
        for place, name in (("", "page"), ("<int:item>/", "item"))
    ),
]
