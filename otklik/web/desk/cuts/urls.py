"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.cuts import indicators

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", indicators.indicators, name="indicators"),
]
