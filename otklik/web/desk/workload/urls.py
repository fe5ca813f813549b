"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.workload import norms, paper, rows, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("workload/", views.workload, name="workload"),
    path("workload/hint/", views.hint, name="workload_hint"),
    path("workload/rows/", rows.rows, name="workload_rows"),
    path("workload/norms/", norms.norms, name="workload_norms"),
    path("workload/norms/guess/", norms.guess, name="workload_guess"),
    path("workload/norms/share/", norms.share, name="workload_share"),
    path("workload/time/", views.time, name="workload_time"),
    path("workload/proposals/", paper.proposals, name="workload_proposals"),
    path("workload/proposals.<str:ending>", paper.file, name="workload_file"),
]
