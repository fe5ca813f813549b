"""Personal data that has a shape: numbers, addresses in the network, flats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from otklik.language.masking.spans import Span

_PLATE = "АВЕКМНОРСТУХABEKMHOPCTYX"
_STREET = r"ул|улиц\w{1,3}|пер|переул\w{1,4}|пр-т|просп\w{0,6}|проезд\w{0,2}|б-р|бульвар\w{0,2}|мкр"
_OF_MONTH = r"(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[яа]"
_DATE = rf"\d{{1,2}}(?:[./-]\d{{1,2}}[./-]|\s{_OF_MONTH}\s)(?:19|20)?\d{{2}}"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What `pattern` finds (its group "it", or all of it) and `check` confirms."""

    kind: str
    pattern: re.Pattern[str]
    check: Callable[[str], bool] = bool


def _digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign in "0123456789"]


def is_card(text: str) -> bool:
    """The Luhn check digit of a payment card's number."""
    total = 0
    for place, digit in enumerate(reversed(_digits(text))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return len(_digits(text)) >= 13 and total % 10 == 0


def is_snils(text: str) -> bool:
    """The check number of an insurance account, the last two of eleven digits."""
    digits = _digits(text)
    if len(digits) != 11:
        return False
    total = sum(digit * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False))
    return total % 101 % 100 == digits[9] * 10 + digits[10]


def is_inn(text: str) -> bool:
    """The two check digits of a person's taxpayer number of twelve digits."""
    digits = _digits(text)
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

    def check(upto: int) -> int:
        return (
            sum(d * w for d, w in zip(digits[:upto], weights[11 - upto :], strict=True)) % 11 % 10
        )

    return len(digits) == 12 and check(10) == digits[10] and check(11) == digits[11]


def is_telephone(text: str) -> bool:
    return 5 <= len(_digits(text)) <= 12


_SHAPES = tuple(
    _Shape(kind, re.compile(pattern, re.IGNORECASE), *check)
    for kind, pattern, *check in (
        ("почта", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
        (
            "страница в сети",
            (
                r"(?:https?://)?(?:www\.|m\.)?(?<![\w.])(?:vk\.com|vk\.ru|vkontakte\.ru|ok\.ru|t\.me|max\.ru"
                r"|instagram\.com|facebook\.com|wa\.me|rutube\.ru/u)/[\w.\-/?=&%]{1,100}"
            ),
        ),
        ("страница в сети", r"\[(?:id|club|public)\d{1,20}\|[^\]]{1,100}\]"),
        ("страница в сети", r"(?<![\w.@/])@[A-Za-z][\w.]{2,31}"),
        ("СНИЛС", r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)"),
        ("СНИЛС", r"снилс\D{0,15}(?P<it>\d(?:[\s-]?\d){10})(?!\d)"),
        ("СНИЛС", r"(?<![\d+])(?![78]9)\d{11}(?!\d)", is_snils),
        ("ИНН", r"(?<!\d)\d{12}(?!\d)", is_inn),
        (
            "карта",
            r"(?<![\d-])\d{4}(?P<gap>[ -]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:(?P=gap)\d{3})?(?!\d)",
            is_card,
        ),
        ("карта", r"карт[аыуе]\D{0,15}(?P<it>\d{4}(?:[ -]?\d{4}){3})(?!\d)"),
        ("паспорт", r"паспорт\w{0,6}\D{0,25}(?P<it>\d{2}\s?\d{2}\s?(?:№|N|номер)?\s?\d{6})(?!\d)"),
        ("паспорт", r"серия\s?(?P<it>\d{2}\s?\d{2},?\s(?:№|N|номер)\s?\d{6})(?!\d)"),
        (
            "дата рождения",
            rf"(?:родил\w{{1,4}}|рожден\w{{1,3}}|рождён\w{{0,3}})[\s:—-]{{1,4}}(?P<it>{_DATE})(?!\d)",
        ),
        (
            "дата рождения",
            rf"(?<![\d.])(?P<it>{_DATE})(?:\s?г(?:ода|\.)?,?)?\s?(?:г\.\s?р\b|рожд|р\.)",
        ),
        (
            "лицевой счёт",
            r"(?:л/с|лиц\w{0,7}\.?\s?сч[её]т\w{0,2})\s?[№:]{0,2}\s?(?P<it>\d{5,20})(?!\d)",
        ),
        (
            "телефон",
            r"(?<![\d.,/-])(?:\+\s?7|8|7)[\s(-]{0,3}\d{3,5}[\s)-]{0,3}\d{1,3}[\s-]{0,2}\d{2}[\s-]{0,2}\d{2}(?!\d)",
            is_telephone,
        ),
        ("телефон", r"(?<![\d.,/-])9\d{2}[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"),
        (
            "телефон",
            (
                r"(?:тел(?:ефон)?\w{0,4}|т\.|моб\w{0,8}|сот\w{0,8}|звон\w{1,6}|ватсап\w?|whatsapp|номер\w?)"
                r"[\s.:№—-]{1,4}(?P<it>\+?\d[\d ()-]{3,16}\d)(?!\d)"
            ),
            is_telephone,
        ),
        ("телефон", r"(?<![\d.,/-])\(\d{3,5}\)\s?\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"),
        ("телефон", r"(?<![\d.,/-])\d{1,3}-\d{2}-\d{2}(?![\d-])(?!\.\d)"),
        (
            "номер машины",
            rf"(?<!\w)[{_PLATE}]\s?\d{{3}}\s?[{_PLATE}]{{2}}\s?\d{{2,3}}(?!\d)",
        ),
        (
            "квартира",
            r"(?<!\w)кв(?:артир\w{0,3})?\.?\s?№?\s?\d{1,4}(?!\d|[сc]\b|\s?(?:°|г\b|год|м2|м²))",
        ),
        (
            "квартира",
            (
                rf"(?<!\w)(?:{_STREET})\.?\s(?:[\w.-]{{1,30}}\s){{0,2}}(?!подъезд)[\w.-]{{2,30}},?\s(?:д(?:ом)?\.?\s?)?"
                r"\d{1,3}[а-я]?(?P<it>\s?-\s?\d{1,4})(?![\dа-яё-])"
            ),
        ),
    )
)


def numbers(text: str) -> Iterator[Span]:
    for shape in _SHAPES:
        for match in shape.pattern.finditer(text):
            group = "it" if "it" in shape.pattern.groupindex else 0
            if shape.check(match.group(group)):
                yield Span(shape.kind, match.start(group), match.end(group))
