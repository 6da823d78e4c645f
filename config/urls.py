"""Where each part of the site lives: staff under /staff/, everything else belongs to the applicant."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("staff/", admin.site.urls),
    path("", include("eligibility.urls")),
]
