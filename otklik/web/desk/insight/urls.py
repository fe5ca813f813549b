"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.insight import questions

_BOARDS: list[URLPattern | URLResolver] = [
    path("questions/", questions.questions, name="questions"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_BOARDS]
