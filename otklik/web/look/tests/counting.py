"""Counting what a page asks of the database, and which addresses a door has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver


def queries_of(client: Client, address: str) -> int:
    """Queries of one GET that must succeed."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        assert answer.status_code == 200, address
    return len(captured)


def counts_of(client: Client, addresses: Mapping[str, str]) -> dict[str, int]:
    """By name of the page; each is opened once before, so that nothing is counted cold."""
    for address in addresses.values():
        client.get(address)
    return {name: queries_of(client, address) for name, address in addresses.items()}


def grown(few: Mapping[str, int], many: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Pages that ask more of a fuller database."""
    return {name: (few[name], many[name]) for name in few if many[name] > few[name]}


def over(counts: Mapping[str, int], limits: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count > limits[name]}


def sizes_of(client: Client, addresses: Mapping[str, str]) -> dict[str, int]:
    """Bytes of every page: a list that shows no rows proves nothing by its count."""
    return {name: len(client.get(address).content) for name, address in addresses.items()}


def longer(short: Mapping[str, int], long: Mapping[str, int]) -> set[str]:
    return {name for name in short if long[name] > short[name]}


def views_of(package: str) -> dict[str, Callable[..., Any]]:
    """Every named view of a package by its full name, as the program resolves addresses."""
    return {
        name: view
        for name, view in _walk(get_resolver(), "")
        if view.__module__.startswith(package)
    }


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            space = f"{prefix}{found.namespace}:" if found.namespace else prefix
            yield from _walk(found, space)
        elif isinstance(found, URLPattern) and found.name:
            yield f"{prefix}{found.name}", found.callback
