"""Words that say what kind of place a name is: «ул», «переулке», «с.», «СНТ»."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from otklik.language.places.tokens import Word, forms_of

_STREETS = {
    "улица": "улица ул улиц улка",
    "переулок": "переулок пер переул",
    "проспект": "проспект просп пр пр-т пр-кт пр-кту пр-та пр-те",
    "проезд": "проезд пр-д пр-зд",
    "площадь": "площадь пл",
    "бульвар": "бульвар бул бульв б-р",
    "шоссе": "шоссе ш",
    "набережная": "набережная наб",
    "тупик": "тупик туп",
    "аллея": "аллея ал",
    "квартал": "квартал кв-л",
    "линия": "линия лин",
    "спуск": "спуск",
    "тракт": "тракт",
    "микрорайон": "микрорайон мкр мкрн мкр-н м-н",
}
_SETTLEMENTS = {
    "город": "город г гор",
    "село": "село с",
    "деревня": "деревня дер д деревушка",
    "посёлок": "поселок пос п пгт рп",
    "станица": "станица ст-ца",
    "хутор": "хутор х хут",
    "СНТ": "снт сот садоводство с/т",
    "ДНТ": "днт днп",
    "ГСК": "гск",
    "микрорайон": "микрорайон мкр мкрн мкр-н м-н",
    "поселение": "поселение",
}
_GENDER = {
    "улица": "f", "площадь": "f", "набережная": "f", "аллея": "f", "линия": "f",
    "переулок": "m", "проспект": "m", "проезд": "m", "бульвар": "m", "тупик": "m",
    "квартал": "m", "спуск": "m", "тракт": "m", "микрорайон": "m", "шоссе": "n",
}  # fmt: skip
_SHORT = frozenset("г с д п х ш пл ал пр ул пер".split())  # noqa: SIM905
_CUT = frozenset("улиц переул просп бульв мкрн мкр-н пр-кт".split())  # noqa: SIM905
_ENDS = frozenset('.»"”')
ALONG = frozenset(("по", "на", "вдоль"))
CROSSING = frozenset((
    "перекресток", "перекрестке", "перекрестка", "перекрестком", "пересечение",
    "пересечении", "пересечения", "угол", "углу", "угла",
))  # fmt: skip
NEAR = frozenset((
    "в", "во", "на", "из", "под", "около", "возле", "у", "до", "с", "со", "от", "за",
    "через", "по", "к", "близ", "напротив", "рядом", "перед", "вдоль", "между", "при",
))  # fmt: skip


@lru_cache(maxsize=1)
def _streets() -> dict[str, str]:
    return _with_forms(_STREETS)


@lru_cache(maxsize=1)
def _settlements() -> dict[str, str]:
    return _with_forms(_SETTLEMENTS)


def _with_forms(kinds: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in kinds.items():
        full, *short = words.split()
        for form in forms_of(full):
            found.setdefault(form, kind)
        found.update(dict.fromkeys([full, *short], kind))
    return found


def street_kind(low: str) -> str:
    """«ул», «улице» → «улица»; "" for any other word."""
    return _streets().get(low, "")


def settlement_kind(low: str) -> str:
    """«с», «селе» → «село»; "" for any other word."""
    return _settlements().get(low, "")


def gender(kind: str) -> str:
    """Of a street's kind: «f», «m» or «n»."""
    return _GENDER.get(kind, "f")


def is_short(low: str) -> bool:
    """A shortening that is also a preposition, a letter or half of another word."""
    return low in _SHORT


def is_whole(low: str) -> bool:
    """«улице», not «ул»: a full stop after it ends a sentence."""
    return len(low) > 3 and low not in _CUT


def ends_at(words: Sequence[Word], name: int) -> bool:
    """A sign after a kind written in full parts it from the word that follows."""
    return is_whole(words[name - 1].low) and bool(set(words[name].gap) & _ENDS)


def is_dotted(words: list[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].gap.startswith(".")


def plain_kind(shown: str) -> str:
    """A gazetteer's own wording of a kind, «посёлок городского типа», as the grammar's word."""
    low = shown.casefold().replace("ё", "е").split()
    return (street_kind(low[0]) or settlement_kind(low[0])) if low else ""
