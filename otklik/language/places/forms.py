"""The forms in which a gazetteer's name is met in a text, made once when the gazetteer is read."""

from __future__ import annotations

import re
from functools import lru_cache

from otklik.language.places.tokens import forms_of, is_adjective, is_first_name

Slot = frozenset[str]

_HARD = {
    "f": "ая ой ую ою".split(),  # noqa: SIM905
    "m": "ый ий ого ому ым ом".split(),  # noqa: SIM905
    "n": "ое ого ому ым ом".split(),  # noqa: SIM905
    "p": "ые ых ым ыми ие их им ими".split(),  # noqa: SIM905
}
_SOFT = {
    "f": "яя ая ей ой ую юю ею".split(),  # noqa: SIM905
    "m": "ий его ого ему ому им ем ом".split(),  # noqa: SIM905
    "n": "ое ее его ого ему ому им ем ом".split(),  # noqa: SIM905
    "p": "ие их им ими".split(),  # noqa: SIM905
}
_ADJECTIVE = re.compile(r"([а-я]{2,})(ая|яя|ый|ий|ой|ое|ее|ые|ие)")
_GENDER_OF = {"ая": "f", "яя": "f", "ый": "m", "ий": "m", "ое": "n", "ее": "n", "ые": "p"}
_NUMERAL_STEMS = {
    1: "перв", 2: "втор", 3: "треть", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм",
    9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат",
    20: "двадцат", 22: "двадцать втор", 30: "тридцат",
}  # fmt: skip
_ORDINAL_ENDINGS = "ый ий ой ая ое ого ому ым ом ую ья ей ью его ему им ем ье".split()  # noqa: SIM905
_ROUND = {
    10: "десяти", 20: "двадцати", 30: "тридцати", 40: "сорока", 50: "пятидесяти", 60: "шестидесяти",
    70: "семидесяти", 80: "восьмидесяти", 100: "сто",
}  # fmt: skip
_SHORTENED = {
    "больш": ("б", "бол"), "мал": ("м",), "верхн": ("в", "верх"), "нижн": ("н", "ниж", "нижн"),
    "стар": ("ст",), "нов": ("н", "нов"), "красн": ("кр",), "велик": ("в", "вел"),
    "академик": ("ак", "акад"), "генерал": ("ген",), "маршал": ("марш",), "имени": ("им",),
}  # fmt: skip


def adjective_gender(low: str) -> str:
    """«f», «m», «n», «p» of a nominative adjective; "" for a name that does not decline."""
    match = _ADJECTIVE.fullmatch(low)
    if not match:
        return ""
    if match[2] == "ой" and not (low.endswith(("ской", "цкой")) or is_adjective(low)):
        return ""
    return _GENDER_OF.get(match[2], "m")


@lru_cache(maxsize=50_000)
def adjective_forms(low: str) -> Slot:
    """«садовая» → «садовой», «садовую»…; the gender stays: «садовый» is another name."""
    match = _ADJECTIVE.fullmatch(low)
    if not match:
        return frozenset((low,))
    stem, ending = match.groups()
    soft = ending in {"яя", "ее"} or stem[-1] in "шжщчгкх"
    sets = _SOFT if soft else _HARD
    kind = adjective_gender(low) or "m"
    if ending == "ие":
        kind = "p"
    return frozenset([low, *(stem + tail for tail in sets[kind])])


@lru_cache(maxsize=2_000)
def number_forms(digits: str) -> Slot:
    """«8» → «восьмое», «восьмого»…; «50» → «пятидесятилетия»."""
    found = {digits}
    stem = _NUMERAL_STEMS.get(int(digits), "")
    if stem:
        soft = stem.endswith("ь")
        found.update(
            (stem[:-1] + "ий") if soft and e == "ий" else stem + e for e in _ORDINAL_ENDINGS
        )
        found.add("третий" if soft else stem + "ый")
    if int(digits) in _ROUND:
        whole = _ROUND[int(digits)]
        found.update((whole, whole + "летия", whole + "летие", whole + "лет"))
    return frozenset(found)


@lru_cache(maxsize=50_000)
def street_slot(low: str) -> Slot:
    """Names of people and events do not decline: «на Ленина», never «на Ленине»."""
    if low.isdigit():
        return number_forms(low)
    return adjective_forms(low) if adjective_gender(low) else frozenset((low,))


@lru_cache(maxsize=50_000)
def noun_slot(low: str) -> Slot:
    """A settlement's or landmark's word in all its cases."""
    if low.isdigit():
        return number_forms(low)
    if adjective_gender(low) and is_adjective(low):
        return adjective_forms(low)
    plural = low.endswith(("и", "ы"))
    found = set(forms_of(low, number="plur" if plural else "sing"))
    if low == "сад":
        found.update(forms_of("садик", number="sing"))
    if low.endswith(("ово", "ево", "ино", "ыно")):
        found.update(low[:-1] + tail for tail in ("а", "у", "е", "ом"))
    return frozenset(found)


def initial_slot(low: str) -> Slot:
    """«К.» for «Карла», «Ак.» for «Академика»."""
    short = {low[:size] for size in (1, 2, 3, 4) if size < len(low)}
    for stem, others in _SHORTENED.items():
        if low.startswith(stem):
            short.update(others)
    return frozenset(short)


def shortened_adjective(low: str) -> Slot:
    """«Б.» for «Большая»; nothing for an adjective that is not shortened."""
    for stem, others in _SHORTENED.items():
        if low.startswith(stem):
            return frozenset(others)
    return frozenset()


def is_title_or_name(low: str) -> bool:
    """A word that people leave out of a street's name: a first name, a rank, a trade."""
    if is_first_name(low):
        return True
    return not adjective_gender(low) and low.endswith(("а", "я")) and low not in _NOT_TITLES


_NOT_TITLES = frozenset(("победа", "слава", "имя"))
