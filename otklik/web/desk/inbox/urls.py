"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.inbox import item, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/undo/<str:batch>/", views.undo, name="inbox_undo"),
    path("inbox/<str:kind>/<int:pk>/", item.thing, name="inbox_item"),
    path("inbox/message/<int:pk>/files/<int:file_id>/", item.file, name="inbox_file"),
]
