"""What is wrong in a request, in Russian: pydantic speaks of types, people of values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

Words = Callable[[Mapping[str, Any]], str]

WORDS: dict[str, Words] = {
    "missing": lambda _: "не указано",
    "extra_forbidden": lambda _: "такого поля нет",
    "string_too_long": lambda c: f"длиннее {c['max_length']} знаков",
    "string_too_short": lambda c: "пусто" if c["min_length"] == 1 else "слишком коротко",
    "string_type": lambda _: "нужна строка",
    "string_pattern_mismatch": lambda _: "недопустимый вид",
    "int_parsing": lambda _: "нужно целое число",
    "int_type": lambda _: "нужно целое число",
    "int_from_float": lambda _: "нужно целое число",
    "float_parsing": lambda _: "нужно число",
    "float_type": lambda _: "нужно число",
    "finite_number": lambda _: "нужно число",
    "bool_parsing": lambda _: "нужно true или false",
    "bool_type": lambda _: "нужно true или false",
    "greater_than_equal": lambda c: f"меньше {c['ge']}",
    "less_than_equal": lambda c: f"больше {c['le']}",
    "literal_error": lambda c: f"допустимо: {c['expected'].replace(' or ', ', ')}",
    "enum": lambda c: f"допустимо: {c['expected'].replace(' or ', ', ')}",
    "timezone_aware": lambda _: "время без часового пояса",
    "json_invalid": lambda _: "это не JSON",
    "list_type": lambda _: "нужен список",
    "too_long": lambda c: f"больше {c['max_length']} элементов",
    "value_error": lambda c: str(c["error"]),
}
MOMENT = "нужны дата и время с часовым поясом, например 2026-03-05T10:00:00+03:00"
DAY = "нужна дата вида 2026-03-05"


def problems_of(error: ValidationError) -> list[tuple[str, str]]:
    """(name of the field with dots, what is wrong with it), in order."""
    return [
        (".".join(str(part) for part in one["loc"]), _words(str(one["type"]), one.get("ctx") or {}))
        for one in error.errors(include_url=False, include_input=False)
    ]


def _words(kind: str, context: Mapping[str, Any]) -> str:
    if kind in WORDS:
        return WORDS[kind](context)
    if kind.startswith("datetime"):
        return MOMENT
    if kind.startswith("date"):
        return DAY
    if kind.startswith(("model", "dict")):
        return "нужен объект"
    return "недопустимое значение"
