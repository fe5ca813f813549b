"""Streets that the gazetteer lacks, told by a kind, a house or the words around."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.language.places.kinds import (
    ALONG,
    CROSSING,
    is_dotted,
    is_short,
    settlement_kind,
    street_kind,
)
from otklik.language.places.mention import Mention
from otklik.language.places.numbers import HOUSE_WORDS, houses_at
from otklik.language.places.tokens import (
    Word,
    is_adjective,
    is_first_name,
    is_surname_of,
    may_name_street,
    qualifies,
)

_LONGEST_NAME = 4
_YEARS = frozenset(("лет", "летия", "летие", "я", "й", "ая", "ой"))
_OBLIQUE = ("ой", "ей", "ую", "юю")
_PLAINLY_NAMED = frozenset(("ул", "улице", "улицы", "улицу", "улицей"))


def unlisted_after(words: Sequence[Word], at: int, kind: str) -> Mention | None:
    """«ул. Малиновая», «улице 40 лет Октября», «ул малиновая 5»."""
    name = at + 1
    if kind in {"микрорайон", "квартал"} or not _is_kind(words, at):
        return None
    end = _after_number(words, name) if words[name].low.isdigit() else name
    if words[name].low.isdigit() and end == name and not words[name].ordinal:
        return None
    while end < len(words) and end - at <= _LONGEST_NAME and _is_name_word(words, end, name):
        end += 1
    if end == name:
        end = _small_name(words, at)
    last = words[end - 1].low
    if end == name or not last.isalpha() or (is_first_name(last) and end - at > 2):
        return None
    return Mention((), kind, at, end, name=" ".join(w.low for w in words[name:end]))


def _after_number(words: Sequence[Word], name: int) -> int:
    """Past «40 лет» or «3 я» where a capital follows: «40 лет Октября», «3 я Первомайская»."""
    end = name + 1
    if end < len(words) and words[end].low in _YEARS and words[end].joined:
        end += 1
    named = end < len(words) and words[end].capital and words[end].joined
    return end if named and not settlement_kind(words[end].low) else name


def _is_kind(words: Sequence[Word], at: int) -> bool:
    """«ул.» or «ул»; a bare «пр» only before a capital and a house number."""
    low = words[at].low
    if not is_short(low) or is_dotted(list(words), at) or low in {"ул", "пер"}:
        return True
    name = at + 1
    return low == "пр" and words[name].capital and houses_at(words, name + 1) is not None


def _is_name_word(words: Sequence[Word], at: int, first: int) -> bool:
    word = words[at]
    if not word.joined or word.low in HOUSE_WORDS:
        return False
    if street_kind(word.low):
        return at > first and word.capital and len(word.low) > 3
    if at > first and (word.gap.strip() or settlement_kind(word.low)):
        return (
            word.capital
            and not word.upper
            and word.gap.strip() in {"-", "."}
            and len(words[at - 1].low) <= 4
        )
    return word.capital or word.ordinal


def _small_name(words: Sequence[Word], at: int) -> int:
    """«ул. малиновая 5», «по улице малиновая»: small letters need a house number after them or
    a case that no description of a street would have."""
    name = at + 1
    low = words[name].low
    if len(low) < 5:
        return name
    if words[at].low in _PLAINLY_NAMED and low.endswith("ая") and is_adjective(low):
        return name + 1
    named = is_adjective(low) or may_name_street(low)
    return name + 1 if named and houses_at(words, name + 1) else name


def unlisted_before(words: Sequence[Word], at: int) -> Mention | None:
    first = at
    if words[at].low.isdigit() and at + 2 < len(words) and words[at + 1].gap == " ":
        at += 1  # «2-й Выгонный переулок»
    word, kind_word = words[at], words[at + 1]
    kind = street_kind(kind_word.low)
    if not kind or is_short(kind_word.low) or kind in {"линия", "квартал", "микрорайон"}:
        return None
    told = word.capital or (first != at and houses_at(words, at + 2) is not None)
    if not told or (word.opens and first == at) or not is_adjective(word.low):
        return None
    if not kind_word.joined or not at:
        return None
    return Mention((), kind, first, at + 2, name=" ".join(w.low for w in words[first : at + 1]))


def unlisted_alone(words: Sequence[Word], at: int) -> Mention | None:
    """«на Хуторской 11», «Сумская, д. 44», «по Гагарина», «на Ударной темно»."""
    word = words[at]
    if not word.capital or len(word.low) < 4 or is_first_name(word.low):
        return None
    near = words[at - 1].low if at and word.joined else ""
    houses = houses_at(words, at + 1)
    if not may_name_street(word.low):
        return None
    if near in CROSSING or (houses and (near in ALONG | HOUSE_WORDS or houses.said)):
        return Mention((), "", at, at + 1, name=word.low, houses=houses)
    return Mention((), "", at, at + 1, name=word.low) if _is_said_along(words, at, near) else None


def _is_said_along(words: Sequence[Word], at: int, near: str) -> bool:
    """«по Гагарина»: a case that fits nothing but a street; «на Ударной» with no noun to it."""
    low = words[at].low
    if near == "по" and is_surname_of(low):
        return True
    if near not in ALONG or not low.endswith(_OBLIQUE) or not is_adjective(low):
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or after.gap != " ":
        return True
    return not after.capital and not qualifies(low, after.low)


def unlisted_second(words: Sequence[Word], at: int, found: Sequence[Mention]) -> Mention | None:
    """«улиц Магистральная и Строительная», «на углу Хуторской и Мира»: the second of two that the
    gazetteer lacks."""
    word = words[at]
    if not word.capital or not found or not found[-1].name or found[-1].end != at - 1:
        return None
    first = found[-1].start
    said = words[first].low in {"улиц", "улицам", "улицах", "улицы", "улицами"}
    crossed = first > 0 and words[first - 1].low in CROSSING
    named = (said and may_name_street(word.low)) or crossed
    if not named or words[at - 1].low not in {"и", "с"}:
        return None
    return Mention((), found[-1].kind, at, at + 1, name=word.low)
