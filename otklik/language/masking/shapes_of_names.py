"""In what order the pieces of a name stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from otklik.language.masking import roles, words
from otklik.language.masking.tokens import Word

# S surname, N name, P patronymic, I initial, U a word the dictionary lacks, E eastern surname,
# V a name as it is spoken before P, D a surname like an adjective,
# L a letter without its full stop, J two initials written as one word,
# X short capitalised word, W capitalised ordinary word, A word before «кызы», K «кызы», «оглы».
_SHAPES = (
    "SNAK", "UNAK", "UKN", "NKN", "SKN", "NAK", "NKS", "SNK", "UNK", "SNPS", "DNP", "SNPI",
    "NPI", "SNP", "NPS", "NPD", "SVP", "VPS", "VP", "SPN", "UNP", "NPU", "WNP", "SUP", "UUP",
    "NPW", "UP", "EXX", "SII", "IIS", "UII", "IIU", "IIW", "WII", "IID", "DII", "NNN", "SNN",
    "NNS", "NP", "SNI", "DN", "ND", "SN", "NS", "UN", "NU", "NN", "SU", "US", "EX", "WP", "SP",
    "SLL", "LLS", "SJ", "ID", "DI", "SI", "IS", "UI", "NI", "IW", "WI", "WN", "NW",
)  # fmt: skip
_BY_RULE = frozenset(("IW", "WI", "WN", "NW", *(shape for shape in _SHAPES if "D" in shape)))
_FIRST_LETTERS = frozenset(shape[0] for shape in _SHAPES)
_LONGEST = max(map(len, _SHAPES))
_BODIES = frozenset(
    ("УК", "ЖК", "ДК", "ТЦ", "РФ", "АО", "ИП", "ЧП", "ОП", "СК", "БЦ", "ТК", "ДС", "ПК", "РК", "КС",
     "ТП", "МО", "ФЗ", "ГК", "ЗА", "НА", "НЕ", "ПО", "ОТ", "ДО", "ИЗ", "ВЫ", "МЫ", "НИ", "НУ", "ТО",
     "ДА", "ОН", "ТЫ", "РЖ", "ВК", "ДТ", "КП", "СП", "ГИ", "БТ", "КБ", "УЗ", "РБ", "РТ", "ЕР", "ГУ")
)  # fmt: skip
_TITLED = frozenset(("кызы", "оглы", "кизи", "угли", "уулу", "огли", "гызы", "оглу"))


def run_at(every: Sequence[Word], at: int) -> tuple[int, str]:
    """How many words from `at` are one person's name, and their shape; 0 when none."""
    first = every[at]
    if not (first.part.capital or first.initial or first.part.name or first.part.surname):
        return 0, ""
    most = _joined(every, at)
    begins = {letter for letter in _FIRST_LETTERS if _fits(first, letter)}
    for shape in _SHAPES:
        if len(shape) > most or shape[0] not in begins:
            continue
        run = every[at : at + len(shape)]
        if _takes(run, shape) and _certain(every, at, shape):
            return len(shape), shape
    return 0, ""


def _joined(every: Sequence[Word], at: int) -> int:
    """How many words stand together from `at`, up to the longest shape."""
    size = 1
    while size < _LONGEST and at + size < len(every) and every[at + size].joined:
        size += 1
    return size


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
    "V": lambda word: word.part.spoken and word.part.capital and not word.part.patronymic,
    "L": lambda word: len(word.text) == 1 and word.text.isupper() and word.text != "Я",
    "J": lambda word: len(word.text) == 2 and word.text.isupper() and word.text not in _BODIES,
    "D": lambda word: word.part.adjective and not word.part.surname,
}


def _capital_fits(word: Word, letter: str) -> bool:
    if letter == "E":
        return word.part.eastern
    if roles.is_nobody(word.text):
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
    if shape in {"SLL", "LLS", "SJ"}:
        return _certain_letters(run)
    if shape in {"SI", "UI", "IS", "NI"}:
        return _certain_initial(run)
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
