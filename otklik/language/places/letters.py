"""Russian letters under a wrong keyboard layout, in Latin spelling or with Latin look-alikes.

Every sign stays in its place, so positions in the mended text are those of the given one.
"""

from __future__ import annotations

import re

from otklik.language.cleaning import one_alphabet

_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_MIXED = re.compile(r"[A-Za-zА-Яа-яЁё]{2,60}")
_TYPED = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~&?/"
_MEANT = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ?,."
_LAYOUT = str.maketrans(_TYPED, _MEANT)
_BETRAYING = frozenset("yf ek ekbwf ekbwt ekbwe gj ljv ytn djpkt yfghjnbd d lv gth".split())  # noqa: SIM905
_SOUNDS = (
    ("shch", "щ"), ("sch", "щ"), ("yo", "е"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"),
    ("sh", "ш"), ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("iy", "ий"), ("ay", "ай"),
    ("oy", "ой"), ("ey", "ей"), ("yy", "ый"), ("a", "а"), ("b", "б"), ("v", "в"), ("w", "в"),
    ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("j", "й"), ("k", "к"), ("l", "л"),
    ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"),
    ("f", "ф"), ("h", "х"), ("c", "ц"), ("y", "ы"), ("x", "кс"), ("q", "к"),
)  # fmt: skip
_SOUND_OF = dict(_SOUNDS)
_SOUND = re.compile("|".join(latin for latin, _ in _SOUNDS))


def readable(text: str) -> str:
    """The text as it was meant, of the same length."""
    if not _LATIN.search(text):
        return text
    if _CYRILLIC.search(text):
        return _MIXED.sub(lambda word: one_alphabet(word.group(0)), text)
    words = set(re.findall(r"[a-z]+", text[:1000].lower()))
    return text.translate(_LAYOUT) if len(words & _BETRAYING) > 1 else text


def is_latin(text: str) -> bool:
    """Written in Latin letters alone: «ul. Lenina 5»."""
    return bool(_LATIN.search(text)) and not _CYRILLIC.search(text)


def cyrillic(word: str) -> str:
    """«sadovaya» → «садовая»; lower case in and out."""
    return _SOUND.sub(lambda sound: _SOUND_OF[sound.group(0)], word)
