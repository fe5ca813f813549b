"""The words around an answer. Pure."""

from __future__ import annotations

from datetime import date


def subject_line(number: str, received_on: date) -> str:
    return f"Ответ на ваше обращение № {number} от {received_on:%d.%m.%Y}"


def letter_text(*, greeting_name: str, text: str, signed: str, centre: str, page_url: str) -> str:
    """The letter that carries an answer: greeting, answer, signature, where to follow."""
    greeting = f"Здравствуйте, {greeting_name}!" if greeting_name else "Здравствуйте!"
    has_greeting = text.lstrip().lower().startswith(("здравствуйте", "уважаем", "добрый день"))
    parts = [] if has_greeting else [greeting]
    parts += [text.strip(), f"{signed}\n{centre}".strip()]
    if page_url:
        parts.append(f"Ход рассмотрения и файлы: {page_url}")
    return "\n\n".join(part for part in parts if part)


def greeting_of(full_name: str) -> str:
    """«Иванова Мария Петровна» → «Мария Петровна»; anything else stays empty."""
    parts = full_name.split()
    if len(parts) == 3 and all(part[:1].isupper() for part in parts):
        return f"{parts[1]} {parts[2]}"
    return ""
