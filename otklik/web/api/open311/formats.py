"""The same content as XML (required by GeoReport v2) and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
# Signs that no XML document may hold, however they are written.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What the elements of a list are called in XML."""


def answer(
    form: str, root: str, content: Mapping[str, Any] | Sequence[Any], status: int = 200
) -> HttpResponse:
    """`root` is the name of the XML document's first element; JSON has none."""
    if form == "json":
        body = json.dumps(content, ensure_ascii=False).encode()
    else:
        made = ET.Element(root)
        _fill(made, root, content)
        body = b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(made, encoding="utf-8")
    response = HttpResponse(body, status=status, content_type=TYPES[form])
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _fill(element: ET.Element, name: str, content: Any) -> None:
    if isinstance(content, Mapping):
        for key, value in content.items():
            _fill(ET.SubElement(element, key), key, value)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for value in content:
            _fill(ET.SubElement(element, ITEMS[name]), ITEMS[name], value)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif content is not None:
        element.text = _FORBIDDEN.sub("", str(content))
