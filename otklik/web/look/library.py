"""The template library of the look and the one way its parts are rendered."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


def part(name: str, /, **context: Any) -> SafeString:
    """Render templates/look/parts/<name>.html with exactly this context."""
    return render_to_string(f"look/parts/{name}.html", context)


def split(text: str) -> list[str]:
    """Values of a «a|b|c» argument, trimmed; empty text gives an empty list."""
    return [piece.strip() for piece in text.split("|")] if text else []
