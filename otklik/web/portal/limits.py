"""Limits on guessing and flooding, kept in the shared cache."""

from __future__ import annotations

from django.core.cache import cache

from otklik.base.errors import Refused


def spend(purpose: str, who: str, *, most: int, seconds: int) -> None:
    """Count one try; raise Refused above `most` tries in `seconds`."""
    key = f"limit:{purpose}:{who}"
    if cache.add(key, 1, seconds):
        return
    try:
        tries = cache.incr(key)
    except ValueError:
        cache.add(key, 1, seconds)
        return
    if tries > most:
        raise Refused(
            "Слишком много попыток подряд.",
            f"Подождите {max(1, seconds // 60)} мин. и попробуйте снова или позвоните в центр.",
        )
