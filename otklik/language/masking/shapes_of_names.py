"""In what order the pieces of a name stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from otklik.language.masking import words
from otklik.language.masking.tokens import Word

_SHAPES = (
    "SNAK", "UNAK", "UKN", "NKN", "SKN", "NAK", "NKS", "SNK", "UNK", "SNPS", "DNP", "SNPI",
    "NPI", "SNP", "NPS", "NPD", "SVP", "VPS", "VP", "SPN", "UNP", "NPU", "WNP", "SUP", "UUP",
    "NPW", "UP", "EXX", "SII", "IIS", "UII", "IIU", "IIW", "WII", "IID", "DII", "NNN", "SNN",
    "NNS", "NP", "SNI", "DN", "ND", "SN", "NS", "UN", "NU", "NN", "SU", "US", "EX", "WP", "SP",
    "SLL", "LLS", "SJ", "ID", "DI", "SI", "IS", "UI", "NI", "IW", "WI", "WN", "NW",
)  # fmt: skip
_BY_RULE = frozenset(("IW", "WI", "WN", "NW", *(shape for shape in _SHAPES if "D" in shape)))
_LONGEST = max(map(len, _SHAPES))


def run_at(every: Sequence[Word], at: int) -> tuple[int, str]:
    """How many words from `at` are one person's name, and their shape; 0 when none."""
    first = every[at]
    if not first.letters:
        return 0, ""
    fits = [first.letters]
    while len(fits) < _LONGEST and at + len(fits) < len(every):
        word = every[at + len(fits)]
        if not word.joined or not word.letters:
            break
        fits.append(word.letters)
    for shape in _shapes_of(tuple(fits)):
        if _certain(every, at, shape):
            return len(shape), shape
    return 0, ""


@lru_cache(maxsize=50_000)
def _shapes_of(fits: tuple[str, ...]) -> tuple[str, ...]:
    """Shapes that words of such letters may make, likeliest first."""
    return tuple(
        shape
        for shape in _SHAPES
        if len(shape) <= len(fits)
        and all(letter in of_word for letter, of_word in zip(shape, fits, strict=False))
    )


def _certain(every: Sequence[Word], at: int, shape: str) -> bool:
    run = every[at : at + len(shape)]
    if set(shape) & set("UXW") and len({w.text.isupper() for w in run if len(w.text) > 1}) > 1:
        return False
    if not _ends_well(every, at, shape) or not _begins_well(run[0], shape):
        return False
    if "P" in shape or "K" in shape:
        return True
    if all(word.part.capital or (len(word.text) == 1 and word.text.isupper()) for word in run):
        return _certain_capitals(run, shape)
    return shape in {"SN", "NS"} and _certain_small(run)


def _certain_small(run: Sequence[Word]) -> bool:
    """«мария иванова», «виталий голованов»."""
    every = [word.part for word in run]
    if any(part.ordinary or part.capital for part in every):
        return False
    sure = all(part.known or part.strange for part in every) and any(part.known for part in every)
    return sure and _agree(run) and not all(part.name and not part.surname for part in every)


def _ends_well(every: Sequence[Word], at: int, shape: str) -> bool:
    run = every[at : at + len(shape)]
    after = every[at + len(shape)] if at + len(shape) < len(every) else None
    if after is None or not after.joined:
        return True
    if shape == "NPW":
        # «Мария Петровна Добрый день»: a new sentence without a full stop is no surname.
        return run[-1].part.surname
    if shape in {"WII", "UII", "SII"} and after.part.capital:
        # «Прошу И. И. Иванова»: the initials belong to what follows.
        return run[0].part.surname and not after.part.surname
    return True


def _begins_well(first: Word, shape: str) -> bool:
    """«Сегодня Мария Петровна» is no surname, «Белая Мария Петровна» is."""
    if shape not in {"WNP", "WP"} or not first.opens or first.part.surname:
        return True
    return shape == "WNP" and first.part.ordinary and words.speech(first.text) == "ADJF"


def _agree(run: Sequence[Word]) -> bool:
    """«Роман Достоевского» is a book: a name and a surname stand in one case."""
    one, two = ({case.split()[0] for case in word.part.cases} for word in run)
    return not one or not two or bool(one & two)


