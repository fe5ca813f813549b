"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.journal import export, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("journal/", views.journal, name="journal"),
    path("journal/export/", export.export, name="journal-export"),
    path("journal/file/", views.file, name="journal-file"),
    path("journal/reads/", views.reads, name="journal-reads"),
    path("journal/seals/", views.seals, name="journal-seals"),
]
