"""Addresses of the API: one per path, in the order they are declared."""

from __future__ import annotations

import re

from django.urls import URLPattern, path

from otklik.web.api.rest import cases, lists, news
from otklik.web.api.rest.openapi import document_view
from otklik.web.api.rest.routes import OPERATIONS, view_of

DECLARING = (cases, news, lists)
NAMES = {"/cases/{case_id}": "case"}


def _address(given: str) -> str:
    return re.sub(r"\{(\w+)\}", r"<int:\1>", given.lstrip("/"))


urlpatterns: list[URLPattern] = [
    path("openapi.json", document_view, name="openapi"),
    *[
        path(_address(one), view_of(one), name=NAMES.get(one, one.strip("/")))
        for one in dict.fromkeys(operation.path for operation in OPERATIONS)
    ],
]
