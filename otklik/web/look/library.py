"""The template library of the look and the one way its parts are rendered."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from django import template
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = template.Library()


def _compiled(name: str) -> Template:
    found: Any = get_template(f"look/parts/{name}.html")
    return cast("Template", found.template)


_kept = cache(_compiled)


def part(name: str, /, **context: Any) -> SafeString:
    """Render templates/look/parts/<name>.html with exactly this context."""
    return (_compiled if settings.DEBUG else _kept)(name).render(Context(context))


def split(text: str) -> list[str]:
    """Values of a «a|b|c» argument, trimmed; empty text gives an empty list."""
    return [piece.strip() for piece in text.split("|")] if text else []
