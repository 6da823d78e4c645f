"""The addresses below /occupations/."""

from django.urls import path, re_path

from eligibility.occupations import views

app_name = "occupations"

urlpatterns = [
    path("", views.index, name="index"),
    path("search", views.search_as_one_types, name="search"),
    path("from-us/", views.from_us, name="from_us"),
    path("software/", views.software, name="software"),
    re_path(r"^(?P<code>\d{5})/$", views.occupation, name="occupation"),
]