def _certain_capitals(run: Sequence[Word], shape: str) -> bool:
    strong = [word for word in run if word.part.name and not word.part.ordinary]
    rule = _certain_ordinary if "W" in shape else _certain_adjective
    if shape in _BY_RULE:
        return rule(run, shape)
    if shape in {"UN", "NU", "NN", "SNN", "NNS", "NNN"}:
        return len(strong) >= len(shape) - 1 and not all(w.text.isupper() for w in run)
    if shape in {"SU", "US"}:
        return _certain_foreign(run, shape, strong)
    of_letters = _OF_LETTERS.get(shape)
    if of_letters is not None:
        return of_letters(run)
    if shape in {"SN", "NS"}:
        sure = any(w.part.surname and not w.part.ordinary for w in run)
        return _agree(run) and (bool(strong) or sure)
    short = (w.part.name or w.part.strange or len(w.text) <= 3 for w in run[1:])
    return shape not in {"EX", "EXX"} or any(short)


def _certain_letters(run: Sequence[Word]) -> bool:
    """«Старостин ОЮ», «О Ю Фомичёва»."""
    word = next(w for w in run if len(w.text) > 2)
    sure = (word.part.known or word.part.strange) and not word.part.ordinary
    return sure and (word.part.surname or not word.part.geo) and not word.text.isupper()


def _certain_initial(run: Sequence[Word]) -> bool:
    word = next(w for w in run if not (w.initial or w.lone_letter))
    letter = next(w for w in run if w is not word)
    last = letter is run[-1]
    closed = letter.dotted or (last and (letter.closes or letter.lone_letter))
    place = word.part.geo and not ((word.part.name or word.part.surname) and last)
    return closed and (word.part.known or word.part.strange) and not place


def _certain_foreign(run: Sequence[Word], shape: str, strong: Sequence[Word]) -> bool:
    """«Усмонов Шерали»: a sure surname beside a word that the dictionary lacks."""
    surname, other = run if shape == "SU" else (run[1], run[0])
    sure = not surname.part.ordinary and not surname.part.geo and surname.part.may("nomn")
    shouted = any(word.text.isupper() for word in run)
    return (sure or bool(strong)) and other.part.strange and not shouted


def _certain_adjective(run: Sequence[Word], shape: str) -> bool:
    """«Соколовская Ирина», «Е. Соколовская»; not «Советская Роза», not «Заречная А»."""
    named = next(word for word, letter in zip(run, shape, strict=True) if letter == "D")
    if not named.text.casefold().endswith(("ий", "ая")):
        return False
    if "I" in shape:
        if shape == "ID" and run[0].text in "БМВНС" and not run[0].opens:
            # «Б. Московская» is Большая.
            return False
        return all(word.dotted for word in run if word.initial or word.lone_letter)
    other = next(word for word in run if word is not named)
    gender = "nomn masc" if named.text.casefold().endswith("ий") else "nomn femn"
    return other.part.may(gender) and not other.part.ordinary and not other.part.geo


def _certain_ordinary(run: Sequence[Word], shape: str) -> bool:
    """«Т. Вишняк», «Снегирь Алевтина», «Данила Свищ»: an ordinary noun for a surname."""
    noun, other = (run[0], run[1]) if shape[0] == "W" else (run[1], run[0])
    if (
        any(word.opens for word in run[1:])
        or noun.part.geo
        or noun.part.adjective
        or noun.text.isupper()
        or not words.is_noun(noun.text)
    ):
        return False
    if "I" in shape:
        return other.dotted and words.is_subject(noun.text)
    name = other.part
    sure = name.name and not name.ordinary and not name.geo and name.may("nomn")
    if not sure or not words.is_subject(noun.text):
        return False
    if shape == "WN":
        return words.is_someone(noun.text) and (not noun.opens or other.closes)
    return True


_OF_LETTERS = {
    **dict.fromkeys(("SLL", "LLS", "SJ"), _certain_letters),
    **dict.fromkeys(("SI", "UI", "IS", "NI"), _certain_initial),
}
