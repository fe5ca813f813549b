"""What the person wrote now, apart from the history quoted below it."""

from __future__ import annotations

import re

WROTE = re.compile(
    r"^\s*(?:>\s*)?(?:on\b|\d{1,2}[./ ]|(?:в\s+)?(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник"
    r"|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)\b|от\s+кого).{0,300}"
    r"(?:wrote|пишет|писал\(?а?\)?|написал\(?а?\)?)\s*:?\s*$",
    re.IGNORECASE,
)
ORIGINAL = re.compile(
    r"^\s*[-_*]{2,}\s*(?:original message|исходное сообщение|исходное письмо"
    r"|первоначальное сообщение)\s*[-_*]{2,}\s*$",
    re.IGNORECASE,
)
FROM_LINE = re.compile(r"^\s*\*?(?:from|от|от кого|отправитель)\*?:\s*\S", re.IGNORECASE)
NEXT_FIELD = re.compile(
    r"^\s*\*?(?:sent|to|subject|date|отправлено|кому|тема|дата|копия)\*?:",
    re.IGNORECASE,
)
MAX_LINE = 600


def split(text: str) -> tuple[str, str]:
    """(new, history). A letter that is all history is taken as new: it was forwarded to us."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cut = _cut(lines)
    new = "\n".join(lines[:cut]).strip()
    if not new:
        return "\n".join(lines).strip(), ""
    return new, "\n".join(lines[cut:]).strip()


def _cut(lines: list[str]) -> int:
    for number, line in enumerate(lines):
        if len(line) > MAX_LINE:
            continue
        if ORIGINAL.match(line) or _is_attribution(lines, number) or _is_header(lines, number):
            return number
    return _tail_of_quotes(lines)


def _is_attribution(lines: list[str], number: int) -> bool:
    """«12.03.2026, 10:15, Иванов пишет:», also when the mail program has wrapped it."""
    if WROTE.match(lines[number]):
        return True
    following = lines[number + 1] if number + 1 < len(lines) else ""
    joined = f"{lines[number]} {following}"
    return (
        bool(following) and "@" in joined and len(joined) < MAX_LINE and bool(WROTE.match(joined))
    )


def _is_header(lines: list[str], number: int) -> bool:
    """Outlook's block «От: … Отправлено: … Кому: …»."""
    if not FROM_LINE.match(lines[number]):
        return False
    following = lines[number + 1 : number + 5]
    return sum(1 for line in following if NEXT_FIELD.match(line)) >= 2


def _tail_of_quotes(lines: list[str]) -> int:
    """Where the unbroken run of «>» lines at the end begins."""
    cut = len(lines)
    while cut and (lines[cut - 1].lstrip().startswith(">") or not lines[cut - 1].strip()):
        cut -= 1
    return cut
