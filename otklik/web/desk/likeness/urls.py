"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.likeness import steps, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("appeals/<int:pk>/kindred/", views.kindred, name="kindred"),
    path("appeals/<int:pk>/importance/", steps.importance, name="importance"),
]
