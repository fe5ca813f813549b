"""Addresses of signed messages. The kind of the channel is a part of the address."""

from __future__ import annotations

from django.urls import URLPattern, path

from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.web.api.incoming import views

urlpatterns: list[URLPattern] = [
    path("call", views.call, {"kind": str(ChannelKind.HOTLINE122)}, name="intake-call"),
    path("message/<slug:kind>", views.message, name="intake-message"),
    path("placement/<slug:kind>/<path:external_id>", views.placement, name="intake-placement"),
    path("<slug:kind>/<path:external_id>", views.status, name="intake-status"),
]
