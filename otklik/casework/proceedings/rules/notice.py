"""The text of a notice: a template of the municipality with named blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from otklik.base.errors import Refused
from otklik.casework.proceedings.rules.checks import Asked, CaseFacts

BLANKS = ("номер", "дата", "причина", "органы", "суд", "ссылка", "ответы", "что", "центр")
_BLANK = re.compile(r"\{([^{}]*)\}")


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its blanks filled; an empty one leaves no empty paragraph behind."""
    text = _BLANK.sub(lambda found: values.get(found[1].strip(), ""), template)
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)


def check_template(template: str) -> None:
    """Raise Refused for a blank nobody fills."""
    strange = sorted({name for name in _BLANK.findall(template) if name.strip() not in BLANKS})
    if strange:
        known = ", ".join(f"{{{name}}}" for name in BLANKS)
        raise Refused(
            f"В шаблоне неизвестная подстановка: {{{strange[0]}}}.",
            f"Используйте только эти: {known}.",
        )


def blanks_of(case: CaseFacts, asked: Asked) -> dict[str, str]:
    """What the case and the person who decides put into the blanks."""
    return {
        "причина": asked.reason.strip(),
        "органы": "; ".join(dict.fromkeys(one.name for one in asked.recipients)),
        "суд": asked.court.strip(),
        "ссылка": asked.url.strip(),
        "ответы": ", ".join(case.earlier_answers),
    }
