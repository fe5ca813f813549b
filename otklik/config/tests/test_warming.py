"""A process of the web program is ready before its first page."""

from __future__ import annotations

import gc
import sys
from typing import Any

from django.template import engines

from otklik.config.warming import warm


def test_screens_are_loaded_and_compiled_before_the_first_page() -> None:
    """Without the database: pytest-django lets nobody ask it here."""
    try:
        warm()
    finally:
        gc.unfreeze()
    backend: Any = engines["django"]
    cached = backend.engine.template_loaders[0].get_template_cache
    for name in ("desk/ratings/rating.html", "desk/heat/map.html", "look/parts/table.html"):
        assert any(str(key).startswith(name) for key in cached), name
    for module in ("otklik.web.desk.urls", "otklik.web.desk.tasks.panel", "holidays.countries"):
        assert module in sys.modules
