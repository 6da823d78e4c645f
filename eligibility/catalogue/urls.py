"""The addresses of the public catalogue."""

from django.urls import path

from eligibility.catalogue import sitemap, views

urlpatterns = [
    path("programs/", views.programs, name="programs"),
    path("programs/<slug:identifier>/", views.program, name="program"),
    path("points/<slug:identifier>/", views.grid, name="points"),
    path("lists/<slug:identifier>/", views.occupation_list, name="occupation_list"),
    path("rounds/", views.rounds, name="rounds"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
