"""Streets named without «улица»: when a name alone is a street and when it is not."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import ALONG, CROSSING, NEAR
from otklik.language.places.mention import Mention
from otklik.language.places.names import Hit
from otklik.language.places.numbers import HOUSE_WORDS, Houses, houses_at
from otklik.language.places.tokens import (
    Word,
    is_first_name,
    is_noun,
    qualifies,
)
from otklik.language.places.unlisted import unlisted_alone, unlisted_second

_FROM = frozenset(("с", "со", "от", "до", "через", "между"))
_AND = frozenset(("и", "с", "до", "на"))
_BEFORE_DATE = frozenset(("к", "до", "с", "от", "после"))
_NOMINATIVE = ("ая", "яя", "ый", "ий", "ое", "ее")


def alone(
    words: Sequence[Word], at: int, gazetteer: Gazetteer, found: Sequence[Mention]
) -> Mention | None:
    """A known name without «улица»."""
    hits = gazetteer.street_names.at(words, at)
    fuzzy = not hits and words[at].capital and len(words[at].low) > 4
    if fuzzy:
        hits = gazetteer.street_names.at(words, at, fuzzy=True)
    if not hits:
        return unlisted_alone(words, at) or unlisted_second(words, at, found)
    end = at + hits[0].size
    houses = houses_at(words, end)
    mention = Mention(tuple(hits), "", at, end, houses=houses)
    if not _is_person(words, at, end, houses) and _stands_alone(mention, words, found):
        return mention
    return None


def _is_person(words: Sequence[Word], at: int, end: int, houses: Houses | None) -> bool:
    """«Елена Гагарина», «Кирова Анна Петровна», «Смирнова Г. И.»."""
    if houses is not None:
        return False
    after = words[end] if end < len(words) else None
    if after and after.capital and after.gap == " " and is_first_name(after.low):
        return True
    before = words[at - 1] if at else None
    if not before or not words[at].joined:
        return False
    return before.capital and is_first_name(before.low) and "." not in words[at].gap


def _stands_alone(mention: Mention, words: Sequence[Word], found: Sequence[Mention]) -> bool:
    hit, word = mention.hits[0], words[mention.start]
    before = words[mention.start - 1] if mention.start else None
    near = before.low if before and word.joined else ""
    if _is_bare_number(mention) or (hit.entry.dated and near in _BEFORE_DATE):
        return False
    if mention.houses:
        return _with_house(mention, hit, word, near)
    if not hit.exact:
        return False
    told = near.startswith("остановк") or _after_house(words, mention.start)
    if told and word.capital:
        return True
    if near in CROSSING or _continues(mention, words, found):
        return word.capital or near in CROSSING
    return _without_house(mention, hit, words, near)


def _is_bare_number(mention: Mention) -> bool:
    """«1-я линия» is a street only with «линия»."""
    return all(
        len(hit.entry.slots) == 1 and any(form.isdigit() for form in hit.entry.slots[0])
        for hit in mention.hits
    )


def _with_house(mention: Mention, hit: Hit, word: Word, near: str) -> bool:
    houses = mention.houses
    if word.capital or word.ordinal:
        return hit.exact or (houses is not None and hit.size > 0)
    plain = hit.exact and hit.entry.whole
    if plain and not hit.entry.common and not hit.entry.adjective:
        return True
    strong = near in ALONG or word.opens or not near
    return hit.exact and (strong or (houses is not None and houses.said))


def _after_house(words: Sequence[Word], at: int) -> bool:
    """«дома 33 Матросова»."""
    return at > 1 and words[at - 1].low[:1].isdigit() and words[at - 2].low in HOUSE_WORDS


def _continues(mention: Mention, words: Sequence[Word], found: Sequence[Mention]) -> bool:
    """«Ленина и Мира», «Комсомольская/Рабочая» after a street without a house."""
    if not found or found[-1].houses:
        return False
    last, first = found[-1], words[mention.start]
    between = words[last.end : mention.start]
    if not between:
        return first.gap.strip() in {"/", "-", "–", "—", ","} and not first.opens
    return len(between) == 1 and between[0].low in _AND and between[0].joined and first.joined


def _without_house(mention: Mention, hit: Hit, words: Sequence[Word], near: str) -> bool:
    word = words[mention.start]
    if _is_date(mention, hit, words, near) or _says_which(mention, hit, words, near):
        return False
    if near in ALONG:
        return _along(hit, word) and not _is_complaint(words, mention.start)
    if near in _FROM and word.capital:
        return not hit.entry.common
    if not word.capital and not word.ordinal:
        long = len(hit.entry.slots) > 1 and not hit.entry.common and not hit.entry.adjective
        return long and not hit.entry.dated and hit.entry.whole and not near
    return _named_plainly(mention, hit, words, near)


def _is_date(mention: Mention, hit: Hit, words: Sequence[Word], near: str) -> bool:
    """«8 марта» in small letters."""
    if not hit.entry.dated:
        return False
    along = near in ALONG
    return not (along and words[mention.end - 1].capital) and not (
        words[mention.start].capital and not along
    )


def _says_which(mention: Mention, hit: Hit, words: Sequence[Word], near: str) -> bool:
    """«на Покровском кладбище»."""
    after = words[mention.end] if mention.end < len(words) else None
    if not hit.entry.adjective or after is None or after.gap != " ":
        return False
    return qualifies(words[mention.end - 1].low, after.low, near)


def _is_complaint(words: Sequence[Word], at: int) -> bool:
    """«жалоба на Кирова» is about a person."""
    before = words[at - 2].low if at > 1 else ""
    return before.startswith(("жалоб", "жалу", "пожал", "заявлен", "обид", "управ"))


def _along(hit: Hit, word: Word) -> bool:
    """«на Ленина», «по ленина»: nothing but a street is said so."""
    if word.capital or word.ordinal:
        return True
    return len(hit.entry.slots) > 1 or (not hit.entry.common and not hit.entry.adjective)


def _named_plainly(mention: Mention, hit: Hit, words: Sequence[Word], near: str) -> bool:
    """The whole message is the name; two words of a name stand apart by a comma."""
    word = words[mention.start]
    after = words[mention.end] if mention.end < len(words) else None
    parted = after is None or not after.joined or after.low in NEAR
    if len(words) <= mention.end - mention.start + 1 and mention.start == 0:
        return True
    if after and after.capital and after.gap.strip() == "/":
        return True
    last = words[mention.end - 1].low
    if hit.entry.adjective and near and near not in NEAR and not last.endswith(_NOMINATIVE):
        return not qualifies(last, near)
    if len(hit.entry.slots) > 1 and hit.entry.whole:
        return parted or not is_noun(after.low if after else "")
    starts = mention.start == 0 or not word.joined or near in NEAR - {"в", "во", "из"}
    closed = after is None or after.gap[:1] in {",", ":", "."}
    return starts and closed and not hit.entry.common
