"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.regional import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("regional/", views.items, name="regional"),
    path("regional/address/", views.address, name="regional_address"),
    path("regional/<int:pk>/", views.item, name="regional_item"),
    path("appeals/<int:pk>/regional/", views.ask, name="regional_ask"),
]
