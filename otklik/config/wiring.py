"""Waking the rooms: reactions are imported once, when the program starts."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from django.apps import apps


def load_reactions() -> None:
    """Import `reactions` of every room that has one, so that they subscribe to the journal."""
    for room in apps.get_app_configs():
        if room.name.startswith("otklik.") and importlib.util.find_spec(f"{room.name}.reactions"):
            importlib.import_module(f"{room.name}.reactions")


def on_jobs_ready(app: Any) -> None:
    """Procrastinate's hook: nothing to add, tasks declare themselves in the rooms' `jobs`."""
