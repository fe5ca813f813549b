"""A cut in words."""

from __future__ import annotations

from otklik.insight.cuts.rules.view import View

FLAGS = {
    "open": "в работе",
    "overdue": "просрочено",
    "repeated": "повторные",
    "reopened": "возобновлённые",
    "unassigned": "без исполнителя",
    "no_place": "без места",
    "no_topic": "без темы",
    "no_theme": "тематика не отмечена",
    "no_body": "без исполнителя",
    "scored": "с оценкой",
    "late": "ответ позже срока",
    "in_time": "ответ в срок",
    "closing": "с ответом или истёкшим сроком",
}


def name_of(view: View) -> str:
    """«Поступило по темам и каналам» would need cases: «Поступило: тема, канал»."""
    sides = [view.request.rows.label]
    if view.request.columns:
        sides.append(view.request.columns.label)
    measures = ", ".join(one.label for one in view.measures)
    return f"{measures[:1].upper()}{measures[1:]}: {', '.join(sides)}"
