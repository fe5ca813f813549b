"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.growth import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("growth/", views.growth, name="growth"),
    path("growth/year/", views.year, name="growth_year"),
    path("growth/words/", views.words, name="growth_words"),
    path("growth/files/<slug:ending>/", views.file, name="growth_file"),
]
