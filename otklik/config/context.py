"""What every page knows: the centre, whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def centre(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "public_url": settings.PUBLIC_URL}
