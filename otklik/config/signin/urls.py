"""Addresses of staff entry by ЕСИА."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.config.signin.esia import esia_back, esia_start

urlpatterns: list[URLPattern | URLResolver] = [
    path("esia/back/", esia_back, name="esia_back"),
    path("esia/<slug:key>/", esia_start, name="esia_start"),
]
