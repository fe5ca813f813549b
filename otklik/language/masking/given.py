"""First names that the dictionary lacks or calls something else."""

from __future__ import annotations

import re

from otklik.language.masking.lists import read

_ENDING = re.compile(r"(?:аа|[аяыиуюеьйэ]|ой|ою|ей|ем|ом|ём|ия|ии|ию|ий|ием|ией)$")


def _cut(name: str) -> str:
    return _ENDING.sub("", name) if len(name) > 3 else name


def _forms(of: str) -> frozenset[str]:
    return frozenset(form for name in read(of) for form in (name, _cut(name)))


def _declined(name: str) -> list[str]:
    """All forms of a short name: «Света» is one, «свет» is none of them."""
    endings: tuple[str, ...]
    if name[-1] in "ая":
        endings, base = ("а", "я", "ы", "и", "е", "у", "ю", "ой", "ей", "ою", "ею"), name[:-1]
    elif name[-1] in "йь":
        endings, base = ("й", "ь", "я", "ю", "ем", "е", "и", "ью"), name[:-1]
    else:
        endings, base = ("", "а", "у", "ом", "ем", "е"), name
    return [base + ending for ending in endings]


_CUT = _forms("rare_names")
_SHORT = frozenset(("ад", "им"))
# Names all the same, though the dictionary knows them as things first.
_THINGS = _forms("rare_names_that_are_words")


# Short names that are things in small letters and nobody else with a capital.
_SHORT_NAMES = frozenset(form for name in read("short_names") for form in _declined(name))
# Virtues and flowers that are women's names in the middle of a sentence.
_VIRTUES = re.compile(
    r"вер[аеуы]|верой|надежд[аеуы]|надеждой|любовь|любови|любовью|роз[аеуы]|розой|лили[яюией]{1,2}|май[яюией]{1,2}"
    r"|мил[аеуы]|милой|слава|славе|лука|луке|луку|ян[ауе]?|лев|льв[ауе]|ки[мр][ауе]?"
)


def is_short_name(low: str) -> bool:
    return low in _SHORT_NAMES


def is_virtue(low: str) -> bool:
    return _VIRTUES.fullmatch(low) is not None


def is_rare_name(low: str, ordinary: bool) -> bool:
    """`low`: a word in small letters, in any case form; `ordinary`: the dictionary knows it as
    something else."""
    cut = _cut(low)
    if ordinary and cut not in _THINGS:
        return False
    return len(cut) > 2 and cut in _CUT and cut not in _SHORT
