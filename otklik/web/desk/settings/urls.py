"""Addresses of the settings: a first page and four groups of pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from otklik.web.desk.settings.views import index

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", index, name="settings"),
    path("settings/", include("otklik.web.desk.settings.people.urls")),
    path("settings/", include("otklik.web.desk.settings.workflow.urls")),
    path("settings/", include("otklik.web.desk.settings.protection.urls")),
    path("settings/", include("otklik.web.desk.settings.programs.urls")),
    path("settings/", include("otklik.web.desk.settings.doors.urls")),
    path("settings/", include("otklik.web.desk.settings.embedding.urls")),
]
