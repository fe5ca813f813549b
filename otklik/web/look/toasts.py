"""Say what was done, with a way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from otklik.web.look.components.filters import UNDO


def toast(
    request: HttpRequest, text: str, *, undo_url: str = "", level: int = messages.SUCCESS
) -> None:
    """Show `text` on the next page; with `undo_url` a button «Отменить» posts to it."""
    messages.add_message(request, level, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")
