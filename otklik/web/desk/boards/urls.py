"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.boards import views
from otklik.web.desk.today.parts import part

urlpatterns: list[URLPattern | URLResolver] = [
    path("board/", views.board, name="board"),
    path("today/<slug:name>/", part, name="today_part"),
]
