"""How an answer names an act: «в соответствии с Федеральным законом от … № … (ст. 10)». Pure."""

from __future__ import annotations

import re
from datetime import date

INSTRUMENTAL = {
    "федеральный закон": "Федеральным законом",
    "закон": "Законом",
    "конституция": "Конституцией",
    "кодекс": "Кодексом",
    "указ": "Указом",
    "постановление": "постановлением",
    "распоряжение": "распоряжением",
    "решение": "решением",
    "приказ": "приказом",
    "устав": "Уставом",
    "положение": "Положением",
    "порядок": "Порядком",
    "регламент": "Регламентом",
}
_ABOUT = re.compile(r"\s*(?:[«\"„]|\b(?:о|об|обо)\s).*$", re.IGNORECASE | re.DOTALL)


def citation(*, title: str, number: str, issued_on: date, article: str = "") -> str:
    """The words to put into an answer; `article` as people write it: «10» or «ст. 10 ч. 1»."""
    place = " ".join(article.split())
    if place[:1].isdigit():
        place = f"ст. {place}"
    named = f"{_short(title)} от {issued_on:%d.%m.%Y} №\u00a0{number}"
    return f"в соответствии с {named}" + (f" ({place})" if place else "")


def _short(title: str) -> str:
    """The kind of the act and who issued it, in the instrumental; what it is about is left out."""
    head = _ABOUT.sub("", title.strip()).strip(" ,")
    for kind, form in INSTRUMENTAL.items():
        if re.match(rf"{kind}\b", head, re.IGNORECASE):
            return f"{form}{head[len(kind) :]}"
    return f"актом «{title.strip()}»"
