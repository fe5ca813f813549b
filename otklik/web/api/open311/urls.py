"""Addresses of Open311 GeoReport v2; the format is the ending."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from otklik.web.api.open311 import posting, requests, services
from otklik.web.api.open311.door import speaking

FORM = r"\.(?P<form>xml|json)$"

door: list[URLPattern | URLResolver] = [
    re_path(rf"^(?:v2/)?discovery{FORM}", services.discovery, name="discovery"),
    re_path(rf"^v2/services{FORM}", services.services, name="services"),
    re_path(rf"^v2/services/(?P<code>[^/]+){FORM}", services.definition, name="definition"),
    re_path(
        rf"^v2/requests{FORM}",
        speaking(GET=requests.listed, POST=posting.posted),
        name="requests",
    ),
    re_path(rf"^v2/requests/(?P<pk>[^/]+){FORM}", speaking(GET=requests.one), name="request"),
    re_path(rf"^v2/tokens/(?P<code>[^/]+){FORM}", speaking(GET=posting.token), name="token"),
    re_path(rf"^v2/servicerequestupdates{FORM}", speaking(GET=requests.updates), name="updates"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((door, "open311")))]
