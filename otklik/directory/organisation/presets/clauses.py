"""Clause numbers as a person reads them: `4.6.v.1` is «п. 4.6.в»."""

from __future__ import annotations

LETTERS = {
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "zh": "ж", "z": "з", "i": "и",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с",
}  # fmt: skip
PLACES = {
    "order": "постановление, п.",
    "structure": "структура, строка",
    "app1": "приложение 1, строка",
    "app2": "приложение 2, строка",
}


def clause_label(clause: str) -> str:
    """Russian label of a clause number (without the slug). Bullets after a letter are dropped."""
    head, _, rest = clause.partition(".")
    if head in PLACES:
        return f"{PLACES[head]}\u00a0{rest}"
    parts: list[str] = []
    for part in clause.split("."):
        if part in LETTERS:
            return "п.\u00a0" + ".".join([*parts, LETTERS[part]])
        parts.append(part)
    return "п.\u00a0" + ".".join(parts)
