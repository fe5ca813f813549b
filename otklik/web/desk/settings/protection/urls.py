"""Address of the page of protection of information."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.settings.protection.views import protection

urlpatterns: list[URLPattern | URLResolver] = [
    path("protection/", protection, name="protection"),
]
