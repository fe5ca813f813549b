"""The quality checklist: what the program can see for itself, and what a person must confirm.

Sources: dedovichi 13 (errors in answers); unified criteria for returning answers: on the merits,
all questions, dates, proof, plain words, no bare references to laws. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "block"]

MIN_LETTERS = 60
_DATE = re.compile(
    r"\b\d{1,2}\.\d{1,2}\.\d{2,4}\b|\b\d{1,2}\s+(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|"
    r"сентябр|октябр|ноябр|декабр)\w*|\b(?:до конца|в течение|в срок до|на этой неделе|сегодня|"
    r"завтра|ежедневно|квартал\w*|20\d\d год\w*)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"№\s*\d+-?(?:ФЗ|п|ПП)\b|Федеральн\w+ закон|постановлени\w+ Правительств|ст(?:ать\w+|\.)\s*\d+",
    re.IGNORECASE,
)
_HEAVY = re.compile(
    r"\b(?:в целях обеспечения|вышеуказанн\w*|нижеследующ\w*|на предмет|в рамках реализации|"
    r"осуществля\w+ мероприяти\w*|надлежащ\w+ образом|данн(?:ый|ая|ое) вопрос|имеет место|"
    r"в установленном порядке|по существу вопроса сообщаем следующее)\b",
    re.IGNORECASE,
)
_RUDE = re.compile(
    r"\b(?:сам[иа]? виноват\w*|не по адресу|читайте внимательн\w*|вас не касается)\b", re.IGNORECASE
)
_SHOUT = re.compile(r"\b[А-ЯЁ]{4,}(?:\s+[А-ЯЁ]{4,}){2,}")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. `manual` ones are ticked by a person."""

    slug: str
    label: str
    level: Level
    note: str = ""
    manual: bool = False


MANUAL = (
    ("on_point", "Ответ по существу вопроса"),
    ("all_questions", "Даны ответы на все вопросы"),
    ("facts_checked", "Факты и сроки проверены"),
)


def check(
    text: str,
    *,
    confirmed: Mapping[str, bool],
    questions: int,
    personal: tuple[str, ...],
    files: int,
    public: bool,
) -> list[Check]:
    """The whole checklist. `personal` = kinds of personal data found in the text; `public` = the
    answer will stand where everybody reads it. Level «block» forbids sending for approval."""
    found = [_manual(slug, label, confirmed, questions) for slug, label in MANUAL]
    found.append(_length(text))
    found.append(
        _presence(
            "dates",
            "Названы сроки или даты",
            bool(_DATE.search(text)),
            "Напишите, когда сделано или будет сделано.",
        )
    )
    found.append(
        _presence(
            "proof",
            "Приложены подтверждения (фото, акт)",
            files > 0,
            "Если работы выполнены, приложите фотографию или акт.",
        )
    )
    found.append(_law(text))
    found.append(_words("plain", "Простой язык", _HEAVY, text, "Замените канцелярские обороты: "))
    found.append(_words("tone", "Спокойный, уважительный тон", _RUDE, text, "Смягчите: ", "block"))
    found.append(
        _words("caps", "Без фраз заглавными буквами", _SHOUT, text, "Перепишите обычными: ")
    )
    found.append(_personal(personal, public))
    return found


def blocks(checks: list[Check]) -> list[Check]:
    return [item for item in checks if item.level == "block"]


def _manual(slug: str, label: str, confirmed: Mapping[str, bool], questions: int) -> Check:
    if slug == "all_questions" and questions > 1:
        label = f"{label} ({questions})"
    done = bool(confirmed.get(slug))
    return Check(
        slug, label, "ok" if done else "block", "" if done else "Отметьте, что проверили.", True
    )


def _length(text: str) -> Check:
    letters = sum(sign.isalpha() for sign in text)
    if letters >= MIN_LETTERS:
        return Check("length", "Ответ не слишком короткий", "ok")
    return Check(
        "length",
        "Ответ не слишком короткий",
        "block",
        f"В ответе {letters} букв: этого мало, чтобы ответить по существу.",
    )


def _presence(slug: str, label: str, present: bool, note: str) -> Check:
    return Check(slug, label, "ok" if present else "warning", "" if present else note)


def _law(text: str) -> Check:
    laws = len(_LAW.findall(text))
    sentences = max(1, len(re.findall(r"[.!?…]+(?:\s|$)", text)))
    if laws >= 3 and laws / sentences > 0.5:
        return Check(
            "law",
            "Не одни ссылки на законы",
            "warning",
            "Объясните своими словами, что это значит для заявителя.",
        )
    return Check("law", "Не одни ссылки на законы", "ok")


def _words(
    slug: str, label: str, pattern: re.Pattern[str], text: str, note: str, level: Level = "warning"
) -> Check:
    hits = list(dict.fromkeys(match.group(0) for match in pattern.finditer(text)))[:3]
    if not hits:
        return Check(slug, label, "ok")
    quoted = ", ".join(f"«{hit}»" for hit in hits)
    return Check(slug, label, level, f"{note}{quoted}.")


def _personal(personal: tuple[str, ...], public: bool) -> Check:
    label = "Нет лишних персональных данных"
    if not personal:
        return Check("personal", label, "ok")
    kinds = ", ".join(dict.fromkeys(personal))
    level: Level = "block" if public else "warning"
    return Check("personal", label, level, f"В тексте найдено: {kinds}. Уберите или скройте.")
