"""Every address of the program; each door keeps its own list."""

from __future__ import annotations

import importlib.util

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from otklik.config.basemap import basemap
from otklik.config.demo.signin import demo_signin
from otklik.config.demo.walk import demo_walk

DOORS = (
    ("desk/", "otklik.web.desk.urls"),
    ("a/", "otklik.web.answer.urls"),
    ("hooks/", "otklik.web.hooks.urls"),
    ("api/", "otklik.web.api.urls"),
    ("open311/", "otklik.web.api.open311.urls"),
    ("", "otklik.web.portal.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("basemap.pmtiles", basemap, name="basemap"),
    path("accounts/demo/", demo_signin, name="demo-signin"),
    path("accounts/demo/walk/", demo_walk, name="demo-walk"),
    path("accounts/", include("otklik.config.signin.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    # Entry and return only: pages of binding and signing up are for nobody.
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
urlpatterns += [
    path(prefix, include(module)) for prefix, module in DOORS if importlib.util.find_spec(module)
]
if settings.DEBUG or settings.DEMO:
    from otklik.config.styleguide import styleguide

    urlpatterns += [path("styleguide/", styleguide)]
