"""House numbers as people write them: «12а», «12 А», «5/2», «д. 5 корп. 2», «дома 3, 5 и 7»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from otklik.language.lemmas import lemma
from otklik.language.places.numerals import cardinal, ordinal
from otklik.language.places.tokens import Word, is_counted

_NUMBER = re.compile(r"[1-9]\d{0,2}[а-я]?(?:/\d{1,3}[а-я]?)?")
HOUSE_WORDS = frozenset((
    "дом", "д", "доме", "дома", "дому", "домом", "домов", "домам", "домами", "домах",
    "домовладение", "домовладения", "здание", "здании", "здания", "участок", "участке",
    "участка", "уч", "строение",
))  # fmt: skip
_PLURAL = frozenset("дома домов домам домами домах".split())  # noqa: SIM905
_NUMBER_WORDS = frozenset(("номер", "номера", "n", "под"))
_PART = {
    "корпус": "к", "корпусе": "к", "корпуса": "к", "корп": "к", "кор": "к", "к": "к",
    "строение": "с", "строении": "с", "стр": "с", "дробь": "/", "с": "с",
}  # fmt: skip
_LETTER_WORDS = frozenset(("литера", "литер", "лит", "корпус", "корп"))
_LETTERS = "абвгдежз"
_PREPOSITIONS = "авдг"
# What a number counts when it is not a house: «5 дней», «8 марта», «3 этаж».
_COUNTED = {
    "автобус", "август", "апрель", "больница", "век", "волна", "г", "год", "гр", "декабрь", "день",
    "детсад", "жалоба", "жилец", "июль", "июнь", "км", "километр", "класс", "куб", "лет", "литр",
    "м", "май", "март", "маршрут", "маршрутка", "месяц", "метр", "микрорайон", "минута", "мин",
    "неделя", "ноябрь", "октябрь", "подъезд", "под", "поликлиника", "процент", "раз", "руб",
    "рубль", "с", "семья", "сентябрь", "см", "сотка", "сутки", "тыс", "тысяча", "февраль", "час",
    "человек", "школа", "шт", "штука", "эт", "этаж", "этажка", "этажный", "январь", "марш",
    "дивизия", "армия", "бригада", "полк", "съезд", "пятилетка", "гимназия", "лицей",
    "бокс", "участник", "ряд", "ребенок", "кв", "квартира", "й", "я",
}  # fmt: skip
_GAP = re.compile(r"[\s,:(№\"«»“”\-–—]{0,6}")
_DOTTED_GAP = re.compile(r"[.\s№,:]{0,5}")
_LIST_GAP = re.compile(r"\s{0,2}[,;]?\s{0,3}№?\s?")
_DASHED = re.compile(r"\s?[-–—]\s?")
_QUOTED_LETTER = re.compile(r"\s?[«\"“'‘-]?")
_MOST = 12
_SHORT_KINDS = frozenset("ул пер пл ш наб туп просп пр бул мкр".split())  # noqa: SIM905
_INSIDE = frozenset(("подъезд", "под", "этаж", "эт", "квартира", "кв"))


@dataclass(frozen=True, slots=True)
class House:
    """`number`: «45к2»; `others`: what else the same words may be, likeliest first."""

    number: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Houses:
    """Numbers given together, by indices of words; `said`: announced by «дом»."""

    items: tuple[House, ...]
    start: int
    end: int
    said: bool
    flat: str = ""


def houses_at(words: Sequence[Word], at: int, *, said_only: bool = False) -> Houses | None:
    """The numbers that stand from here on: «, 5», «дом 5», «д. 5 корп. 2», «дома 3, 5 и 7»."""
    start, said, plural = _announced(words, at)
    if said_only and not said:
        return None
    if start >= len(words) or not _reachable(words, at, start, said=said):
        return None
    first = _one(words, start, said=said, opened="(" in words[start].gap)
    if first is None:
        return None
    house, end = first
    if not said and _counts(words, start, end):
        return None
    items, end, flat = _rest(words, house, end, plural=plural)
    return Houses(items, at, end, said, flat)


def houses_ending(words: Sequence[Word], at: int) -> Houses | None:
    """«пятый дом», «в 5 доме», «с 15 по 21 дом», where the word «дом» stands at an index."""
    if words[at].low not in {"дом", "доме", "дома", "дому", "домом"} or not at:
        return None
    before = words[at - 1]
    value = ordinal(before)
    digits = before.low if _NUMBER.fullmatch(before.low) and words[at].low != "дома" else ""
    ranged = _range_ending(words, at)
    if ranged:
        return ranged
    if not words[at].joined or not (value or digits):
        return None
    return Houses((House(str(value) if value else digits),), at - 1, at + 1, said=True)


def _range_ending(words: Sequence[Word], at: int) -> Houses | None:
    if at < 4 or words[at - 2].low not in {"по", "до"} or words[at - 4].low not in {"с", "от"}:
        return None
    ends = (words[at - 3].low, words[at - 1].low)
    if not all(_NUMBER.fullmatch(low) for low in ends):
        return None
    return Houses(tuple(House(low) for low in ends), at - 4, at + 1, said=True)


def _announced(words: Sequence[Word], at: int) -> tuple[int, bool, bool]:
    """(where the number begins, whether «дом» was said, whether «дома» was said)."""
    said = plural = False
    start = at
    while start < len(words) and start - at < 3:
        low = words[start].low
        if low in HOUSE_WORDS:
            said, plural = True, plural or low in _PLURAL
        elif low not in _NUMBER_WORDS or (start == at):
            break
        start += 1
    return start, said, plural


def _reachable(words: Sequence[Word], at: int, start: int, *, said: bool) -> bool:
    if not _GAP.fullmatch(words[at].gap):
        after_short = bool(at) and words[at - 1].low in _SHORT_KINDS
        if words[at].gap.strip() not in {".,", "),", ")", ".", "»,"} or not (said or after_short):
            return False
    return start == at or all(_DOTTED_GAP.fullmatch(words[i].gap) for i in range(at + 1, start + 1))


def _one(
    words: Sequence[Word], at: int, *, said: bool, opened: bool = False
) -> tuple[House, int] | None:
    word = words[at]
    if word.ordinal or opened:
        return None
    if _NUMBER.fullmatch(word.low):
        return _with_part(words, word.low, at + 1)
    spelled = cardinal(words, at)
    if spelled is None or not (said or _closes(words, spelled[1])):
        return None
    return _with_part(words, str(spelled[0]), spelled[1])


def _closes(words: Sequence[Word], at: int) -> bool:
    """After a number in words: the end, a sign or a lone letter."""
    return at >= len(words) or not words[at].joined or words[at].low in _LETTERS


def _with_part(words: Sequence[Word], number: str, at: int) -> tuple[House, int]:
    """The number with its letter, fraction, building."""
    number, at, maybe = _lettered(words, number, at)
    whole = number
    while at + 1 < len(words) and words[at].low in _PART and _is_part(words, at):
        whole += _PART[words[at].low] + words[at + 1].low
        at += 2
    if whole != number:
        return House(whole), at
    if at + 1 < len(words) and words[at].low in _LETTER_WORDS and len(words[at + 1].low) == 1:
        return House(number + words[at + 1].low), at + 2
    if at < len(words) and _dashed(words, at) and number.isdigit():
        second = words[at].low
        return House(number, (f"{number}к{second}", f"{number}/{second}")), at + 1
    return House(number, (maybe,) if maybe else ()), at


def _is_part(words: Sequence[Word], at: int) -> bool:
    word, after = words[at], words[at + 1]
    if not re.fullmatch(r"\d{1,2}[а-я]?", after.low) or not re.fullmatch(r"[.\s№]{0,3}", after.gap):
        return False
    close = bool(re.fullmatch(r"[\s,(]{0,3}", word.gap))
    # «45 с 8 утра»: a lone «с» is a building only when written together.
    return close and (word.low != "с" or (not word.gap and not after.gap))


def _dashed(words: Sequence[Word], at: int) -> bool:
    return bool(_DASHED.fullmatch(words[at].gap)) and bool(re.fullmatch(r"\d{1,3}", words[at].low))


def _lettered(words: Sequence[Word], number: str, at: int) -> tuple[str, int, str]:
    """«12 а» → «12а»; where «а» may be a word of its own it comes back as a guess."""
    if not number[-1:].isdigit() or at >= len(words):
        return number, at, ""
    word = words[at]
    if word.low not in _LETTERS or len(word.low) != 1 or not _QUOTED_LETTER.fullmatch(word.gap):
        return number, at, ""
    last = at + 1 == len(words) or not words[at + 1].low.isalpha() or not words[at + 1].joined
    quoted = bool(word.gap.strip())
    parted = not last and words[at + 1].low in {"лифт", "нет"}
    if quoted or word.capital or last or parted or word.low not in _PREPOSITIONS:
        return number + word.low, at + 1, ""
    return number, at, number + word.low


def _counts(words: Sequence[Word], at: int, end: int) -> bool:
    """«5 дней», «39 жалоб»: the number counts what follows."""
    if end >= len(words) or words[end].gap.strip(" -\u00a0"):
        return False
    low = words[end].low
    numbered = end + 1 < len(words) and words[end + 1].low[:1].isdigit()
    if numbered and (low in _INSIDE or lemma(low) in _INSIDE):
        return False  # «5 подъезд 2»
    return lemma(low) in _COUNTED or low in _COUNTED or is_counted(low)


def _rest(
    words: Sequence[Word], first: House, end: int, *, plural: bool
) -> tuple[tuple[House, ...], int, str]:
    """The list that goes on after the first number; two numbers with a comma are house and flat."""
    if plural and first.others and "к" in first.others[0]:
        last = first.others[0].partition("к")[2]
        return (House(first.number), House(last)), end, ""
    items, joined_by_and = [first], False
    while end < len(words) and len(items) < _MOST:
        at = end
        by_and = words[at].low == "и" and words[at].joined
        at += by_and
        if at < len(words) and words[at].low in {"дом", "д"}:
            at += 1
        if at >= len(words) or not _goes_on(words, at, by_and):
            break
        following = _one(words, at, said=False)
        if following is None or _counts(words, at, following[1]):
            break
        items.append(following[0])
        joined_by_and, end = joined_by_and or by_and, following[1]
    if len(items) == 2 and not plural and not joined_by_and and items[1].number.isdigit():
        return (items[0],), end, items[1].number
    return tuple(items), end, ""


def _goes_on(words: Sequence[Word], at: int, by_and: bool) -> bool:
    gap = words[at].gap
    return bool(_LIST_GAP.fullmatch(gap)) and (by_and or bool(gap.strip()))
