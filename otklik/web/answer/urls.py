"""Addresses of one-time links."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from otklik.web.answer import requests, views

door = [
    path("thanks/", views.thanks, name="thanks"),
    path("requests/thanks/", requests.thanks, name="request_thanks"),
    path("requests/<str:token>/", requests.request, name="request"),
    path("<str:token>/", views.answer, name="answer"),
    path("<str:token>/files/<int:file_id>/", views.file, name="file"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((door, "answer")))]
