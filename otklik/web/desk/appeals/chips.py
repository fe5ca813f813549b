"""Active conditions of a list as chips that can be taken off one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.language.wording import counted

LABELS = {
    "q": "слова",
    "status": "состояние",
    "channel": "канал",
    "regime": "порядок",
    "topic": "тема",
    "topic_group": "группа тем",
    "theme": "тематика",
    "body": "исполнитель",
    "addressee": "кому",
    "settlement": "место",
    "street": "улица",
    "places": "места",
    "bbox": "на карте",
    "area": "на карте",
    "cells": "на карте",
    "score": "оценка",
    "repetition": "повторность",
    "since": "поступило с",
    "until": "поступило по",
    "answered_since": "ответ с",
    "answered_until": "ответ по",
    "due_since": "срок с",
    "due_until": "срок по",
}
FLAGS = {
    "open": "в работе",
    "overdue": "просрочено",
    "repeated": "повторные",
    "reopened": "возобновлённые",
    "unassigned": "без исполнителя",
    "no_place": "без места",
    "no_point": "без точки на карте",
    "no_topic": "без темы",
    "no_theme": "тематика не отмечена",
    "late": "ответ позже срока",
    "in_time": "ответ в срок",
    "closing": "с ответом или истёкшим сроком",
    "no_body": "без исполнителя",
    "scored": "с оценкой",
}

_ON_MAP: dict[str, Callable[[str], str]] = {
    "bbox": lambda _: "прямоугольник",
    "area": lambda _: "обведённое место",
    "cells": lambda value: counted(value.count(";") + 1, ("ячейка", "ячейки", "ячеек")),
    "places": lambda value: str(value.count(",") + 1),
}


def chips(wanted: AppealFilter, form: forms.Form) -> list[dict[str, str]]:
    """`{label, url}` per active condition; the url is the list without it."""
    found = []
    for name, value in wanted.pairs().items():
        label = FLAGS.get(name) or f"{LABELS.get(name, name)}: {_shown(form, name, value)}"
        found.append({"label": label, "url": f"?{wanted.without(name).query()}"})
    return found


def _shown(form: forms.Form, name: str, value: str) -> str:
    field = form.fields.get(name)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(label) for key, label in choices if str(key) == value), value)
    if name in _ON_MAP:
        return _ON_MAP[name](value)
    if name.endswith(("since", "until")):
        return ".".join(reversed(value.split("-")))
    return value
