"""Words of addresses: cut from a text, brought to keys that all case forms share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from otklik.language.lemmas import LONGEST_WORD, analyser, lemma

_TOKEN = re.compile(
    r"(?P<ordinal>\d{1,4})-?(?:лети[еяю]|й|я|е|го|му|ая|ый|ой|ом|ую|ю)(?![а-яё\w])"
    r"|\d{1,4}[а-я]?(?:/\d{1,4}[а-я]?)?(?![а-яё\w])"
    r"|(?:пр|б|ст|кв|р)-[а-я]{1,3}(?![а-яё])|[а-яё]+|\d+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?<=[а-я]{3})(?:ого|его|ому|ему|ыми|ими|ами|ями|ая|яя|ое|ее|ой|ей|ый|ий|ым|им|ую|юю|ых|их|ом|ем"
    r"|ам|ям|ах|ях|ою|ею|ов|ев|ы|и|а|я|о|е|у|ю|ь|й)$"
)
_NUMERALS = (
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый".split()  # noqa: SIM905
)
_STREETS = {
    "улица": "улица ул улка",
    "переулок": "переулок пер",
    "проспект": "проспект просп пр пр-т пр-кт",
    "проезд": "проезд пр-д",
    "площадь": "площадь пл",
    "бульвар": "бульвар бул б-р",
    "шоссе": "шоссе ш",
    "набережная": "набережная наб",
    "тупик": "тупик туп",
    "аллея": "аллея",
    "микрорайон": "микрорайон мкр мкрн",
    "квартал": "квартал кв-л",
    "линия": "линия",
}
_SETTLEMENTS = {
    "город": "город г",
    "село": "село с",
    "деревня": "деревня дер д деревушка",
    "поселок": "поселок пос п пгт",
    "станица": "станица ст ст-ца",
    "хутор": "хутор х",
    "СНТ": "снт днт днп сот садоводство",
    "поселение": "поселение",
}
_STREET_OF = {word: kind for kind, words in _STREETS.items() for word in words.split()}
_SETTLEMENT_OF = {word: kind for kind, words in _SETTLEMENTS.items() for word in words.split()}
HOUSE_WORDS = frozenset(("дом", "д", "домовладение", "здание", "строение", "стр", "номер"))
NEAR_WORDS = frozenset("в во на из под около возле у до с со от за через по к близ".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Word:
    """`low`: lower case, «ё» as «е», an ordinal as its number; `keys`: what its forms share."""

    low: str
    start: int
    end: int
    capital: bool
    keys: frozenset[str]


def words_of(text: str) -> list[Word]:
    found = []
    for match in _TOKEN.finditer(text):
        shown = match.group("ordinal") or match.group(0)
        if len(shown) > LONGEST_WORD:
            continue
        low = shown.casefold().replace("ё", "е")
        capital = shown[0].isupper()
        found.append(Word(low, match.start(), match.end(), capital, keys(low)))
    return found


@lru_cache(maxsize=200_000)
def keys(low: str) -> frozenset[str]:
    """Stems of the word itself and of its dictionary forms: «ключах» and «ключи» share «ключ»."""
    if not "а" <= low[0] <= "я":
        return frozenset((low,))
    forms = {low}
    for index, item in enumerate(analyser().parse(low)):
        if index == 0 or (len(low) > 3 and item.score >= 0.1):
            forms.add(str(item.normal_form).replace("ё", "е"))
    numeral = [str(_NUMERALS.index(form) + 1) for form in forms if form in _NUMERALS]
    return frozenset([*(_ENDING.sub("", form) for form in forms), *numeral])


@lru_cache(maxsize=50_000)
def street_kind(low: str) -> str:
    """«ул», «улице» → «улица»; "" for any other word."""
    return _STREET_OF.get(low) or _STREET_OF.get(lemma(low), "")


@lru_cache(maxsize=50_000)
def settlement_kind(low: str) -> str:
    """«с», «селе» → «село»; "" for any other word."""
    return _SETTLEMENT_OF.get(low) or _SETTLEMENT_OF.get(lemma(low), "")


@lru_cache(maxsize=20_000)
def is_common(low: str) -> bool:
    """A dictionary word that is not a place's name, «победа»: in small letters it is no place."""
    parsed = analyser().parse(low)
    return bool(parsed) and parsed[0].is_known and not any("Geox" in p.tag for p in parsed)


@lru_cache(maxsize=50_000)
def is_adjective(low: str) -> bool:
    parsed = analyser().parse(low)
    return bool(parsed) and parsed[0].tag.POS == "ADJF"


@lru_cache(maxsize=20_000)
def is_first_name(low: str) -> bool:
    return any("Name" in item.tag and item.score > 0.05 for item in analyser().parse(low))


def cuts(key: str) -> list[str]:
    """The word without each one letter: two words one slip apart share a cut."""
    return [key, *(key[:i] + key[i + 1 :] for i in range(len(key)))]


def one_slip(a: str, b: str) -> bool:
    """One letter more, less or different, or two neighbours swapped; the first letter is right."""
    if abs(len(a) - len(b)) > 1 or a[:1] != b[:1]:
        return False
    if len(a) == len(b):
        wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        return len(wrong) <= 1 or (swapped and wrong[1] - wrong[0] == 1)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
