"""The default route and what follows a decision. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

DEFAULT_STEPS: tuple[dict[str, str], ...] = (
    {"permission": "approve", "label": "Согласование"},
    {"permission": "sign", "label": "Подпись"},
)


def next_order(orders: Sequence[int], decided: int) -> int | None:
    """The step after the decided one, or None when the route is walked to its end."""
    later = sorted(order for order in orders if order > decided)
    return later[0] if later else None


def problems(steps: Sequence[dict[str, Any]], known: Sequence[str]) -> list[str]:
    """Russian sentences on what is wrong with a route, empty when it is right."""
    if not steps:
        return ["В маршруте нет ни одного шага: добавьте хотя бы подпись."]
    found = [
        f"Шаг «{step.get('label', '')}»: неизвестное право «{step.get('permission', '')}»."
        for step in steps
        if step.get("permission") not in known
    ]
    unnamed = [str(n) for n, step in enumerate(steps, 1) if not str(step.get("label", "")).strip()]
    return found + [f"Шаг {number} без названия." for number in unnamed]
