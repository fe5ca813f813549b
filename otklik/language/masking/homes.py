"""Flats, and the home address of whoever writes: a publication must not show where he lives."""

from __future__ import annotations

import re

from otklik.language.masking.shapes import shape

_STREET = r"ул|улиц\w{1,3}|пер|переул\w{1,4}|пр-т|просп\w{0,6}|проезд\w{0,2}|б-р|бульвар\w{0,2}|мкр"
_HOUSE = r"(?:д(?:ом)?\.?\s?)?№?\s?\d{1,4}(?!\d)(?:\s?[а-я](?![а-яё]))?(?:/\d{1,3})?"
_NOT_HOUSE = (
    r"(?![\d.,:]\d)(?!\s?(?:лет|год|этаж|руб|%|дн|мес|недел|челов|дет|раз\b|кв\.?\s?м|час|мин|июн|июл"
    r"|янв|фев|март|апр|мая|авг|сен|окт|ноя|дек))"
)
_LIVES = (
    r"(?:прожива\w{1,6}|(?:живу|жив[её]м|жив[её]т)|прописан\w?|зарегистрирован\w?|мой\s(?:домашний\s)?адрес"
    r"|адрес\s(?:проживания|регистрации|прописки)|(?:ответ|письмо|уведомление)\w?\s(?:прошу\s)?[^.\n]{0,40}?\bадрес\w)"
)
_SETTLEMENT = r"(?:г|гор|с|д|п|дер|пос|пгт|город\w{0,2}|сел[оае]|деревн\w|пос[её]л\w{1,2})"
_IN_SETTLEMENT = (
    rf"(?:(?:{_SETTLEMENT}[.\s]\s?)?(?-i:[А-ЯЁ])[\w-]{{1,25}}"
    rf"(?:,\s?|\s(?=(?:{_STREET})[.\s]))){{0,2}}"
)
_ADDRESS = (
    rf"{_IN_SETTLEMENT}(?:(?:{_STREET})(?:\.\s?|\s)(?:[\w\[\].-]{{1,25}}[\s,]{{1,2}}){{1,4}}?"
    rf"|(?:{_SETTLEMENT}[.\s]\s?)?(?:(?-i:[А-ЯЁ])[\w\[\]-]{{1,25}}[\s,]{{1,2}}){{1,3}}?)(?:в\s)?{_HOUSE}{_NOT_HOUSE}"
)


def _is_flat(find: re.Match[str]) -> bool:
    """«Садовая, 5-12» is a flat, «Садовая, 12-16» are houses in a row."""
    numbers = [int(number) for number in re.findall(r"\d+", find.group(0))]
    return not 0 < numbers[-1] - numbers[-2] <= 6


HOMES = (
    shape(
        "квартира",
        r"(?<!\w)кв(?:артир\w{0,3})?\.?\s?№?\s?\d{1,4}(?!\d|[.,]\d|[сc]\b|\s?(?:°|г\b|год|м\b|м2|м²|градус|20\d\d|\.\s?м))",
    ),
    shape(
        "квартира",
        rf"(?<!\w)(?:{_STREET})\.?\s(?:[\w.-]{{1,30}}\s){{0,2}}(?!подъезд)[\w.-]{{2,30}},?\s(?:д(?:ом)?\.?\s?)?"
        r"\d{1,3}[а-я]?(?P<it>\s?-\s?\d{1,4})(?![\dа-яё-])",
        judge=_is_flat,
    ),
    shape(
        "квартира",
        r"(?-i:[А-ЯЁ])[а-яё]{2,20}(?:а|я|ой|ого|и|ы|ая)\s\d{1,3}[а-я]?(?P<it>-\d{1,3})(?![\dа-яё-])(?!\s?(?:лет|руб|м\b|км))",
        judge=_is_flat,
    ),
    shape(
        "адрес",
        rf"\b{_LIVES}[\s:—-]{{1,3}}(?:(?:по|на|в|адресу|моему|нашему)\.?[\s:]{{1,2}}){{0,3}}(?P<it>{_ADDRESS})",
    ),
)

RECIPIENTS = (
    # A person's name followed by an address is where the person lives.
    shape(
        "адрес",
        rf"(?-i:[А-ЯЁ](?:[а-яё]{{1,20}}|\.)),\s(?P<it>(?:{_STREET}|г|с|д|пос)\.\s[^\n;!?\d]{{2,60}}?\s?{_HOUSE}"
        r"(?=,?\s?кв))",
    ),
)
