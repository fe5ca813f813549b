"""Places in a template that a case fills in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

VARIABLES: Mapping[str, str] = {
    "заявитель": "имя и отчество заявителя",
    "номер": "номер обращения",
    "дата": "день поступления",
    "тема": "тема обращения",
    "адрес": "место, о котором пишет заявитель",
    "исполнитель": "орган, который готовит ответ",
    "центр": "название муниципалитета",
}
GAP = "…"
_PLACE = re.compile(r"\{\s*([^{}\n]{1,40}?)\s*\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text of an answer; what the case does not know becomes «…», to be written by a person."""
    return _PLACE.sub(lambda found: values.get(found[1].lower(), "") or GAP, text)


def unknown(text: str) -> list[str]:
    """Places that no case can fill, as written, once each."""
    names = [found[1] for found in _PLACE.finditer(text) if found[1].lower() not in VARIABLES]
    return list(dict.fromkeys(names))
