"""What every page knows: the centre, whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from otklik.config.demo.signin import demo_staff
from otklik.config.demo.walk import walk_of
from otklik.exchange.signin.queries import staff_doors


def centre(request: HttpRequest) -> dict[str, Any]:
    shared: dict[str, Any] = {"demo": settings.DEMO, "public_url": settings.PUBLIC_URL}
    if settings.DEMO:
        shared["demo_walk"] = walk_of(request)
    if request.path == reverse("account_login"):
        shared["external_doors"] = list(staff_doors())
        shared["demo_staff"] = demo_staff()
    return shared
