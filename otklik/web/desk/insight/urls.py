"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.insight import questions, summary

_BOARDS: list[URLPattern | URLResolver] = [
    path("summary/", summary.summary, name="summary"),
    path("summary/file/", summary.file, name="summary_file"),
    path("summary/save/", summary.save, name="summary_save"),
    path("summary/<int:pk>/forget/", summary.forget, name="summary_forget"),
    path("questions/", questions.questions, name="questions"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_BOARDS]
