"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.calls import calling, card

urlpatterns: list[URLPattern | URLResolver] = [
    path("calls/", calling.calls, name="calls"),
    path("calls/new/", card.call_new, name="call_new"),
    path("calls/lookup/", card.lookup, name="call_lookup"),
    path("calls/<int:pk>/attempt/", calling.attempt, name="call_attempt"),
    path("appeals/<int:pk>/call-back/", calling.ask, name="call_back"),
]
