"""Kilometres of roads: «12-й км трассы Р-120», «автодорога Вязьма — Калуга, км 14+300»."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROAD = r"(?:авто)?(?:дорог|трасс|магистрал|шоссе)[а-яё]{0,3}"
_NAME = (
    r"(?:[АМРМM]-?\s?\d{1,3}(?:\s?«[^«»]{1,40}»)?"
    r"|«[^«»]{1,60}»|[А-ЯЁ][а-яё-]{2,30}(?: [А-ЯЁ][а-яё-]{2,30})?"
    r"\s?[-–—]\s?[А-ЯЁ][а-яё-]{2,30}(?: [А-ЯЁ][а-яё-]{2,30})?)"
)
_KM_FIRST = re.compile(
    rf"(?P<km>\d{{1,4}}(?:\s?\+\s?\d{{1,3}})?)(?:-?(?:й|ый|ой|го|ом|м|ому))?\s?(?:км|километр[а-яё]{{0,3}})\.?,?\s"
    rf"(?:(?P<kind>{_ROAD})\s)?(?P<name>{_NAME})?",
)
_ROAD_FIRST = re.compile(
    rf"(?P<kind>{_ROAD})\s(?P<name>{_NAME}),?\s(?:на\s)?"
    r"(?:(?:км|километр[а-яё]{0,3})\.?\s?(?P<km>\d{1,4}(?:\s?\+\s?\d{1,3})?)"
    r"|(?P<km2>\d{1,4})(?:-?(?:й|ый|ой|го|ом|м))?\s?(?:км|километр[а-яё]{0,3}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kilometre:
    """`km`: «14» or «14+300»; `start` and `end`: characters."""

    road: str
    km: str
    start: int
    end: int


def kilometres(text: str) -> list[Kilometre]:
    if "км" not in text and "илометр" not in text and "КМ" not in text:
        return []
    found = [_made(match) for match in _ROAD_FIRST.finditer(text)]
    for match in _KM_FIRST.finditer(text):
        if not (match["kind"] or match["name"]) or any(
            f.start < match.end() and match.start() < f.end for f in found
        ):
            continue
        found.append(_made(match))
    return sorted(found, key=lambda item: item.start)


def _made(match: re.Match[str]) -> Kilometre:
    groups = match.groupdict()
    km = (groups.get("km") or groups.get("km2") or "").replace(" ", "")
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    return Kilometre(groups.get("name") or groups.get("kind") or "", km, match.start(), end)
