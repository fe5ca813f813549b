"""Addresses of the import wizard."""

from __future__ import annotations

from django.urls import path

from otklik.web.desk.imports import differences, networks, profiles, runs, wizard

app_name = "imports"

urlpatterns = [
    path("", wizard.start, name="start"),
    path("files/<int:pk>/columns/", wizard.columns, name="columns"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/progress/", runs.progress, name="progress"),
    path("runs/<int:pk>/loading/", runs.loading, name="loading"),
    path("runs/<int:pk>/report.csv", runs.report, name="report"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/new/", profiles.profile_new, name="profile_new"),
    path("profiles/<int:pk>/", profiles.profile, name="profile"),
    path("profiles/<int:pk>/removal/", profiles.removal, name="profile_removal"),
    path("differences/", differences.differences, name="differences"),
    path("differences/<int:pk>/decision/", differences.decision, name="difference_decision"),
    path("networks/", networks.networks, name="networks"),
    path("networks/switch/", networks.switch, name="network_switch"),
]
