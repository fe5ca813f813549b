"""Addresses under /api/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

door: list[URLPattern | URLResolver] = [
    path("v1/", include("otklik.web.api.rest.urls")),
    path("intake/", include("otklik.web.api.incoming.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((door, "api")))]
