"""Names that what is told beside them gives to things and animals: «Зоя и Люба — это катера»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from otklik.language.masking import roles, words
from otklik.language.masking.lists import pattern
from otklik.language.masking.tokens import Word

_OWN = frozenset(("свой", "своя", "свою", "своей", "своём", "своем", "своего", "своим", "своими"))
_ANSWERS = re.compile(r"(?:отклика|отзыва)(?:ется|ются|лся|лась|ющ\w{2,5})")
_OF_MANY = frozenset(("братьев", "сестёр", "сестер", "героев"))
_SO_CALLED = re.compile(r"(?:назва|прозва|называ|окрести)\w{1,4}")
_TIME = re.compile(r"(?:год|лет|месяц|дн|день|час|раз|недел|сутк|семь)\w{0,3}")
_BEARING = pattern("of_animals")
_BACK, _AHEAD, _MOST = 6, 5, 8
_DASH = 3
"""Letters of « — »; «, » is two."""


def is_thing(every: Sequence[Word], at: int) -> bool:
    """Whether the words around give the name to a thing, a street or an animal."""
    return (
        _is_his_own(every, at)
        or _is_answered_to(every, at)
        or _is_of_many(every, at)
        or _is_told(every, at)
    )


def _is_his_own(every: Sequence[Word], at: int) -> bool:
    """«Ставит свой Паджеро»."""
    word = every[at]
    own = at > 0 and word.joined and every[at - 1].text.casefold() in _OWN
    return own and word.part.strange and not (word.part.name or word.part.patronymic)


def _is_answered_to(every: Sequence[Word], at: int) -> bool:
    """«Пёс откликается на Рекса»; a boy too answers to his name."""
    if at < 2 or every[at - 1].text != "на" or not _ANSWERS.fullmatch(every[at - 2].text):
        return False
    return not any(word.role for word in every[max(0, at - _BACK - 2) : at])


def _is_of_many(every: Sequence[Word], at: int) -> bool:
    """«На Братьев Кашириных»: with a capital within a sentence so a street is called."""
    before = every[at - 1] if at and every[at].joined else None
    if before is None or before.opens or not before.part.capital or before.text.isupper():
        return False
    return before.text.casefold() in _OF_MANY


def _is_told(every: Sequence[Word], at: int) -> bool:
    """«Зоя, Люба и Надежда — это три катера», «Саша и Маша — так назвали голубей»."""
    if not every[at].part.may("nomn"):
        return False
    behind = at + 1
    while behind < min(len(every), at + _MOST) and not every[behind].opens:
        word = every[behind]
        if not (word.part.name or word.part.capital or word.text == "и"):
            break
        behind += 1
    if behind >= len(every) or every[behind].opens:
        return False
    if every[behind].start - every[behind - 1].end != _DASH:
        return False
    return _tells_of_thing(every[behind : behind + _AHEAD])


def _tells_of_thing(ahead: Sequence[Word]) -> bool:
    counted = so = False
    for word in ahead:
        low, said = word.text.casefold(), words.speech(word.text)
        if word.opens or (word is not ahead[0] and not word.joined):
            return False
        so = so or low == "так"
        counted = counted or said == "NUMR"
        if so and _SO_CALLED.fullmatch(low):
            return True
        if said in {"PREP", "VERB"} or low.startswith("написан"):
            return False
        if said == "NOUN" and not so:
            if roles.is_named(low) or roles.is_street(low) or _BEARING.fullmatch(low):
                return True
            return counted and words.is_lifeless(low) and not _TIME.fullmatch(low)
    return False
