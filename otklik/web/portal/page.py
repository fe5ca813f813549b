"""What every page for citizens shares."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.urls import reverse

from otklik.directory.organisation.models import Municipality


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    centre: Municipality | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the portal; never kept by caches, never indexed when it shows a case."""
    shared: dict[str, Any] = {
        "centre": centre,
        "place_name": centre.name if centre else "Муниципальный центр управления",
        "home_url": reverse("portal:centre", args=[centre.slug]) if centre else "/",
        "contact_phone": centre.phone if centre else "",
        "contact_email": centre.email if centre else "",
        "menu": _menu(request, centre),
        "footer_links": [
            {"url": reverse("portal:privacy"), "label": "Персональные данные"},
            {"url": reverse("portal:accessibility"), "label": "Доступность"},
            {"url": reverse("account_login"), "label": "Вход для сотрудников"},
        ],
    }
    response = django_render(request, template, {**shared, **(context or {})}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _menu(request: HttpRequest, centre: Municipality | None) -> list[dict[str, Any]]:
    items = []
    if centre:
        items.append({"url": reverse("portal:new", args=[centre.slug]), "label": "Написать"})
    items.append({"url": reverse("portal:follow"), "label": "Узнать ответ"})
    return [{**item, "active": request.path == item["url"]} for item in items]


def address_of(request: HttpRequest) -> str:
    """The caller's address, for limits only; never stored with a case.

    Behind a proxy everybody comes from its address: the real one is the last that it added.
    """
    if settings.SECURE_PROXY_SSL_HEADER:
        passed = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if passed:
            return passed
    return str(request.META.get("REMOTE_ADDR", ""))
