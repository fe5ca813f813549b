"""Addresses: the form on other sites, and ПОС on ours."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.settings.embedding import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("embedding/", views.embedding, name="embedding"),
]
