"""The quality checklist: what the program can see for itself, and what a person must confirm.

Sources: dedovichi 13 (errors in answers); unified criteria for returning answers: on the merits,
all questions, dates, proof, plain words, no bare references to laws. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from otklik.casework.replies.rules.covering import unanswered
from otklik.casework.replies.rules.placeholders import has_places

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
_MEASURE = re.compile(
    r"\b(?:буд[еу]т?\s+\w+(?:ен|ена|ено|ены|ан|ана|ано|аны)|запланирован\w*|планиру\w+|отремонтируем|"
    r"устраним|заделаем|уберём|уберем|установим|заменим|починим|проведём|проведем|выполним)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.\d[^.!?…\n]*)*")
_GAP = re.compile(r"(?<![\w.!?»)])…")
_SHOUT = re.compile(r"\b[А-ЯЁ]{4,}(?:\s+[А-ЯЁ]{4,}){2,}")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. `manual` ones are ticked by a person."""

    slug: str
    label: str
    level: Level
    note: str = ""
    manual: bool = False


SOCIAL_LENGTH = 1000
LEAST_SOCIAL_LENGTH, MOST_SOCIAL_LENGTH = 200, 5000
SOCIAL_OPTION = "social_answer_length"
"""Longer answers are not read under a post; a centre may set its own length."""
HARD_LENGTHS: Mapping[str, int] = {"telegram": 4096, "max": 4000}
"""What the network itself takes, signs."""


MANUAL = (
    ("on_point", "Ответ по существу вопроса"),
    ("all_questions", "Даны ответы на все вопросы"),
    ("facts_checked", "Факты и сроки проверены"),
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the checklist looks at. `questions`: their words in order; `personal`: kinds of personal
    data found in the text; `public`: everybody will read the answer; `channel`: where it goes;
    `outdated`: acts it refers to that are not in force."""

    text: str
    confirmed: Mapping[str, bool]
    questions: tuple[str, ...]
    personal: tuple[str, ...] = ()
    files: int = 0
    public: bool = False
    channel: str = ""
    social_length: int = SOCIAL_LENGTH
    outdated: tuple[str, ...] = ()


def check(draft: Draft) -> list[Check]:
    """The whole checklist. Level «block» forbids sending for approval."""
    text = draft.text
    found = [_manual(slug, label, draft.confirmed, len(draft.questions)) for slug, label in MANUAL]
    found.append(_length(text))
    found.append(_gaps(text))
    found.append(_covered(text, draft.questions))
    found.append(
        _presence(
            "dates",
            "Названы сроки или даты",
            bool(_DATE.search(text)),
            "Напишите, когда сделано или будет сделано.",
        )
    )
    found.append(_measures(text))
    found.append(
        _presence(
            "proof",
            "Приложены подтверждения (фото, акт)",
            draft.files > 0,
            "Если работы выполнены, приложите фотографию или акт.",
        )
    )
    found.append(_law(text))
    if draft.outdated:
        named = "; ".join(draft.outdated)
        note = f"Не действует: {named}. Сошлитесь на действующий акт."
        found.append(Check("acts", "Акты, на которые ссылается ответ, действуют", "warning", note))
    found.append(_words("plain", "Простой язык", _HEAVY, text, "Замените канцелярские обороты: "))
    found.append(_words("tone", "Спокойный, уважительный тон", _RUDE, text, "Смягчите: ", "block"))
    found.append(
        _words("caps", "Без фраз заглавными буквами", _SHOUT, text, "Перепишите обычными: ")
    )
    found += _social(draft)
    found.append(_personal(draft.personal, draft.public))
    return found


REASONS: Mapping[str, str] = {
    "on_point": "off_point",
    "all_questions": "not_all",
    "covered": "not_all",
    "dates": "no_dates",
    "measures": "no_dates",
    "proof": "no_proof",
    "plain": "heavy",
    "law": "law_only",
    "tone": "rude",
    "caps": "rude",
    "personal": "personal",
}
"""Line of the checklist → ReturnReason that it speaks for."""


def reasons_of(checks: list[Check]) -> list[str]:
    """Reasons of return that the checklist itself suggests, each once."""
    found = [REASONS[item.slug] for item in checks if item.level != "ok" and item.slug in REASONS]
    return list(dict.fromkeys(found))


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


def _gaps(text: str) -> Check:
    label = "Все места шаблона заполнены"
    if has_places(text) or _GAP.search(text):
        return Check("gaps", label, "block", "Впишите то, что осталось пустым («…» или «{…}»).")
    return Check("gaps", label, "ok")


def _covered(text: str, questions: tuple[str, ...]) -> Check:
    label = "Каждый вопрос назван в ответе"
    missing = unanswered(text, questions)
    if not missing:
        return Check("covered", label, "ok")
    numbers = ", ".join(str(number) for number in missing)
    word = "вопрос" if len(missing) == 1 else "вопросы"
    return Check("covered", label, "warning", f"Не видно ответа на {word} {numbers}.")


def _measures(text: str) -> Check:
    label = "У каждой обещанной меры назван срок"
    undated = [
        part.strip()
        for part in _SENTENCE.findall(text)
        if _MEASURE.search(part) and not _DATE.search(part)
    ]
    if not undated:
        return Check("measures", label, "ok")
    said = undated[0] if len(undated[0]) <= 80 else f"{undated[0][:79].rstrip()}…"
    return Check("measures", label, "warning", f"Напишите, когда: «{said}».")


def _social(draft: Draft) -> list[Check]:
    """The length, for answers that stand under a post or in a messenger."""
    if not draft.public:
        return []
    label, size = "Длина подходит для сети", len(draft.text)
    hard = HARD_LENGTHS.get(draft.channel)
    if hard is not None and size > hard:
        note = f"В ответе {size} знаков, сеть принимает не больше {hard}."
        return [Check("social", label, "block", f"{note} Сократите или пришлите письмом.")]
    if size > draft.social_length:
        note = f"В ответе {size} знаков, читают до {draft.social_length}: оставьте главное."
        return [Check("social", label, "warning", note)]
    return [Check("social", label, "ok")]
