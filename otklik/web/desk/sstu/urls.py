"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.sstu import settings, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sstu/", views.packages, name="sstu"),
    path("sstu/settings/", settings.exchange, name="sstu_settings"),
    path("sstu/<int:pk>/", views.package, name="sstu_package"),
    path("sstu/<int:pk>/files/<int:file_id>/", views.package_file, name="sstu_file"),
]
