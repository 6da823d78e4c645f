"""Where each part of the site lives: staff under /staff/, everything else belongs to the applicant."""

from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from config import metrics

admin.site.site_header = _("Northbound – the rules")
admin.site.site_title = _("Northbound")

# Where the database is the cause, it says so.
handler500 = "config.unreachable.error"
handler400 = "config.errors.bad_request"

urlpatterns = [
    # Browsers ask for this by themselves where a page names no icon, as admin's do not.
    path("favicon.ico", lambda _request: redirect(static("img/northbound.svg"))),
    path("staff/", admin.site.urls),
    path("metrics", metrics.view, name="metrics"),
    path("", include("eligibility.urls")),
]
