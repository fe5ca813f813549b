"""Fonts that come with the pages; where they are not built, those inside the libraries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

_ONE = "vendor/fonts/PTSans_400Regular.ttf"


@cache
def folder() -> Path | None:
    """The folder with PT Serif and PT Sans, or None."""
    found = finders.find(_ONE)
    return Path(found).parent if isinstance(found, str) else None


@cache
def family() -> str:
    """The face of pictures; DejaVu Sans (inside matplotlib) has Russian letters too."""
    from matplotlib import font_manager

    place = folder()
    if place is None:
        return "DejaVu Sans"
    for file in sorted(place.glob("PTSans_*.ttf")):
        font_manager.fontManager.addfont(file)
    return "PT Sans"
