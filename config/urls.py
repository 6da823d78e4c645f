"""Where each part of the site lives: staff under /staff/, everything else belongs to the applicant."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("Northbound – the rules")
admin.site.site_title = _("Northbound")

urlpatterns = [
    path("staff/", admin.site.urls),
    path("", include("eligibility.urls")),
]
