"""The text as it is copied into the cabinet of ПОС, and what is typed back from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from otklik.base.errors import Refused

HOST = "gosuslugi.ru"
MOST_OPTIONS = 50
LONGEST = 500


def placing_text(
    *, title: str, question: str, options: Sequence[str], since: date, until: date, basis: str
) -> str:
    """Everything that is typed there, one field under another."""
    lines = [title, "", question, ""]
    lines += [f"{number}. {text}" for number, text in enumerate(options, start=1)]
    lines += [""] if options else []
    lines += [f"Срок: {since:%d.%m.%Y} — {until:%d.%m.%Y}", f"Основание: {basis}"]
    return "\n".join(lines)


def checked_options(typed: Iterable[str], *, needed: bool) -> list[str]:
    """Options without blanks; raise Refused for too few, repeated, too long ones."""
    given = [" ".join(line.split()) for line in typed]
    found = [line for line in given if line]
    if needed and len(found) < 2:
        raise Refused(
            "Вариантов ответа меньше двух.", "Напишите варианты, каждый в отдельной строке."
        )
    if len(found) > MOST_OPTIONS:
        raise Refused(f"Вариантов больше {MOST_OPTIONS}.", "Сократите список.")
    if len({line.casefold() for line in found}) < len(found):
        raise Refused("Один из вариантов повторяется.", "Оставьте каждый вариант один раз.")
    if any(len(line) > LONGEST for line in found):
        raise Refused(f"Вариант ответа длиннее {LONGEST} знаков.", "Сократите его.")
    return found


def checked_link(typed: str) -> str:
    """An address on Госуслуги or nothing; raise Refused for any other."""
    link = typed.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme != "https" or not (host == HOST or host.endswith(f".{HOST}")):
        raise Refused(
            "Это не ссылка на Госуслуги.",
            "Скопируйте адрес из кабинета ПОС: он начинается с https://pos.gosuslugi.ru.",
        )
    return link
