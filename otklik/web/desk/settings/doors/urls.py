"""Addresses of the doors that stand elsewhere."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.settings.doors import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("doors/", views.doors, name="doors"),
    path("doors/new/<slug:kind>/", views.door_new, name="door_new"),
    path("doors/<int:pk>/", views.door, name="door"),
    path("doors/<int:pk>/check/", views.check, name="door_check"),
    path("doors/<int:pk>/unbinding/", views.unbinding, name="door_unbinding"),
]
