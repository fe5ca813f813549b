"""Places in a template that a case fills in: «{{номер}}» or «{номер}». Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

VARIABLES: Mapping[str, str] = {
    "имя": "имя и отчество заявителя",
    "заявитель": "то же, что имя",
    "номер": "номер обращения",
    "дата": "день поступления",
    "срок": "день, до которого нужно ответить",
    "тема": "тема обращения",
    "адрес": "место, о котором пишет заявитель",
    "исполнитель": "орган, который готовит ответ",
    "центр": "название муниципалитета",
    "телефон": "телефон центра",
    "сегодня": "сегодняшний день",
}
GAP = "…"
_PLACE = re.compile(r"\{\{\s*([^{}\n]{1,40}?)\s*\}\}|\{\s*([^{}\n]{1,40}?)\s*\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text of an answer; what the case does not know becomes «…», to be written by a person."""
    return _PLACE.sub(lambda found: values.get(_name(found).lower(), "") or GAP, text)


def has_places(text: str) -> bool:
    return _PLACE.search(text) is not None


def unknown(text: str) -> list[str]:
    """Places that no case can fill, as written, once each."""
    names = [_name(found) for found in _PLACE.finditer(text)]
    return list(dict.fromkeys(name for name in names if name.lower() not in VARIABLES))


def refusal(text: str) -> tuple[str, str] | None:
    """(what is wrong, what to do) when a text names places that do not exist."""
    wrong = unknown(text)
    if not wrong:
        return None
    listed = ", ".join(f"{{{name}}}" for name in wrong)
    known = ", ".join(f"{{{name}}}" for name in VARIABLES)
    return f"Таких мест для подстановки нет: {listed}.", f"Можно вставить: {known}."


def _name(found: re.Match[str]) -> str:
    return found[1] or found[2]
