"""Which theme a topic speaks of, while nobody has said it. Pure."""

from __future__ import annotations

import re

# The first that fits wins: narrow themes stand before the housing that they were taken out of.
_BY_WORDS = (
    ("waste", r"коммунальн\w+ отход|\bтко\b|мусорн|\bмусора\b|свалк|биоотход|контейнерн\w+ площ"),
    ("social", r"мер\w* социальной поддержки|социальн\w+ (?:защит|обеспеч)|пособи|пенсион"),
    ("roads", r"дорог|дорожн|тротуар|\bмост(?:ы|ов|а)?\b|парковк|\bям(?:ы|а)\b|гололед"),
    ("transport", r"транспорт|пассажирск|автобус|маршрутк"),
    ("health", r"здравоохран|больниц|поликлини|медицин|лекарств|врач|фельдшер"),
    ("education", r"образован|школ|детск\w+ сад|дошкольн"),
    ("housing", r"водо-|водоснаб|водоотвед|канализ|теплоснаб|отоплен|протечк"),
    ("energy", r"электроснаб|электрифик|электросет|электроэнерги|энергоснаб"),
    ("energy", r"газоснаб|газифик|газорасп|газов\w+ оборуд|обеспечение топливом"),
    ("housing", r"жилищн|жилог?о|жилых|жилье|жилья|жильем|домовладен|общего имущества"),
    ("housing", r"\bжкх\b|коммунальн|кровл|подъезд"),
)  # fmt: skip
_BY_CODE = (
    ("0002.0007", "social"),
    ("0002.0013.0139", "education"),
    ("0002.0014.0143", "health"),
    ("0003.0009.0099", "transport"),
    ("0005.", "housing"),
)
_OFFICIAL = re.compile(r"\d{4}\.\d{4}\.")
_PATTERNS = tuple((theme, re.compile(pattern)) for theme, pattern in _BY_WORDS)


def theme_of(code: str, name: str, group: str) -> str:
    """The slug of a theme by the words of a topic, its group or its official code; «» unsaid."""
    for words in (name, group):
        plain = words.casefold().replace("ё", "е")
        for theme, pattern in _PATTERNS:
            if pattern.search(plain):
                return theme
    if _OFFICIAL.match(code):
        return next((theme for start, theme in _BY_CODE if code.startswith(start)), "")
    return ""
