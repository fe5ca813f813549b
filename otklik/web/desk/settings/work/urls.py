"""Addresses: mailboxes, routing, terms, calendar, approval, topics, templates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
