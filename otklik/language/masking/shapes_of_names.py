"""In what order the pieces of a name stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from otklik.language.masking import roles, words
from otklik.language.masking.tokens import Word

# S surname, N name, P patronymic, I initial, U a word the dictionary lacks, E eastern surname,
# X short capitalised word, W capitalised ordinary word, A word before «кызы», K «кызы», «оглы».
_SHAPES = (
    "SNAK", "UNAK", "NAK", "SNK", "UNK",
    "SNPS", "SNP", "NPS", "SPN", "UNP", "NPU", "WNP", "SUP", "UUP", "NPW", "UP",
    "EXX", "SII", "IIS", "UII", "IIU", "IIW", "WII",
    "NNN", "SNN", "NNS", "NP", "SN", "NS", "UN", "NU", "NN", "SU", "US", "EX", "WP", "SP",
    "SI", "IS", "UI", "NI",
)  # fmt: skip
_TITLED = frozenset(("кызы", "оглы", "кизи", "угли"))


def run_at(every: Sequence[Word], at: int) -> tuple[int, str]:
    """How many words from `at` are one person's name, and their shape; 0 when none."""
    first = every[at]
    if not (first.part.capital or first.initial or first.part.name or first.part.surname):
        return 0, ""
    for shape in _SHAPES:
        run = every[at : at + len(shape)]
        if _takes(run, shape) and _certain(every, at, shape):
            return len(shape), shape
    return 0, ""


def _takes(run: Sequence[Word], shape: str) -> bool:
    if len(run) != len(shape) or not _fits(run[0], shape[0]):
        return False
    rest = zip(run[1:], shape[1:], strict=True)
    return all(word.joined and _fits(word, letter) for word, letter in rest)


def _fits(word: Word, letter: str) -> bool:
    if letter in _ANY_LETTERS:
        return _ANY_LETTERS[letter](word)
    return word.part.capital and len(word.text) > 1 and _capital_fits(word, letter)


_ANY_LETTERS: dict[str, Callable[[Word], bool]] = {
    "I": lambda word: word.initial or word.lone_letter,
    "P": lambda word: word.part.patronymic and len(word.text) > 4,
    "K": lambda word: word.text.casefold() in _TITLED,
    "S": lambda word: word.part.surname and (word.part.known or word.part.capital),
    "N": lambda word: word.part.name,
}


def _capital_fits(word: Word, letter: str) -> bool:
    if letter == "E":
        return word.part.eastern
    if roles.role_of(word.text) or roles.is_street(word.text) or roles.is_named(word.text):
        return False
    if letter == "U":
        return (word.part.strange and not word.text.isupper()) or word.part.surname
    if letter == "X":
        return len(word.text) <= 5 and words.speech(word.text) not in {"PREP", "CONJ", "VERB"}
    if letter == "W":
        return words.speech(word.text) in {"NOUN", "ADJF", "ADJS", ""}
    return letter == "A"


def _certain(every: Sequence[Word], at: int, shape: str) -> bool:
    run = every[at : at + len(shape)]
    if set(shape) & set("UXW") and len({w.text.isupper() for w in run if len(w.text) > 1}) > 1:
        return False
    if not _ends_well(every, at, shape) or not _begins_well(run[0], shape):
        return False
    if "P" in shape or shape[-1] == "K":
        return True
    if all(word.part.capital or word.initial or word.lone_letter for word in run):
        return _certain_capitals(run, shape)
    return shape in {"SN", "NS"} and all(
        w.part.known and not w.part.ordinary and not w.part.capital for w in run
    )


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
    if shape in {"UN", "NU", "NN", "SU", "US", "SNN", "NNS", "NNN"}:
        return len(strong) >= len(shape) - 1 and not all(w.text.isupper() for w in run)
    if shape in {"SU", "US"}:
        surname, other = run if shape == "SU" else (run[1], run[0])
        sure = surname.part.known and not surname.part.ordinary and not surname.part.geo
        return sure and other.part.strange and not any(w.text.isupper() for w in run)
    if shape in {"SI", "UI", "IS", "NI"}:
        word = next(w for w in run if not (w.initial or w.lone_letter))
        letter = next(w for w in run if w is not word)
        return letter.dotted and (word.part.known or word.part.strange) and not word.part.geo
    if shape in {"EX", "EXX"}:
        return any(w.part.name or w.part.strange or len(w.text) <= 3 for w in run[1:])
    if shape in {"SN", "NS"}:
        sure = any(w.part.surname and not w.part.ordinary for w in run)
        return _agree(run) and (bool(strong) or sure)
    return True
