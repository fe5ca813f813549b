"""Addresses for services."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from otklik.web.hooks import views

door = [path("<int:account_id>/<str:hook_key>/", views.hook, name="hook")]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((door, "hooks")))]
