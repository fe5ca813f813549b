"""Words of a text with the signs between them; what may be told of a word by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from otklik.language.lemmas import LONGEST_WORD, analyser
from otklik.language.places.letters import cyrillic, is_latin

_TOKEN = re.compile(
    r"(?P<ordinal>\d{1,3})(?:-?(?:лет(?:и[еяю])?|й|я|го|му|ая|ый|ой|ом|ую|ю)|-(?:е|ое|х|ий|ым|ого|ей|ому))(?![а-яё\w])"
    r"|\d{1,4}[а-яё]?(?:/\d{1,4}[а-яё]?)?(?!\w)"
    r"|(?:пр|б|ст|кв|м|р)-[а-я]{1,3}(?![а-яё])|ж/д(?:орожн[а-я]{1,3})?(?![а-яё])"
    r"|[а-яё]+|[a-z]+|\d+",
    re.IGNORECASE,
)
_CAPITALS_ARE_SHOUTED = 0.7
_GAP_INSIDE = re.compile(r"[\s.\-–—\"«»„“”'’]{0,4}")
_SENTENCE_ENDS = re.compile(r"[.!?…]\s|[!?;]|\n")
_LONGEST_GAP = 8
_PATRONYMIC = re.compile(r"[а-я]{2,}(?:(?:о|е|ь)вич|(?:о|е|ь)вн|ичн|инич)(?:а|у|е|ы|ой|ем|ом)?")


@dataclass(frozen=True, slots=True)
class Word:
    """`low`: lower case, «ё» as «е», an ordinal as its number; `gap`: the signs before the word."""

    low: str
    start: int
    end: int
    capital: bool
    gap: str
    ordinal: bool = False
    upper: bool = False

    @property
    def joined(self) -> bool:
        """Nothing but what may stand inside a name parts it from the word before."""
        return bool(_GAP_INSIDE.fullmatch(self.gap))

    @property
    def opens(self) -> bool:
        """A sentence ends before the word."""
        return len(self.gap) > _LONGEST_GAP or bool(_SENTENCE_ENDS.search(self.gap))


def words_of(text: str) -> list[Word]:
    """Over-long words keep their place but not their letters."""
    shouted, latin = _is_shouted(text), is_latin(text)
    found: list[Word] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        shown = match.group("ordinal")
        ordinal = shown is not None
        shown = shown or match.group(0)
        low = shown.lower().replace("ё", "е") if len(shown) <= LONGEST_WORD else "…"
        if latin and low[0].isalpha():
            low = cyrillic(low)
        if low.startswith("ж/д") and len(low) > 3:
            low = "железно" + low[2:]
        capital = shown[0].isupper() and not shouted
        upper = capital and len(shown) > 2 and shown.isupper()
        found.append(Word(low, start, end, capital, text[last:start], ordinal, upper))
        last = end
    return found


def _is_shouted(text: str) -> bool:
    sample = [sign for sign in text[:2000] if sign.isalpha()]
    upper = sum(sign.isupper() for sign in sample)
    return len(sample) > 3 and upper > _CAPITALS_ARE_SHOUTED * len(sample)


@lru_cache(maxsize=50_000)
def _parsed(low: str) -> tuple[Any, ...]:
    return tuple(analyser().parse(low)) if low and "а" <= low[0] <= "я" else ()


@lru_cache(maxsize=20_000)
def is_common(low: str) -> bool:
    """A dictionary word that is not a place's name, «победа»: in small letters it is no place."""
    parsed = _parsed(low)
    if not parsed or not parsed[0].is_known:
        return False
    return not any(mark in p.tag for p in parsed for mark in ("Geox", "Surn", "Name"))


@lru_cache(maxsize=20_000)
def is_everyday(low: str) -> bool:
    """Read as a dictionary word first of all, even if a place is called so too: «горки»."""
    parsed = _parsed(low)
    return bool(parsed) and parsed[0].is_known and "Geox" not in parsed[0].tag


@lru_cache(maxsize=50_000)
def is_adjective(low: str) -> bool:
    parsed = _parsed(low)
    return any(p.tag.POS == "ADJF" and p.score > 0.15 for p in parsed)


@lru_cache(maxsize=20_000)
def is_first_name(low: str) -> bool:
    if len(low) < 3:
        return False
    return bool(_PATRONYMIC.fullmatch(low)) or any(
        "Name" in p.tag and p.score > 0.25 for p in _parsed(low)
    )


@lru_cache(maxsize=20_000)
def may_name_street(low: str) -> bool:
    """A feminine adjective or a genitive: «Хуторской», «Гагарина», «Строителей»."""
    return any(
        (p.tag.POS == "ADJF" and p.tag.gender == "femn" and p.tag.number == "sing")
        or (p.tag.POS == "NOUN" and p.tag.case == "gent" and ("Surn" in p.tag or not p.is_known))
        for p in _parsed(low)[:3]
    )


@lru_cache(maxsize=20_000)
def is_surname_of(low: str) -> bool:
    """A man's surname in the genitive, «Гагарина», and nothing else."""
    parsed = _parsed(low)[:2]
    return low.endswith(("ина", "ова", "ева")) and any(
        "Surn" in p.tag and p.tag.case == "gent" and p.score > 0.1 for p in parsed
    )


@lru_cache(maxsize=20_000)
def is_noun(low: str) -> bool:
    parsed = _parsed(low)
    return bool(parsed) and parsed[0].tag.POS == "NOUN"


_CASES_AFTER = {
    "на": {"loct", "accs"}, "в": {"loct", "accs"}, "во": {"loct", "accs"}, "по": {"datv", "loct"},
    "с": {"gent"}, "со": {"gent"}, "от": {"gent"}, "до": {"gent"}, "из": {"gent"}, "у": {"gent"},
    "около": {"gent"}, "возле": {"gent"}, "к": {"datv"}, "за": {"ablt", "accs"},
    "перед": {"ablt"}, "под": {"ablt", "accs"}, "через": {"accs"},
}  # fmt: skip


@lru_cache(maxsize=20_000)
def qualifies(adjective: str, noun: str, before: str = "") -> bool:
    """Whether «Покровском» says which «кладбище»: gender, number and case agree, and the case is
    one that the word before asks for."""
    cases = _CASES_AFTER.get(before)
    for a in _parsed(adjective):
        if a.tag.POS != "ADJF" or (cases and a.tag.case not in cases):
            continue
        for n in _parsed(noun)[:3]:
            if n.tag.POS not in {"NOUN", "ADJF"} or n.score < 0.1:
                continue
            same = a.tag.case == n.tag.case and a.tag.number == n.tag.number
            if same and (a.tag.number == "plur" or a.tag.gender in (n.tag.gender, None)):
                return True
    return False


@lru_cache(maxsize=20_000)
def is_counted(low: str) -> bool:
    """A plural genitive noun: what «пять» stands before."""
    parsed = _parsed(low)
    if not parsed or parsed[0].tag.POS != "NOUN":
        return False
    return bool(parsed[0].tag.case == "gent" and parsed[0].tag.number == "plur")


def forms_of(word: str, *, number: str | None = None) -> frozenset[str]:
    """All case forms of a noun or adjective, «ё» as «е»; of one number only if asked."""
    parsed = _parsed(word)
    if not parsed:
        return frozenset((word,))
    found = {word}
    for item in parsed[:3]:
        if item.tag.POS in {"NOUN", "ADJF"}:
            found.update(
                str(form.word).replace("ё", "е")
                for form in item.lexeme
                if number is None or form.tag.number in {number, None}
            )
    return frozenset(found)


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
