"""Tabs of the journal."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

TABS = (
    ("desk:journal", "События"),
    ("desk:journal-reads", "Просмотры персональных данных"),
    ("desk:journal-seals", "Опечатывание"),
    ("desk:journal-export", "Выгрузка за период"),
)


def tabs(active: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(name), "active": name == active} for name, label in TABS
    ]
