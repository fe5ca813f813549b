"""Every page of the desk that can be asked for, with something to ask it about."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

PACKAGE = "otklik.web.desk"
Keys = dict[str, Any]
_ANY: dict[str, Any] = {"IntConverter": 1, "SlugConverter": "x", "StringConverter": "x"}
_ASKED: dict[str, bool] = {}
_NOISE = (
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), b"csrf"),
    (re.compile(rb'name="csrf-token" content="[^"]*"'), b"csrf"),
    (re.compile(rb'"X-CSRFToken": *"[^"]*"|csrftoken[^;"]*'), b"csrf"),
    (re.compile(rb"\bi-[a-z0-9-]+-[0-9a-f]{8}\b"), b"hint"),
    (re.compile(rb'nonce[-=]"?[\w+/=-]+"?'), b"nonce"),
    (re.compile(rb'name="(key|form_token|token)" value="[^"]*"'), b"token"),
)
_IN_ZIP = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*<")


@dataclass(frozen=True)
class Answer:
    """What somebody learns of a page: its code, its bytes, how much it asked of the database."""

    code: int
    content: bytes
    queries: int
    statements: tuple[str, ...] = field(default=(), compare=False, repr=False)


def pages() -> dict[str, URLPattern]:
    """Every address of the desk by its full name."""
    return {
        name: found
        for name, found in _walk(get_resolver(), "")
        if found.callback.__module__.startswith(PACKAGE)
    }


def is_asked(client: Client, name: str, found: URLPattern) -> bool:
    """Whether the address is for looking; one for doing answers 405 whatever its parameters."""
    if name not in _ASKED:
        kinds = found.pattern.converters.items()
        anything = {key: _ANY[type(kind).__name__] for key, kind in kinds}
        _ASKED[name] = answer(client, reverse(name, kwargs=anything)).code != 405
    return _ASKED[name]


def answer(client: Client, address: str, *, keeps: bool = False) -> Answer:
    """One look, after which nothing is left of it in the database, unless it `keeps`."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # A session is renewed once in a while, whatever the page.
        if "django_session" not in sql and not sql.startswith(("SAVEPOINT", "RELEASE")):
            sent.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            told = client.get(address)
            content = _content(told)
        transaction.set_rollback(not keeps)
    return Answer(told.status_code, plain(content), len(sent), tuple(sent))


def plain(content: bytes) -> bytes:
    """Without what differs from one answer to the next of the same page."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            parts = [name.encode() + b"\n" + box.read(name) for name in sorted(box.namelist())]
        return _IN_ZIP.sub(b"moment", b"\n".join(parts))
    for pattern, word in _NOISE:
        content = pattern.sub(word, content)
    return content


def _content(told: Any) -> bytes:
    if told.streaming:
        return b"".join(told)
    return bytes(told.content) + str(told.headers.get("Location", "")).encode()


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            space = f"{prefix}{found.namespace}:" if found.namespace else prefix
            yield from _walk(found, space)
        elif isinstance(found, URLPattern) and found.name:
            yield f"{prefix}{found.name}", found
