"""Who a name belongs to: what stands before it and where in the message it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from otklik.language.masking import roles, words
from otklik.language.masking.tokens import Word

_BACK = 6
_CLOSE = re.compile(r"[\s,.:—–-]{0,4}")
_STOPS = frozenset(("VERB", "CONJ", "INFN", "ADVB", "PRCL", "NPRO", "GRND", "PRED"))
_SELF = frozenset(("я", "мной", "это"))
_FROM = re.compile(
    r"(?:^|\n|администраци\w|обращение|заявление|жалоба)\s{0,2}\W{0,3}"
    r"от\s(?:гр\.?\s|гражданина\s|гражданки\s)?$",
    re.IGNORECASE,
)
_SENDS = frozenset(("от", "гр", "гражданина", "гражданки"))
_ANSWER = re.compile(
    r"(?:ответ\w{0,6}|прошу|выслать|направить|сообщить|выдать)\W[^.!?\n]{0,50}$", re.IGNORECASE
)
_BEGINS = re.compile(r"\s?(?:[:—,\n]|$|[+(]?\d|прос|из )")
_ENDS = re.compile(r"[\s.!)]*$")


def role_before(text: str, every: Sequence[Word], at: int) -> str:
    """The nearest word before that tells who is named: «директор школы № 8», «сосед сверху»."""
    if _is_self(text, every, at):
        return roles.APPLICANT
    if not any(word.role for word in every[max(0, at - _BACK) : at]):
        return ""
    before = every[at - 1].text
    if words.speech(before) == "PREP" and len(before) < 5:
        return ""
    return _nearest(text, every, at)


def _nearest(text: str, every: Sequence[Word], at: int) -> str:
    for back in range(at - 1, max(-1, at - 1 - _BACK), -1):
        gap = text[every[back].end : every[back + 1].start]
        role = every[back].role
        if every[back + 1].opens and not ("\n" in gap and "," in gap and back == at - 1):
            return ""
        if role and _reaches(gap, role, back < at - 1):
            return role
        if role == roles.APPLICANT or _breaks(every[back], gap):
            return ""
    return ""


def _reaches(gap: str, role: str, far: bool) -> bool:
    """«Мама, Нестерова Галина»: a comma may stand only beside the name."""
    if role == roles.APPLICANT:
        return not far and not gap.strip(" ,:—–-\n.")
    return "," not in gap or (not far and role != roles.STAFF)


def _breaks(word: Word, gap: str) -> bool:
    if any(sign in gap for sign in ",:("):
        return True
    return words.speech(word.text) in _STOPS or word.part.patronymic


def _is_self(text: str, every: Sequence[Word], at: int) -> bool:
    before = every[at - 1] if at else None
    if before is not None and before.text.casefold() in _SELF and not every[at].opens:
        gap = text[before.end : every[at].start]
        # «3-я Цветовская» is a street.
        return _CLOSE.fullmatch(gap) is not None and text[max(0, before.start - 1)] != "-"
    head = text[max(0, every[at].start - 70) : every[at].start]
    if before is not None and before.text.casefold() in _SENDS and _FROM.search(head):
        return True
    return every[at].part.may("datv") and _ANSWER.search(head) is not None


def is_signature(text: str, every: Sequence[Word], at: int, end: int) -> bool:
    """A name that stands apart: the last line, or the very beginning before a colon."""
    head = text[max(0, every[at].start - 40) : every[at].start].rstrip(" \t")
    tail = text[end : end + 40]
    if not head:
        return _BEGINS.match(tail) is not None
    return head[-1] in ".!?\n," and _ENDS.match(tail) is not None and len(text) - end < 40
