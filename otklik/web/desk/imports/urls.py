"""Addresses of the import wizard."""

from __future__ import annotations

from django.urls import path

from otklik.web.desk.imports import runs, wizard

app_name = "imports"

urlpatterns = [
    path("", wizard.start, name="start"),
    path("files/<int:pk>/columns/", wizard.columns, name="columns"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/progress/", runs.progress, name="progress"),
    path("runs/<int:pk>/loading/", runs.loading, name="loading"),
    path("runs/<int:pk>/report.csv", runs.report, name="report"),
]
